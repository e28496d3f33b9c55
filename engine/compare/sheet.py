"""The matrix as one flat table, to be taken away: a line for each question."""

from collections.abc import Iterator, Mapping, Sequence

from engine.compare.matrix import NATIONAL, Cell, Row
from engine.compare.questions import SECTIONS

SILENT = "silent"
NATIONAL_TITLE = "National rules"

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def table_of(rows: Sequence[Row], titles: Mapping[str, str], *, base: str) -> Table:
    """Column names and lines; each definition has its answer, its clauses and its mark.

    `titles` are the names of the definitions by their keys; marks are against the base.
    """
    names = {**titles, NATIONAL: NATIONAL_TITLE}
    columns = ["Section", "Question"]
    for key in names:
        columns += [names[key], f"{names[key]}: clauses", f"{names[key]} against {names[base]}"]
    sections = {section.id: section.title for section in SECTIONS}
    lines = (
        (sections[row.section], row.question, *_cells(row, tuple(names), base)) for row in rows
    )
    return tuple(columns), tuple(lines)


def _cells(row: Row, keys: Sequence[str], base: str) -> Iterator[str]:
    for key in keys:
        cell = row.cell(key)
        yield _said(cell)
        yield ", ".join(cell.clauses)
        yield "base line" if key == base else told(row, key, base)


def _said(cell: Cell) -> str:
    """Every answer of a cell with what else stands there."""
    texts = (f"{each.value} – {each.text}" if each.text else each.value for each in cell.found)
    return "; ".join(texts) or SILENT


def told(row: Row, key: str, base: str) -> str:
    """The mark of a cell in words, with its reason; nothing where the nation has no rule."""
    found = row.mark(key, base)
    if found is None:
        return ""
    return f"{found.kind} ({found.reason})" if found.reason else found.kind
