"""Letters from templates: a subject, a plain text, and the same text as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = Path(__file__).parent / "templates"
_ITEM = "- "


@dataclass(frozen=True, kw_only=True)
class Written:
    """A letter as it reads."""

    subject: str
    text: str
    html: str


def render(recipient: str, kind: str, known: Mapping[str, Any], *, is_staff: bool) -> Written:
    """Write a letter by the closest template: of the recipient, of staff, of the kind.

    A name that a template uses and nobody gave is an error.
    """
    staff = [f"staff.{kind}.txt"] if is_staff else []
    names = [f"{recipient}.{kind}.txt", *staff, f"{kind}.txt", "information.txt"]
    subject, _, text = _environment().select_template(names).render(known).strip().partition("\n")
    page = _environment().get_template("letter.html")
    html = page.render(subject=subject, parts=_parts(text))
    return Written(subject=subject, text=_tidy(text), html=html)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _paragraphs(text: str) -> list[list[str]]:
    blocks = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    lines = ([line for line in block.splitlines() if line] for block in blocks)
    return [block for block in lines if block]


def _tidy(text: str) -> str:
    return "\n\n".join("\n".join(block) for block in _paragraphs(text)) + "\n"


def _parts(text: str) -> list[tuple[str, list[str]]]:
    """The paragraphs with what they are: a list of items, or lines of text."""
    return [
        ("items", [line.removeprefix(_ITEM) for line in block])
        if all(line.startswith(_ITEM) for line in block)
        else ("lines", block)
        for block in _paragraphs(text)
    ]
