"""Analyses one decision table: gaps, overlaps, rules that never apply, by its hit policy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from engine.dmn.check.cells import names_in
from engine.dmn.check.columns import Column, read_column
from engine.dmn.check.fault import Budget, Fault, Kind, Knowledge, OverBudget
from engine.dmn.check.outputs import differ, output_faults, ranks
from engine.dmn.check.search import (
    Box,
    Row,
    certain_rows,
    gaps,
    hopeful_rows,
    is_covered,
    overlaps,
)
from engine.dmn.model import Rule, Table

MANY_RULES: Final = 200
MANY_INPUTS: Final = 10
MOST_OVERLAPS: Final = 50


def table_faults(table: Table, knowledge: Knowledge, budget: Budget) -> Iterator[Fault]:
    """Everything that is wrong with a table, and what could not be told."""
    yield from _size(table)
    yield from output_faults(table)
    try:
        analysis = _Analysis(table, knowledge, budget)
        yield from analysis.faults()
    except OverBudget:
        sentence = "The table is too large to be analysed further: split it."
        yield Fault(kind="unproved", element=table.id, sentence=sentence)


def _size(table: Table) -> Iterator[Fault]:
    for count, most, what in (
        (len(table.rules), MANY_RULES, "rules"),
        (len(table.inputs), MANY_INPUTS, "inputs"),
    ):
        if count > most:
            sentence = f"The table has {count} {what}; nobody oversees more than {most}. Split it."
            yield Fault(kind="large", element=table.id, sentence=sentence)


class _Analysis:
    """A table with its columns cut into pieces."""

    def __init__(self, table: Table, knowledge: Knowledge, budget: Budget) -> None:
        self.table = table
        self.budget = budget
        self.columns: list[Column] = []
        self.cell_faults: list[Fault] = []
        for index, column in enumerate(table.inputs):
            known = knowledge.get(column.expression)
            read, found = read_column(column, index, table.rules, known, budget)
            self.columns.append(read)
            self.cell_faults.extend(found)
        self.rows = certain_rows(self.columns, len(table.rules))
        self.are_independent = _are_independent(self.columns)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the inputs and with the rules among each other."""
        yield from self.cell_faults
        yield from self._unused()
        yield from self._gaps()
        check = _BY_POLICY.get(self.table.hit_policy)
        if check is not None:
            yield from check(self)

    def rule(self, row: Row) -> Rule:
        """The rule of a row."""
        return self.table.rules[row.number]

    def _unused(self) -> Iterator[Fault]:
        for column, drawn in zip(self.columns, self.table.inputs, strict=True):
            if self.rows and all(bits == column.everything for bits in column.accepted):
                sentence = f"No rule depends on {column.name}. Delete the input."
                yield Fault(kind="unused", element=drawn.id, sentence=sentence)

    def _gaps(self) -> Iterator[Fault]:
        if self.table.hit_policy == "COLLECT" or any(o.default for o in self.table.outputs):
            return
        inside = tuple(column.domain for column in self.columns)
        hopeful = gaps(inside, hopeful_rows(self.columns, len(self.table.rules)), self.budget)
        for box in hopeful:
            yield self._perhaps("gap", self.table.id, f"No rule for {self._where(box)}.")
        if not hopeful and gaps(inside, self.rows, self.budget):
            sentence = "It is not proved that every input has a rule: see the cells named above."
            yield Fault(kind="unproved", element=self.table.id, sentence=sentence)

    def unique(self) -> Iterator[Fault]:
        """Rules of a unique table that accept inputs together."""
        for one, other, box in islice(overlaps(self.rows, self.budget), MOST_OVERLAPS):
            sentence = f"{self._both(one, other)} match {self._where(box)}."
            yield self._perhaps("overlap", self.rule(other).id, sentence)

    def any_(self) -> Iterator[Fault]:
        """Rules that accept inputs together, but disagree, or add nothing."""
        conflicts = (
            (one, other, box, different)
            for one, other, box in overlaps(self.rows, self.budget)
            if (different := differ(self.rule(one), self.rule(other))) is not False
        )
        for one, other, box, different in islice(conflicts, MOST_OVERLAPS):
            also = "but give" if different else "and may give"
            sentence = (
                f"{self._both(one, other)} match {self._where(box)}, {also} different outputs."
            )
            if different:
                yield self._perhaps("conflict", self.rule(other).id, sentence)
            else:
                yield Fault(kind="unproved", element=self.rule(other).id, sentence=sentence)
        yield from self.duplicates()

    def first(self) -> Iterator[Fault]:
        """Rules that never apply, because those above them accept all that they accept."""
        yield from self._hidden(self.rows, "above it")

    def priority(self) -> Iterator[Fault]:
        """Rules that never apply, because others come first by their outputs."""
        ranked = ranks(self.table)
        if ranked is None:
            sentence = "It is not told which rules never apply: an output is no constant."
            yield Fault(kind="unproved", element=self.table.id, sentence=sentence)
            return
        yield from self._hidden(
            sorted(self.rows, key=lambda row: ranked[row.number]), "that come before it"
        )

    def duplicates(self) -> Iterator[Fault]:
        """Rules that accept the same inputs as another and give the same."""
        seen: dict[tuple[Box, tuple[str, ...]], Row] = {}
        for row in self.rows:
            key = row.bits, self.rule(row).outputs
            first = seen.setdefault(key, row)
            if first is not row:
                sentence = f"The rule says the same as {self._named(first)}. Delete one."
                yield Fault(kind="duplicate", element=self.rule(row).id, sentence=sentence)

    def _hidden(self, rows: Sequence[Row], where: str) -> Iterator[Fault]:
        for place, row in enumerate(rows):
            if all(row.bits) and is_covered(row, rows[:place], self.budget):
                sentence = f"The rule never applies: the rules {where} match all that it matches."
                yield Fault(kind="shadowed", element=self.rule(row).id, sentence=sentence)

    def _perhaps(self, kind: Kind, element: str, sentence: str) -> Fault:
        """The fault; not proved where inputs depend on each other, for then it may not occur."""
        if self.are_independent:
            return Fault(kind=kind, element=element, sentence=sentence)
        doubt = "Perhaps, for inputs of the table read the same variable"
        return Fault(kind="unproved", element=element, sentence=f"{doubt}: {sentence}")

    def _both(self, one: Row, other: Row) -> str:
        named = f"{self._named(one)} and {self._named(other)} both"
        return named[0].upper() + named[1:]

    def _named(self, row: Row) -> str:
        return f"rule {row.number + 1} ({self.rule(row).id})"

    def _where(self, box: Box) -> str:
        """An example of the inputs in a box; inputs that do not matter are left out."""
        parts = []
        for column, bits in zip(self.columns, box, strict=True):
            if bits & column.domain != column.domain or not column.domain:
                lowest = (bits & -bits).bit_length() - 1
                parts.append(f"{column.name} = {column.pieces[lowest].text}")
        return " and ".join(parts) or "any input"


_BY_POLICY: Final[Mapping[str, Callable[[_Analysis], Iterator[Fault]]]] = {
    "UNIQUE": _Analysis.unique,
    "ANY": _Analysis.any_,
    "FIRST": _Analysis.first,
    "PRIORITY": _Analysis.priority,
    "COLLECT": _Analysis.duplicates,
    "RULE ORDER": _Analysis.duplicates,
    "OUTPUT ORDER": _Analysis.duplicates,
}


def _are_independent(columns: Sequence[Column]) -> bool:
    """Whether no variable is read by two columns."""
    seen: set[str] = set()
    for column in columns:
        names = names_in(column.expression)
        if seen & names:
            return False
        seen |= names
    return True
