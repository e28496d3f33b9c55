"""Cuts the values of an input into pieces on which every cell of its column gives one answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from engine.dmn.check.cells import (
    Cell,
    NotAnalysable,
    NoValue,
    is_anything,
    read_cell,
    single_tests,
)
from engine.dmn.check.fault import Budget, Fault, Kind, Known
from engine.dmn.check.scales import Key, Scale, scale_of, text_of_value
from engine.dmn.model import Input, Rule
from engine.feel.run import Value
from engine.feel.values import kind_of
from engine.identifiers import spoken

KINDS: Final = {
    "string": "string",
    "boolean": "boolean",
    "number": "number",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
}
_SAID: Final = {"string": "a text", "boolean": "true or false", "date and time": "a date and time"}
_OTHER: Final = "any other text"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Values that no cell of the column tells apart, by one of them."""

    value: Value
    text: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """An input's pieces, and for each rule a bit for every piece that its cell accepts.

    The last piece stands for a missing input; `domain` are the pieces that need a rule. A rule
    whose cell cannot be analysed has no bits, but None.
    """

    name: str
    expression: str
    pieces: tuple[Piece, ...]
    domain: int
    accepted: tuple[int | None, ...]

    @property
    def everything(self) -> int:
        """A bit for every piece."""
        return (1 << len(self.pieces)) - 1


def read_column(
    column: Input, index: int, rules: Sequence[Rule], known: Known | None, budget: Budget
) -> tuple[Column, list[Fault]]:
    """The column at `index` of these rules, and what is wrong with its cells."""
    reading = _Reading(column, known, budget)
    cells = [reading.read(rule, rule.inputs[index]) for rule in rules]
    pieces = reading.pieces()
    bits = reading.bits(pieces)
    everything = (1 << len(pieces)) - 1
    accepted = tuple(
        bits(cell) if isinstance(cell, Cell) else cell and everything for cell in cells
    )
    for rule, cell in zip(rules, cells, strict=True):
        if isinstance(cell, Cell):
            reading.faults.extend(reading.unreachable(rule, cell, bits))
    return (
        Column(
            name=name_of(column),
            expression=column.expression,
            pieces=pieces,
            domain=reading.domain(pieces),
            accepted=accepted,
        ),
        reading.faults,
    )


def name_of(column: Input) -> str:
    """The column as a sentence names it."""
    expression = " ".join(column.expression.split()) or column.label
    return spoken(expression) if expression.isidentifier() else expression


def said(kind: str) -> str:
    """A kind as a sentence names it."""
    return _SAID.get(kind, f"a {kind}")


def quoted(text: str) -> str:
    """A cell as a sentence shows it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:57]}…"  # noqa: PLR2004


class _Reading:
    """One column while it is read."""

    def __init__(self, column: Input, known: Known | None, budget: Budget) -> None:
        self.column = column
        self.known = known
        self.budget = budget
        self.faults: list[Fault] = []
        self._cells: dict[str, Cell] = {}
        self._kind = known.kind if known else KINDS.get(column.type or "")
        self._mistyped: set[str] = set()
        self._allowed = self._read_allowed()

    def read(self, rule: Rule, text: str) -> Cell | Literal[True] | None:
        """The cell; True where it accepts everything, None where it cannot be analysed."""
        if is_anything(text):
            return True
        cell = self._cells.get(text) or self._new_cell(rule.id, text)
        if cell is not None:
            self._cells[text] = cell
            self._check_kind(rule.id, cell)
        return cell

    def _new_cell(self, element: str, text: str) -> Cell | None:
        where = f"The cell {quoted(text)} for {name_of(self.column)}"
        try:
            if self._kind == "list":
                raise NotAnalysable("its input is a list")
            return read_cell(text)
        except NoValue as error:
            self._add("type", element, f"{where} cannot hold: {error}.")
        except NotAnalysable as error:
            self._add("unproved", element, f"{where} is not analysable: {error}.")
        return None

    def _add(self, kind: Kind, element: str, sentence: str) -> None:
        self.faults.append(Fault(kind=kind, element=element, sentence=sentence))

    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, the missing input last."""
        found = list(self._values())
        if self.known and self.known.values and not self._allowed:
            found = [piece for piece in found if piece.value in self.known.values]
        if self._allowed:
            found = [piece for piece in found if self._allowed.accepts(piece.value)]
        return (*found, Piece(value=None, text="missing"))

    def domain(self, pieces: Sequence[Piece]) -> int:
        """The pieces that need a rule: all but the missing input, unless that is allowed."""
        named = bool(self._allowed and self._allowed.accepts(None))
        return (1 << (len(pieces) - (not named))) - 1

    def bits(self, pieces: Sequence[Piece]) -> "_Bits":
        """What cells accept of these pieces."""
        return _Bits(pieces, self.budget)

    def unreachable(self, rule: Rule, cell: Cell, bits: "_Bits") -> Iterator[Fault]:
        """The cell, or each of its tests, that accepts no value there can be."""
        if cell.text in self._mistyped:
            return
        empty = [cell] if not bits(cell) else []
        for alone in empty or [t for t in single_tests(cell) if not bits.of(t)]:
            values = ", ".join(text_of_value(value) for value in alone.constants) or cell.text
            what = quoted(cell.text) if empty else quoted(values)
            if not self._is_said_elsewhere(alone):
                sentence = f"{name_of(self.column)} is never {what}: it may be {self._range()}."
                yield Fault(kind="unreachable", element=rule.id, sentence=sentence)

    def _is_said_elsewhere(self, cell: Cell) -> bool:
        """Whether the cell names a value that the vocabulary does not have."""
        values = self.known.values if self.known else ()
        return bool(values) and any(value not in values for value in cell.constants)

    def _range(self) -> str:
        if self._allowed:
            return quoted(self._allowed.text)
        if self.known and self.known.values:
            return ", ".join(self.known.values)
        return said(self._kind) if self._kind else "anything"

    def _read_allowed(self) -> Cell | None:
        text = self.column.allowed_values
        if not text:
            return None
        try:
            cell = read_cell(text)
        except NotAnalysable as error:
            sentence = f"The allowed values {quoted(text)} are not analysable: {error}."
            self._add("unproved", self.column.id, sentence)
            return None
        self._check_kind(self.column.id, cell)
        self._check_known(cell)
        return cell

    def _check_kind(self, element: str, cell: Cell) -> None:
        for value in cell.constants:
            self._kind = self._kind or kind_of(value)
            if kind_of(value) != self._kind and cell.text not in self._mistyped:
                self._mistyped.add(cell.text)
                sentence = (
                    f"{quoted(cell.text)} is {said(kind_of(value))}, but"
                    f" {name_of(self.column)} is {said(self._kind)}."
                )
                self._add("type", element, sentence)

    def _check_known(self, cell: Cell) -> None:
        values = self.known.values if self.known else ()
        foreign = [value for value in cell.constants if values and value not in values]
        for value in foreign:
            sentence = (
                f"The allowed value {text_of_value(value)} is none that {name_of(self.column)}"
                f" has: {', '.join(values)}."
            )
            self._add("type", self.column.id, sentence)

    def _values(self) -> Iterator[Piece]:
        kind = self._kind
        if kind == "boolean":
            yield from (Piece(value=value, text=text_of_value(value)) for value in (True, False))
            return
        constants = self._constants()
        cells = [*self._cells.values(), *([self._allowed] if self._allowed else [])]
        if kind == "string" and not any(cell.is_ordered for cell in cells):
            yield from _texts(constants)
        elif kind is not None and (scale := scale_of(kind, constants)) is not None:
            keys = sorted({scale.key(value) for value in constants})
            for key in _with_neighbours(scale, keys):
                value = scale.value(key)
                yield Piece(value=value, text=text_of_value(value))
        elif not constants:
            yield Piece(value="", text="anything")
        else:
            sentence = f"The values of {name_of(self.column)} have no order that can be analysed."
            self._add("unproved", self.column.id, sentence)
            yield from (Piece(value=value, text=text_of_value(value)) for value in constants)

    def _constants(self) -> list[Value]:
        cells = (*self._cells.values(), *([self._allowed] if self._allowed else []))
        own = [v for cell in cells for v in cell.constants if kind_of(v) == self._kind]
        listed = list(self.known.values) if self.known else []
        return list({repr(value): value for value in [*own, *listed]}.values())


class _Bits:
    """Which pieces a cell accepts, worked out once for each text."""

    def __init__(self, pieces: Sequence[Piece], budget: Budget) -> None:
        self._pieces = pieces
        self._budget = budget
        self._known: dict[str, int] = {}

    def __call__(self, cell: Cell) -> int:
        """A bit for every piece that the cell accepts."""
        if cell.text not in self._known:
            self._known[cell.text] = self.of(cell)
        return self._known[cell.text]

    def of(self, cell: Cell) -> int:
        """The same, worked out anew."""
        self._budget.spend(len(self._pieces))
        return sum(
            1 << place for place, piece in enumerate(self._pieces) if cell.accepts(piece.value)
        )


def _texts(constants: Iterable[Value]) -> Iterator[Piece]:
    listed = list(constants)
    yield from (Piece(value=value, text=text_of_value(value)) for value in listed)
    other = _OTHER
    while other in listed:
        other += "…"
    yield Piece(value=other, text=_OTHER)


def _with_neighbours(scale: Scale, keys: Sequence[Key]) -> Iterator[Key]:
    """The keys, and one between each two neighbours and beyond either end, where there is one."""
    low: Key | None = None
    for high in [*keys, None]:
        between = scale.between(low, high)
        if between is not None:
            yield between
        if high is not None:
            yield high
        low = high
