"""Writes docs/feel.md from the tables of this folder: `python -m tests.spec.page`."""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "feel"
_HEAD = """# FEEL by example
Written by `python -m tests.spec.page`; change the tables in `tests/spec/feel/`, not this page.

Every line is a test. *With* names the values that an expression sees beside its own.
"""


def page() -> str:
    """The whole page, as text."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        yield f"## {table['title']}"
        if examples := table.get("examples"):
            yield from _rows(("expression", "value", "with"), map(_example, examples))
        if tests := table.get("tests"):
            yield from _rows(("test", "input", "passes", "with"), map(_test, tests))


def _example(example: list[Any]) -> tuple[str, ...]:
    text, value, *context = example
    return _code(text), _code(value), _with(context)


def _test(example: list[Any]) -> tuple[str, ...]:
    text, value, passes, *context = example
    return _code(text), _code(value), "yes" if passes else "no", _with(context)


def _rows(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _with(context: list[dict[str, Any]]) -> str:
    return ", ".join(
        f"{key} = {_code(str(value))}" for each in context for key, value in each.items()
    )


def _code(text: str) -> str:
    """The text as code in a cell of a table: on one line, and safe from the table's own bars."""
    shown = text.replace("\n", "⏎").replace("\t", "⇥").replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


if __name__ == "__main__":
    sys.stdout.write(page())
