"""The verb that reads procedures side by side: compare."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine import definitions
from engine.cli.output import Output, add_verb
from engine.compare import Comparison, Row, compare
from engine.errors import Invalid

_LEAST = 2  # definitions that can be compared


def add_verbs(verbs: Any) -> None:
    """Add the verb of this module."""
    verb = add_verb(
        verbs,
        "compare",
        run_compare,
        "Compare procedures: what each says, and every difference from the first.",
    )
    verb.add_argument("authorities", nargs="+", metavar="AUTHORITY", help="two or more")
    verb.add_argument("--flow", metavar="F", help="only this flow, such as disposal")


def run_compare(call: argparse.Namespace, output: Output) -> int:
    """Compare two or more authorities; exit 2 for fewer, and for one that is not there."""
    names = tuple(dict.fromkeys(call.authorities))
    if len(names) < _LEAST:
        raise Invalid("Name two or more authorities.")
    found = {name: definitions.load_authority(Path.cwd(), name) for name in names}
    comparison = compare(found, flow=call.flow)
    output.answer(comparison.to_json(), _lines(comparison))
    return 0


def _lines(comparison: Comparison) -> Iterator[str]:
    for row in comparison.matrix:
        yield from _row(row)
    for title in ("diagrams", "tables", "forms"):
        found = getattr(comparison, title)
        yield f"{title}: {len(found)} {'difference' if len(found) == 1 else 'differences'}"
        yield from (f"  {each.sentence}" for each in found)


def _row(row: Row) -> Iterator[str]:
    yield f"{row.question}{' (same)' if row.is_same else ''}"
    for key, cell in row.cells.items():
        cited = f" [{', '.join(cell.clauses)}]" if cell.clauses else ""
        yield f"  {key}: {cell.value or 'silent'}{cited}"
