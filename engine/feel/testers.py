"""Answers unary tests that compare with constants without a scope or a conversion."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from math import ceil, floor, inf
from typing import Any, NamedTuple, Protocol

from engine.feel.evaluator.probes import another_text, representatives
from engine.feel.problems import Warning_
from engine.feel.run import Run, Scope, Value

Test = Callable[[Scope, Value], bool | None]


class Cell(NamedTuple):
    """The unary tests of a cell, and the constants they compare with where that is all they do."""

    holds: Test
    constants: tuple[Value, ...] | None


class Tester(Protocol):
    """Tells whether a value passes; a test without an answer does not. Raises LimitExceeded."""

    def __call__(
        self,
        value: Any,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> bool:
        """Whether the value passes."""


def quickest(cell: Cell, general: Tester) -> Tester:
    """The quickest way to the answers of a cell; `general` is the way for any cell and value."""
    kinds = {type(constant) for constant in cell.constants or ()}
    if kinds == {str}:
        return _text_tester(cell, general)
    return _number_tester(cell, general) if kinds == {Decimal} else general


def _text_tester(cell: Cell, general: Tester) -> Tester:
    """Looks a text up among those for which the answer is not that for any other text."""
    constants, scope = cell.constants or (), Scope({}, Run())
    other = cell.holds(scope, another_text(constants)) is True
    special = frozenset(text for text in constants if (cell.holds(scope, text) is True) != other)

    def test(
        value: Any,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> bool:
        if type(value) is str:
            return (value in special) is not other
        return general(value, context, now=now, warnings=warnings)

    return test


def _number_tester(cell: Cell, general: Tester) -> Tester:
    """Compares whole numbers with the ends of the stretch where the tests hold, if it is one."""
    cuts = sorted(set(cell.constants or ()))
    tried, scope = representatives(cuts), Scope({}, Run())
    held = [place for place, number in enumerate(tried or ()) if cell.holds(scope, number)]
    if not held or held != list(range(held[0], held[-1] + 1)):
        return general
    first, last = held[0], held[-1]
    low = -inf if first == 0 else _from(cuts[(first - 1) // 2], included=first % 2 == 1)
    high = inf if last == 2 * len(cuts) else _up_to(cuts[last // 2], included=last % 2 == 1)

    def test(
        value: Any,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> bool:
        if type(value) is int:
            return low <= value <= high
        return general(value, context, now=now, warnings=warnings)

    return test


def _from(bound: Decimal, *, included: bool) -> int:
    """The first whole number from a bound on."""
    return ceil(bound) if included else floor(bound) + 1


def _up_to(bound: Decimal, *, included: bool) -> int:
    """The last whole number up to a bound."""
    return floor(bound) if included else ceil(bound) - 1
