"""Answers a table of constants by looking its inputs up, instead of trying rule by rule."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.dmn.drg import Drawn, Graph
from engine.dmn.hit_policy import SINGLE
from engine.dmn.model import Table
from engine.dmn.tables import CompiledTable
from engine.feel.evaluator.build import Constant
from engine.feel.evaluator.functions import coerced_result
from engine.feel.evaluator.probes import another_text, representatives
from engine.feel.parser.cursor import KEYWORDS
from engine.feel.problems import Failure
from engine.feel.run import Run, Scope, Value
from engine.feel.testers import Cell
from engine.feel.types import ANY, SIMPLE, Type
from engine.feel.values import from_python

MAX_TRIALS: Final = 50_000  # of cells, before a column is not worth it
Rules = int  # a bit for each rule, the first rule's is the lowest
Find = Callable[[Any], Rules]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a table answers when these rules match."""

    value: Value
    rules: tuple[str, ...]


class Lookup:
    """A decision whose table compares inputs with constants and answers constants."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[tuple[str, Mapping[type, Find]]],
        answers: Mapping[Rules, Answer],
    ) -> None:
        self.table = table
        self._columns = columns
        self._answers = answers
        self._first = table.hit_policy == "FIRST"

    def answer(self, inputs: Mapping[str, Any]) -> Answer | None:
        """The answer, or None where the rules have to be tried one by one."""
        matching = -1
        for name, finders in self._columns:
            value = inputs.get(name)
            find = finders.get(type(value))
            if find is None:
                return None
            matching &= find(value)
        return self._answers.get(matching & -matching if self._first else matching)

    def inputs(self, inputs: Mapping[str, Any]) -> dict[str, Value]:
        """The values of the table's inputs."""
        return {name: from_python(inputs[name]) for name, _ in self._columns}


def lookup_of(decision: Drawn, graph: Graph) -> Lookup | None:
    """A lookup that answers as the decision does, where there can be one."""
    logic = decision.logic
    if not isinstance(logic, CompiledTable) or logic.table.hit_policy not in SINGLE:
        return None
    answers = dict(_answers(decision, logic))
    columns = []
    for place, column in enumerate(logic.table.inputs):
        accepted = _accepted(column.expression, decision, graph)
        cells = [dict(rule.tests).get(place) for rule in logic.rules]
        finders = dict(_finders(cells, accepted)) if accepted else {}
        if not finders:
            return None
        columns.append((column.expression, finders))
    return Lookup(logic.table, columns, answers)


def _answers(decision: Drawn, logic: CompiledTable) -> Iterable[tuple[Rules, Answer]]:
    """What the table answers when a single rule matches, where that cannot change."""
    for place, rule in enumerate(logic.rules):
        if len(rule.outputs) == 1 and isinstance(rule.outputs[0], Constant):
            run = Run()
            value = coerced_result(run, decision.name, rule.outputs[0].value, decision.type)
            if not run.warnings and not isinstance(value, (list, dict)):
                yield 1 << place, Answer(value=value, rules=(rule.id,))


def _accepted(expression: str, decision: Drawn, graph: Graph) -> Type | None:
    """The simple type of the input that an expression names, or None for other expressions."""
    if not (expression.isascii() and expression.isidentifier()) or expression in KEYWORDS:
        return None
    slot = decision.slots.get(expression)
    if slot is None:
        return ANY
    drawn = graph.get(slot) if isinstance(slot, tuple) else None
    if drawn is None or drawn.kind != "input" or drawn.name != expression:
        return None
    return drawn.type if drawn.type in SIMPLE.values() else None


def _finders(cells: Sequence[Cell | None], accepted: Type) -> Iterable[tuple[type, Find]]:
    """How the rules that match are found, by the type of the input."""
    listed = [cell.constants for cell in cells if cell]
    constants = [constant for each in listed for constant in each or ()]
    if None in listed or (2 * len(constants) + 3) * len(cells) > MAX_TRIALS:
        return
    texts = {constant for constant in constants if type(constant) is str}
    numbers = sorted({constant for constant in constants if type(constant) is Decimal})
    if accepted.name in ("Any", "string") and (find := _find_text(cells, texts)):
        yield str, find
    if accepted.name in ("Any", "number") and (find := _find_number(cells, numbers)):
        yield int, find
    if accepted.name in ("Any", "boolean") and (find := _find_boolean(cells)):
        yield bool, find


def _matching(cells: Sequence[Cell | None], values: Iterable[Value]) -> list[Rules] | None:
    """The rules that match each value; None where a cell has something to warn about."""
    run = Run()
    scope = Scope({}, run)
    try:
        found = [
            sum(
                1 << place
                for place, cell in enumerate(cells)
                if cell is None or cell.holds(scope, value)
            )
            for value in values
        ]
    except Failure:
        return None
    return None if run.warnings else found


class _Texts(dict[str, Rules]):
    """The rules for every text that is listed, and for any other."""

    def __init__(self, listed: Mapping[str, Rules], other: Rules) -> None:
        super().__init__(listed)
        self._other = other

    def __missing__(self, text: str) -> Rules:
        return self._other


def _find_text(cells: Sequence[Cell | None], texts: set[str]) -> Find | None:
    tried = [*texts, another_text(texts)]
    found = _matching(cells, tried)
    if found is None:
        return None
    return _Texts(dict(zip(texts, found, strict=False)), found[-1]).__getitem__


def _find_boolean(cells: Sequence[Cell | None]) -> Find | None:
    found = _matching(cells, [False, True])
    return None if found is None else found.__getitem__


def _find_number(cells: Sequence[Cell | None], numbers: list[Decimal]) -> Find | None:
    tried = representatives(numbers)
    found = None if tried is None else _matching(cells, tried)
    if found is None:
        return None
    rules = found
    cuts = [int(cut) if cut == int(cut) else cut for cut in numbers]
    return lambda value: rules[bisect_left(cuts, value) + bisect_right(cuts, value)]
