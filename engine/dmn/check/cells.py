"""Reads the cells of a decision table: the constants they test for, or that they are no constants.

A cell is analysable when it compares its input with constants and with nothing else. Between two
neighbouring constants its answer is then always the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from engine.dmn.tables import ANYTHING
from engine.feel import SyntaxProblem, nodes
from engine.feel.builtins import FUNCTIONS
from engine.feel.evaluator import compile_unary_tests, constant_value
from engine.feel.evaluator.build import FOLDED_FUNCTIONS
from engine.feel.evaluator.tests import Test
from engine.feel.expressions import BUILT_IN_NAMES, guarded
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.problems import LimitExceeded
from engine.feel.run import Run, Scope, Value
from engine.feel.values import Range


class NotAnalysable(Exception):
    """A cell tests for something else than constants; says what."""


class NoValue(NotAnalysable):
    """A cell tests for a date, time or duration that there is not."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The tests of a cell, the constants in them, and whether any of them asks for an order."""

    text: str
    tests: tuple[nodes.Node, ...]
    holds: Test
    constants: tuple[Value, ...]
    is_ordered: bool

    def accepts(self, value: Value) -> bool:
        """Whether the value passes, as the table itself would judge it."""
        return guarded(self.holds, Scope({}, Run()), value) is True


def is_anything(text: str) -> bool:
    """Whether the cell is `-` or empty."""
    return text in ANYTHING


def read_cell(text: str) -> Cell:
    """The cell of that text; raises NotAnalysable."""
    try:
        parsed = guarded(parse_tests, text, (BUILT_IN_NAMES,))
        constants = list(guarded(_all_constants, parsed.tests))
    except (SyntaxProblem, LimitExceeded) as error:
        raise NotAnalysable(f"{error}") from error
    return _cell(text, parsed, constants)


def single_tests(cell: Cell) -> Iterator[Cell]:
    """Each test of a cell by itself; none where there is only one."""
    for test in cell.tests if len(cell.tests) > 1 else ():
        alone = nodes.Tests(at=test.at, tests=(test,))
        yield _cell(cell.text, alone, list(_constants(test)))


def constant_of(text: str) -> Value:
    """The value of an output cell that is a constant; null for every other."""
    try:
        return constant_value(guarded(parse_expression, text, (BUILT_IN_NAMES,)), FUNCTIONS)
    except (SyntaxProblem, LimitExceeded):
        return None


def names_in(text: str) -> frozenset[str]:
    """The names that an expression mentions, without those of functions."""
    try:
        parsed = guarded(parse_expression, text, (BUILT_IN_NAMES,))
    except (SyntaxProblem, LimitExceeded):
        return frozenset((text,))
    return frozenset(
        part.name
        for part in _parts(parsed)
        if isinstance(part, nodes.Name) and part.name not in FUNCTIONS
    )


@dataclass(frozen=True, kw_only=True)
class _Constant:
    value: Value
    is_ordered: bool


def _cell(text: str, parsed: nodes.Tests, constants: list[_Constant]) -> Cell:
    values = {repr(each.value): each.value for each in constants}
    return Cell(
        text=text,
        tests=parsed.tests,
        holds=compile_unary_tests(parsed, FUNCTIONS, lambda name: None),
        constants=tuple(values.values()),
        is_ordered=any(each.is_ordered for each in constants),
    )


def _all_constants(parts: tuple[nodes.Node, ...]) -> Iterator[_Constant]:
    for part in parts:
        yield from _constants(part)


def _constants(node: nodes.Node) -> Iterator[_Constant]:
    """The constants that the node compares its input with; raises NotAnalysable."""
    read = _READERS.get(type(node))
    if isinstance(node, nodes.Name) and node.name == "?":
        return
    if read is not None:
        yield from read(node)
    elif not (isinstance(node, nodes.Literal) and node.value is None):
        yield from _ends(_value_of(node))


def _ends(value: Value) -> Iterator[_Constant]:
    if isinstance(value, Range):
        for end in (value.low, value.high):
            if end is not None:
                yield _Constant(value=end, is_ordered=value.low is not value.high)
    elif isinstance(value, list):
        for item in value:
            yield from _ends(item)
    else:
        yield _Constant(value=value, is_ordered=False)


def _value_of(node: nodes.Node) -> Value:
    value = constant_value(node, FUNCTIONS)
    if value is None:
        if _is_folded(node):
            raise NoValue("there is no such value")
        raise NotAnalysable("it tests for more than constants")
    return value


def _is_folded(node: nodes.Node) -> bool:
    """Whether the node is a date, time or duration written as a call on constants."""
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.function, nodes.Name)
        and node.function.name in FOLDED_FUNCTIONS
        and all(isinstance(argument, nodes.Literal) for argument in node.arguments)
    )


def _against(node: nodes.Against) -> Iterator[_Constant]:
    if isinstance(node.operand, nodes.Literal) and node.operand.value is None:
        return
    value = _value_of(node.operand)
    yield _Constant(value=value, is_ordered=node.operator not in ("=", "!="))


def _comparison(node: nodes.Comparison) -> Iterator[_Constant]:
    sides = [side for side in (node.left, node.right) if not _is_input(side)]
    if len(sides) != 1:
        raise NotAnalysable("it compares its input with more than a constant")
    if not (isinstance(sides[0], nodes.Literal) and sides[0].value is None):
        ordered = node.operator not in ("=", "!=")
        yield _Constant(value=_value_of(sides[0]), is_ordered=ordered)


def _between(node: nodes.Between) -> Iterator[_Constant]:
    _check_input(node.value)
    for end in (node.low, node.high):
        yield _Constant(value=_value_of(end), is_ordered=True)


def _membership(node: nodes.In) -> Iterator[_Constant]:
    _check_input(node.value)
    yield from _all_constants(node.tests)


def _call(node: nodes.Call) -> Iterator[_Constant]:
    if isinstance(node.function, nodes.Name) and node.function.name == "not":
        yield from _all_constants(node.arguments)
    else:
        yield from _ends(_value_of(node))


def _logic(node: nodes.Logic) -> Iterator[_Constant]:
    yield from _all_constants(node.operands)


def _is_input(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "?"


def _check_input(node: nodes.Node) -> None:
    if not _is_input(node):
        raise NotAnalysable("it tests something else than its input")


def _parts(part: Any) -> Iterator[nodes.Node]:
    if isinstance(part, tuple):
        for item in part:
            yield from _parts(item)
    elif isinstance(part, nodes.Node):
        yield part
        for each in fields(part):
            yield from _parts(getattr(part, each.name))


_READERS: Final[Mapping[type[nodes.Node], Callable[[Any], Iterator[_Constant]]]] = {
    nodes.Against: _against,
    nodes.Comparison: _comparison,
    nodes.Between: _between,
    nodes.In: _membership,
    nodes.Call: _call,
    nodes.Logic: _logic,
}
