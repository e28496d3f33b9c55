"""Searches the inputs of a table: which no rule accepts, and which several rules do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.dmn.check.columns import Column
from engine.dmn.check.fault import Budget

MOST_BOXES: Final = 20
Box = tuple[int, ...]  # a bit for each piece, column by column


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule by its number in the table, and what it accepts, column by column."""

    number: int
    bits: Box


def certain_rows(columns: Sequence[Column], rules: int) -> list[Row]:
    """The rules whose cells can all be analysed."""
    rows = []
    for number in range(rules):
        bits = tuple([column.accepted[number] for column in columns])
        if None not in bits:
            rows.append(Row(number=number, bits=tuple(int(bit or 0) for bit in bits)))
    return rows


def hopeful_rows(columns: Sequence[Column], rules: int) -> list[Row]:
    """All rules, as if every cell that cannot be analysed accepted everything."""
    return [
        Row(
            number=number,
            bits=tuple(
                column.everything if bit is None else bit
                for column in columns
                for bit in (column.accepted[number],)
            ),
        )
        for number in range(rules)
    ]


def overlap(one: Row, other: Row) -> Box | None:
    """The inputs that both rules accept, or None."""
    shared = []
    for first, second in zip(one.bits, other.bits, strict=True):
        if not first & second:
            return None
        shared.append(first & second)
    return tuple(shared)


def overlaps(rows: Sequence[Row], budget: Budget) -> Iterator[tuple[Row, Row, Box]]:
    """Every two rules that accept inputs together, with those inputs."""
    for place, later in enumerate(rows):
        budget.spend(place)
        for earlier in rows[:place]:
            shared = overlap(earlier, later)
            if shared is not None:
                yield earlier, later, shared


def gaps(inside: Box, rows: Sequence[Row], budget: Budget) -> list[Box]:
    """Inputs inside a box that no rule accepts, as boxes; at most MOST_BOXES of them."""
    if not all(inside):
        return []  # an input without any value: there is nothing inside
    clipped = [
        Row(number=row.number, bits=shared)
        for row in rows
        if (shared := overlap(row, Row(number=-1, bits=inside))) is not None
    ]
    order = _most_constrained_first(inside, clipped)
    turned = [tuple(row.bits[column] for column in order) for row in clipped]
    search = _GapSearch(tuple(inside[column] for column in order), turned, budget)
    return [
        tuple(box[order.index(column)] for column in range(len(inside))) for box in search.boxes()
    ]


def is_covered(row: Row, by: Sequence[Row], budget: Budget) -> bool:
    """Whether the other rules accept every input that the rule accepts."""
    return not gaps(row.bits, by, budget)


def _most_constrained_first(inside: Box, rows: Sequence[Row]) -> list[int]:
    def free(column: int) -> int:
        return sum(row.bits[column] == inside[column] for row in rows)

    return sorted(range(len(inside)), key=free)


class _GapSearch:
    """Goes through the columns with the set of rules still possible; equal sets are met once."""

    def __init__(self, inside: Box, rows: Sequence[Box], budget: Budget) -> None:
        self._inside = inside
        self._budget = budget
        self._known: dict[tuple[int, int], tuple[Box, ...]] = {}
        self._rows = len(rows)
        self._by_piece = [
            {
                piece: sum(1 << at for at, bits in enumerate(rows) if bits[column] & piece)
                for piece in _single_bits(inside[column])
            }
            for column in range(len(inside))
        ]
        budget.spend(len(rows) * sum(map(len, self._by_piece)) // 8)
        self._done = [  # the rules that accept everything from a column on
            sum(1 << at for at, bits in enumerate(rows) if bits[column:] == inside[column:])
            for column in range(len(inside) + 1)
        ]

    def boxes(self) -> tuple[Box, ...]:
        """The gaps; raises OverBudget."""
        return self._search(0, (1 << self._rows) - 1)

    def _search(self, column: int, possible: int) -> tuple[Box, ...]:
        if not possible:
            return (self._inside[column:],)
        if possible & self._done[column]:
            return ()
        if (column, possible) not in self._known:
            self._known[column, possible] = self._split(column, possible)
        return self._known[column, possible]

    def _split(self, column: int, possible: int) -> tuple[Box, ...]:
        pieces = self._by_piece[column]
        self._budget.spend(len(pieces) + 1)
        groups: dict[int, int] = {}
        for piece, accepting in pieces.items():
            left = possible & accepting
            groups[left] = groups.get(left, 0) | piece
        found: list[Box] = []
        for left, together in groups.items():
            found.extend((together, *rest) for rest in self._search(column + 1, left))
            if len(found) >= MOST_BOXES:
                break
        return tuple(found[:MOST_BOXES])


def _single_bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest
