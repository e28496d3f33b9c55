"""The words of docs/glossary.md, which decides, for the page that shows them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import NotFound

SOURCE = Path(__file__).parents[2] / "docs" / "glossary.md"
_HEADING = re.compile(r"## (.+)")
_ROW = re.compile(r"\| (.+?) \| (.+) \|")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the glossary: its heading, and words with what they mean."""

    heading: str
    words: tuple[tuple[str, str], ...]


@cache
def parts() -> tuple[Part, ...]:
    """Give the glossary in its own order. Raises NotFound where the file is not installed."""
    if not SOURCE.is_file():
        raise NotFound("The glossary is not installed with this copy of Frontdoor.")
    return tuple(_parts(SOURCE.read_text(encoding="utf-8")))


def _parts(text: str) -> list[Part]:
    found: list[Part] = []
    heading = ""
    words: list[tuple[str, str]] = []
    for line in [*text.splitlines(), "## "]:
        if title := _HEADING.match(f"{line} ") if line.startswith("## ") else None:
            if words:
                found.append(Part(heading=heading, words=tuple(words)))
            heading, words = title[1].strip(), []
        elif (row := _ROW.fullmatch(line)) and row[1] not in ("word", "---") and heading:
            words.append((_plain(row[1]), _plain(row[2])))
    return found


def _plain(text: str) -> str:
    return text.replace("*", "").replace("`", "").strip()
