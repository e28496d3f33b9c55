"""Built-in functions that make one value of a list."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Final

from engine.feel.arithmetic import add, divide, multiply, subtract
from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.compare import less
from engine.feel.numbers import ARITHMETIC
from engine.feel.problems import Failure
from engine.feel.run import Value


@built_in("count(list: list)")
def count(values: list[Value]) -> Decimal:
    """How many items."""
    return Decimal(len(values))


def _extreme(is_better: Callable[[Value, Value], bool]) -> Callable[..., Value]:
    def find(values: list[Value]) -> Value:
        if not values:
            return None
        best = values[0]
        for value in values[1:] or values:
            if is_better(value, best):
                best = value
        return best

    return find


minimum = built_in("min(list*: any)")(_extreme(less))
maximum = built_in("max(list*: any)")(_extreme(lambda value, best: less(best, value)))


@built_in("sum(list*: number)")
def total(values: list[Decimal]) -> Value:
    """All numbers added."""
    return _total(values) if values else None


@built_in("mean(list*: number)")
def mean(values: list[Decimal]) -> Value:
    """The arithmetic mean."""
    return divide(_total(values), Decimal(len(values))) if values else None


@built_in("median(list*: number)")
def median(values: list[Decimal]) -> Value:
    """The middle value, or the mean of the two in the middle."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    if len(values) % 2:
        return ordered[middle]
    return divide(add(ordered[middle - 1], ordered[middle]), Decimal(2))


@built_in("stddev(list*: number)")
def standard_deviation(values: list[Decimal]) -> Value:
    """The standard deviation of a sample."""
    if len(values) < 2:  # noqa: PLR2004 - of one value there is none
        raise Failure("stddev: needs at least two numbers")
    size = Decimal(len(values))
    average = divide(_total(values), size)
    distances = [subtract(value, average) for value in values]
    squares = _total([multiply(distance, distance) for distance in distances])
    return ARITHMETIC.sqrt(divide(squares, subtract(size, Decimal(1))))


@built_in("mode(list*: number)")
def mode(values: list[Decimal]) -> list[Value]:
    """The values that occur most often, in order."""
    occurrences: dict[Decimal, int] = {}
    for value in values:
        occurrences[value] = occurrences.get(value, 0) + 1
    most = max(occurrences.values(), default=0)
    return sorted(value for value, times in occurrences.items() if times == most)


@built_in("all(list*: any)")
def every(values: list[Value]) -> bool | None:
    """False if one is false, true if all are true, else null."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


@built_in("any(list*: any)")
def some(values: list[Value]) -> bool | None:
    """True if one is true, false if all are false, else null."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def _total(values: list[Decimal]) -> Value:
    """The sum of at least one number; raises Failure where it is too large."""
    return reduce(add, values)


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    count,
    minimum,
    maximum,
    total,
    mean,
    median,
    standard_deviation,
    mode,
    every,
    some,
)
