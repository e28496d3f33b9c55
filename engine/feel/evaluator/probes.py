"""Values to try constant tests out with: their answers to these tell those to all others."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from engine.feel.evaluator.build import Build, Constant
from engine.feel.nodes import Against, Node, RangeOf, Tests
from engine.feel.numbers import ARITHMETIC
from engine.feel.run import Value
from engine.feel.values import Range

MAX_EXACT: Final = Decimal("1e30")  # below it a whole number and its FEEL number are the same


def constants_of(node: Tests, build: Build) -> tuple[Value, ...] | None:
    """The texts, numbers and booleans a cell compares its input with; None if that is not all."""
    found: list[Value] = []
    for test in node.tests:
        constants = _constants(test, build)
        if constants is None:
            return None
        found += constants
    return tuple(found)


def representatives(cuts: Sequence[Decimal]) -> list[Decimal] | None:
    """A number below the rising cuts, the first cut, one between it and the next, and so on.

    None where the cuts are too close or too large for that.
    """
    if not cuts:
        return [Decimal(0)]
    one = Decimal(1)
    inner = [ARITHMETIC.divide(ARITHMETIC.add(*pair), 2) for pair in pairwise(cuts)]
    gaps = [ARITHMETIC.subtract(cuts[0], one), *inner, ARITHMETIC.add(cuts[-1], one)]
    tried = [gaps[0]]
    for cut, gap in zip(cuts, gaps[1:], strict=True):
        tried += (cut, gap)
    rising = all(low < high for low, high in pairwise(tried))
    return tried if rising and max(abs(tried[0]), abs(tried[-1])) < MAX_EXACT else None


def another_text(texts: Iterable[str]) -> str:
    """A text that is none of these."""
    return max(texts, key=len, default="") + "?"


def _constants(node: Node, build: Build) -> list[Value] | None:
    ordered = isinstance(node, Against) and node.operator not in ("=", "!=")
    constant = build.constant(node.operand if isinstance(node, Against) else node)
    if not isinstance(constant, Constant):
        return None
    value = constant.value
    if isinstance(node, RangeOf) and type(value) is Range:
        return _numbers([value.low, value.high])
    if ordered:
        return _numbers([value])
    return [value] if type(value) in (Decimal, str, bool) else None


def _numbers(values: list[Value]) -> list[Value] | None:
    return values if all(type(value) is Decimal for value in values) else None
