"""The verb that reads procedures side by side: compare."""

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine import exports
from engine.cli import subjects
from engine.cli.output import Output, add_verb
from engine.compare import (
    NATIONAL,
    NATIONAL_TITLE,
    SECTIONS,
    SILENT,
    Comparison,
    Row,
    compare,
    summary,
    table_of,
    told,
)
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
    verb.add_argument(
        "authorities",
        nargs="+",
        metavar="AUTHORITY",
        help="two or more: sefton is what its files say, sefton@3 its third deployed version",
    )
    verb.add_argument("--flow", metavar="F", help="only this flow, such as disposal")
    verb.add_argument("--base", metavar="B", help="what marks are against: the first, or national")
    verb.add_argument("--differences", action="store_true", help="only rows that differ")
    verb.add_argument("--csv", metavar="FILE", type=Path, help="write the matrix to a CSV file")
    verb.add_argument("--xlsx", metavar="FILE", type=Path, help="write the matrix to a workbook")


def run_compare(call: argparse.Namespace, output: Output) -> int:
    """Compare two or more authorities; exit 2 for fewer, and for one that is not there."""
    names = tuple(dict.fromkeys(call.authorities))
    if len(names) < _LEAST:
        raise Invalid("Name two or more authorities.")
    base = call.base or names[0]
    if base not in (*names, NATIONAL):
        raise Invalid(f"The base line is one of {', '.join((*names, NATIONAL))}.")
    found = subjects.load(names)
    comparison = compare(found, flow=call.flow)
    if call.differences:
        rows = tuple(row for row in comparison.matrix if not row.is_same)
        comparison = replace(comparison, matrix=rows)
    titles = {key: key if "@" in key else found[key].name for key in names}
    _write(call, comparison, titles, base)
    output.answer(comparison.to_json(), _lines(comparison, titles, base))
    return 0


def _write(
    call: argparse.Namespace, comparison: Comparison, titles: Mapping[str, str], base: str
) -> None:
    columns, lines = table_of(comparison.matrix, titles, base=base)
    if call.csv:
        _keep(call.csv, exports.as_csv(columns, lines))
    if call.xlsx:
        _keep(call.xlsx, exports.as_xlsx("Procedures side by side", columns, lines))


def _keep(path: Path, made: bytes) -> None:
    try:
        path.write_bytes(made)
    except OSError as error:
        raise Invalid(f"{path} cannot be written: {error.strerror}.") from error


def _lines(comparison: Comparison, titles: Mapping[str, str], base: str) -> Iterator[str]:
    yield from summary(comparison.matrix, titles)
    for section in SECTIONS:
        rows = [row for row in comparison.matrix if row.section == section.id]
        if rows:
            yield ""
            yield section.title
            yield "-" * len(section.title)
        for row in rows:
            yield from _row(row, base)
    yield ""
    for title in ("diagrams", "tables", "forms"):
        found = getattr(comparison, title)
        yield f"{title}: {len(found)} {'difference' if len(found) == 1 else 'differences'}"
        yield from (f"  {each.sentence}" for each in found)


def _row(row: Row, base: str) -> Iterator[str]:
    yield f"{row.question}{' (same)' if row.is_same else ''}"
    for key, cell in row.cells.items():
        cited = f" [{', '.join(cell.clauses)}]" if cell.clauses else ""
        stands = "" if row.is_same or key == base or not cell.found else told(row, key, base)
        yield f"  {key}: {cell.value or SILENT}{cited}{f' – {stands}' if stands else ''}"
    if row.national.found:
        cited = f" [{', '.join(row.national.clauses)}]"
        yield f"  {NATIONAL_TITLE.lower()}: {row.national.value}{cited}"
