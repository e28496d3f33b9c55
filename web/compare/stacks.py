"""Divides rows into pages that stay small enough for a slow connection."""

from collections.abc import Iterator, Sequence

from engine.compare import Cell, Row

MOST_LETTERS = 90_000  # of a page with its tags, counted generously

_ROW, _CELL, _ANSWER, _CLAUSE = 250, 260, 190, 85  # letters that their tags come to, at most


def stacks(rows: Sequence[Row], *, has_links: bool = True) -> Iterator[tuple[Row, ...]]:
    """The rows in their order, as many together as one page can hold."""
    stack: list[Row] = []
    letters = 0
    for row in rows:
        size = _size(row, has_links=has_links)
        if stack and letters + size > MOST_LETTERS:
            yield tuple(stack)
            stack, letters = [], 0
        stack.append(row)
        letters += size
    if stack:
        yield tuple(stack)


def _size(row: Row, *, has_links: bool) -> int:
    cells = (*row.cells.values(), row.national)
    return _ROW + sum(_letters(cell, has_links=has_links) for cell in cells)


def _letters(cell: Cell, *, has_links: bool) -> int:
    tags = (_ANSWER, _CLAUSE) if has_links else (_ANSWER // 3, _CLAUSE // 8)
    return _CELL + sum(
        len(each.value) + len(each.text) + tags[0] + tags[1] * len(each.clauses)
        for each in cell.found
    )
