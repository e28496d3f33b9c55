"""Writes docs/rules.md from the rules themselves: `python -m engine.definitions.rules_page`."""

import sys
from collections.abc import Iterable, Iterator

from engine.definitions import validate
from engine.definitions.problems import FILE_RULES
from engine.definitions.validate import Rule

_PARTS = (
    ("A diagram", (*validate.FIRST, *validate.DIAGRAM, *validate.WORDS)),
    ("A form", (*validate.FORM_FIRST, *validate.FORM)),
    ("A decision table", (*validate.TABLE, *validate.LOGIC)),
    ("An authority's files together", validate.AUTHORITY),
)
_HEAD = """# The rules of `frontdoor check`
Written by `python -m engine.definitions.rules_page`; change the rules, not this page.

Every problem names its rule. *Elsewhere* is its severity for a file outside `bpmn/` and `dmn/`.
"""


def page() -> str:
    """The whole page, as text."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from _table("Any file", ((name, "error", "error", s) for name, s in FILE_RULES.items()))
    for title, rules in _PARTS:
        yield from _table(title, map(_row, rules))


def _table(title: str, rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    yield f"## {title}\n| rule | severity | elsewhere | what it asks for |\n|---|---|---|---|"
    yield from ("| " + " | ".join((f"`{name}`", *rest)) + " |" for name, *rest in rows)
    yield ""


def _row(rule: Rule) -> tuple[str, str, str, str]:
    sentence = " ".join((rule.check.__doc__ or "").split())
    return rule.name, rule.severity, rule.outside or "–", sentence


if __name__ == "__main__":
    sys.stdout.write(page())
