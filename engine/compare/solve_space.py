"""The inputs of two tables as one space: every variable cut where a cell of either is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from engine.compare.solve_axes import Axis, Group, Space, Unsolvable
from engine.compare.solve_expressions import compared
from engine.dmn.check.cells import NotAnalysable, is_anything, names_in, read_cell
from engine.dmn.check.columns import KINDS, Piece, read_column
from engine.dmn.check.fault import Budget, Known
from engine.dmn.model import Input, Rule, Table
from engine.feel import evaluate
from engine.feel.run import Value
from engine.feel.values import kind_of

_UNORDERED = {"string", "boolean"}  # unless a cell asks for an order
MOST_TOGETHER = 20_000  # combinations of the variables that one expression reads


Tables = tuple[Table, Table]


def space_of(tables: Tables, known: Mapping[str, Known]) -> Space:
    """The space that two tables decide over; raises Unsolvable, and OverBudget for too large."""
    reading = _Reading(tables, known)
    axes = tuple(reading.axis(name) for name in reading.names)
    groups = tuple(_group(reading, axes, members) for members in reading.together())
    return Space(
        axes=axes,
        groups=groups,
        kept=frozenset(reading.kept),
        is_dependent=reading.is_dependent(),
    )


@dataclass(kw_only=True)
class _Texts:
    """What is known of one axis before it is cut: cells that test it, and values to cut at."""

    types: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    allowed: list[str | None] = field(default_factory=list)


class _Reading:
    """Two tables while their space is put together."""

    def __init__(self, tables: Tables, known: Mapping[str, Known]) -> None:
        self.tables = tables
        self.known = known
        self.budget = Budget()
        self._texts: dict[str, _Texts] = {}
        self._reads: dict[str, tuple[str, ...]] = {}  # axes that an expression reads
        self.kept: list[str] = []
        for table in tables:
            for place, column in enumerate(table.inputs):
                self._read_column(column, [rule.inputs[place] for rule in table.rules])
        for table in tables:
            self._read_results(table)

    @property
    def names(self) -> list[str]:
        """The axes, in the order in which the tables name them."""
        return list(self._texts)

    def axis(self, name: str) -> Axis:
        """The axis, cut wherever a cell of either table is."""
        texts = self._texts[name]
        rules = [_rule(text) for text in texts.cells]
        column = Input(
            id=name, label=name, expression=name, line=None,
            type=next((t for t in texts.types if t in KINDS), None),
            allowed_values=_allowed(texts),
        )  # fmt: skip
        read, faults = read_column(column, 0, rules, self.known.get(name), self.budget)
        for fault in faults:
            if fault.kind == "unproved":
                raise Unsolvable(fault.sentence)
        found = [read_cell(text) for text in texts.cells if not is_anything(text)]
        single = [value for cell in found for value in cell.constants]
        kinds = {kind_of(piece.value) for piece in read.pieces[:-1]}
        is_ordered = any(cell.is_ordered for cell in found) or not kinds <= _UNORDERED
        bits = sum(1 << at for at, piece in enumerate(read.pieces) if piece.value in single)
        return Axis(
            name=name,
            pieces=read.pieces,
            is_ordered=is_ordered,
            constants=bits,
            open=0 if is_ordered else self._open(name, read.pieces, single),
            is_variable=name in self._variables(),
        )

    def _open(self, name: str, pieces: Sequence[Piece], single: Sequence[Value]) -> int:
        """A bit for the piece that holds every text that is named nowhere."""
        known = self.known.get(name)
        if (known and known.values) or any(isinstance(p.value, bool) for p in pieces):
            return 0
        allowed = _allowed(self._texts[name])
        named = [*single, *(read_cell(allowed).constants if allowed else ())]
        last = len(pieces) - 2
        return 1 << last if last >= 0 and pieces[last].value not in named else 0

    def reads(self, column: Input) -> tuple[str, ...]:
        """The axes that a column's expression reads."""
        return self._reads[_key(column.expression)]

    def together(self) -> list[tuple[str, ...]]:
        """The axes in groups: those that one expression reads are in one."""
        groups = [{name} for name in self.names]
        for names in self._reads.values():
            joined = [group for group in groups if group & set(names)]
            groups = [group for group in groups if group not in joined]
            groups.append(set().union(*joined))
        order = self.names.index
        found = [tuple(sorted(group, key=order)) for group in groups if group]
        return sorted(found, key=lambda group: order(group[0]))

    def is_dependent(self) -> bool:
        """Whether an expression that stands for itself reads a variable that is an axis too."""
        seen: set[str] = set()
        for name in self.names:
            names = {name} if name in self._variables() else set(names_in(name))
            if names & seen:
                return True
            seen |= names
        return False

    def _variables(self) -> set[str]:
        """The axes that are variables, and not expressions that could not be taken apart."""
        return {name for name in self._texts if name.isidentifier()}

    def _read_column(self, column: Input, cells: Sequence[str]) -> None:
        key = _key(column.expression)
        tests = None if key.isidentifier() else compared(key)
        if tests is None:
            self._reads[key] = (key,)
            texts = self._texts.setdefault(key, _Texts())
            texts.types += [column.type] if column.type else []
            texts.cells += [text for text in cells if text not in texts.cells]
            texts.allowed.append(column.allowed_values)
            return
        self._reads[key] = tuple(tests)
        for name, found in tests.items():
            texts = self._texts.setdefault(name, _Texts())
            texts.cells += [text for text in found if text not in texts.cells]
            texts.allowed.append(None)

    def _read_results(self, table: Table) -> None:
        """Variables that a result is computed from, cut at the other results."""
        results = {text for t in self.tables for rule in t.rules for text in rule.outputs}
        given = {column.default for t in self.tables for column in t.outputs if column.default}
        for rule in table.rules:
            for name in (name for text in rule.outputs for name in names_in(text)):
                if not self._is_listed(name) and name not in rule.outputs:
                    raise Unsolvable(f"A result is computed from {name.replace('_', ' ')}.")
                texts = self._texts.setdefault(name, _Texts())
                texts.allowed.append(None)
                texts.cells += sorted(_texts_in(results | given) - set(texts.cells))
                self.kept.append(name)

    def _is_listed(self, name: str) -> bool:
        known = self.known.get(name)
        return known is not None and (known.kind == "boolean" or bool(known.values))


def _group(reading: _Reading, axes: Sequence[Axis], members: tuple[str, ...]) -> Group:
    """The points of a group, and what the rules of either table accept of them."""
    places = tuple(at for at, axis in enumerate(axes) if axis.name in members)
    own = [axes[at] for at in places]
    total = 1
    for axis in own:
        total *= len(axis.pieces)
    if total > MOST_TOGETHER:
        raise Unsolvable(f"Too many values of {', '.join(members)} belong together.")
    points = tuple(product(*(range(len(axis.pieces)) for axis in own)))
    accepts = tuple(_accepted(reading, table, own, points) for table in reading.tables)
    return Group(axes=places, points=points, accepts=accepts)


def _accepted(
    reading: _Reading, table: Table, axes: Sequence[Axis], points: Sequence[tuple[int, ...]]
) -> tuple[int, ...]:
    everything = (1 << len(points)) - 1
    found = [everything] * len(table.rules)
    names = [axis.name for axis in axes]
    for place, column in enumerate(table.inputs):
        if not set(reading.reads(column)) <= set(names):
            continue
        values = _values(column, axes, points)
        for number, rule in enumerate(table.rules):
            found[number] &= _bits(rule.inputs[place], values, everything)
    return tuple(found)


def _values(
    column: Input, axes: Sequence[Axis], points: Sequence[tuple[int, ...]]
) -> tuple[Value, ...]:
    """What the column's expression comes to at each point."""
    key = _key(column.expression)
    own = next((at for at, axis in enumerate(axes) if axis.name == key), None)
    if own is not None:
        return tuple(axes[own].pieces[point[own]].value for point in points)
    return tuple(evaluate(key, _context(axes, point)) for point in points)


def _context(axes: Sequence[Axis], point: Sequence[int]) -> dict[str, Value]:
    return {axis.name: axis.pieces[at].value for axis, at in zip(axes, point, strict=True)}


def _bits(text: str, values: Sequence[Value], everything: int) -> int:
    if is_anything(text):
        return everything
    try:
        cell = read_cell(text)
    except NotAnalysable as error:
        raise Unsolvable(
            f"The cell {' '.join(text.split())} cannot be analysed: {error}."
        ) from error
    known = {repr(value): cell.accepts(value) for value in {repr(v): v for v in values}.values()}
    return sum(1 << at for at, value in enumerate(values) if known[repr(value)])


def _key(expression: str) -> str:
    return " ".join(expression.split())


def _rule(text: str) -> Rule:
    return Rule(id="", description="", annotations=(), inputs=(text,), outputs=(), line=None)


def _allowed(texts: _Texts) -> str | None:
    """The values that may come, where every column of the input lists some."""
    if not texts.allowed or None in texts.allowed:
        return None
    return ", ".join(dict.fromkeys(text for text in texts.allowed if text))


def _texts_in(results: Iterable[str]) -> set[str]:
    return {text for text in results if text.startswith('"') and text.endswith('"')}
