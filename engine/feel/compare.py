"""Equality and order of FEEL values: true, false, or null where two values do not compare."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel.problems import Failure
from engine.feel.run import Value
from engine.feel.temporal import (
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
)
from engine.feel.values import Function, Range, kind_of


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are the same; None when they are of different kinds."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return _equal_singleton(left, right)
    same = _EQUALITIES.get(type(left))
    return same(left, right) if same else bool(left == right)


def less(left: Value, right: Value) -> bool:
    """Whether `left` comes before `right`; raises Failure when they have no order."""
    return bool(order_key(left, right) < order_key(right, left))


def compare(operator: str, left: Value, right: Value) -> bool | None:
    """The result of `=`, `!=`, `<`, `<=`, `>` or `>=`; raises Failure for values without order."""
    if operator == "=":
        return _equality(left, right)
    if operator == "!=":
        same = _equality(left, right)
        return None if same is None else not same
    first, second = order_key(left, right), order_key(right, left)
    return bool(_ORDERS[operator](first, second))


def is_in_range(value: Value, bounds: Range) -> bool | None:
    """Whether a value lies in a range; raises Failure when it does not compare with the ends."""
    if bounds.negated:
        same = equal(value, bounds.low)
        return None if same is None else not same
    if value is None or (None in (bounds.low, bounds.high) and not bounds.compared):
        return None
    above = bounds.low is None or compare(">=" if bounds.low_included else ">", value, bounds.low)
    below = bounds.high is None or compare(
        "<=" if bounds.high_included else "<", value, bounds.high
    )
    return bool(above and below)


def matches(value: Value, expected: Value) -> bool | None:
    """Whether a value passes a test that is itself a value: a range, a list or one value."""
    if type(expected) is Range:
        return equal(value, expected) if type(value) is Range else is_in_range(value, expected)
    if type(expected) is list:
        return contains(expected, value) or equal(value, expected) is True
    return equal(value, expected)


def contains(values: list[Value], value: Value) -> bool:
    """Whether a list holds a value, or a range in which it lies."""
    return any(
        _lies_in(value, item) if type(item) is Range else equal(item, value) is True
        for item in values
    )


def order_key(value: Value, other: Value) -> Any:
    """What to compare instead of the value; raises Failure when it has no order with `other`."""
    key = _ORDER_KEYS.get(type(value))
    if key is None or type(value) is not type(other):
        raise Failure(f"A {kind_of(value)} and a {kind_of(other)} cannot be compared")
    if isinstance(value, (FeelTime, FeelDateTime)) and _only_one_has_zone(value, other):
        # The one without takes the other's offset: DMN 1.5, table 54.
        return value.nanos if isinstance(value, FeelTime) else value.local_nanos
    return key(value)


def _only_one_has_zone(value: FeelTime | FeelDateTime, other: FeelTime | FeelDateTime) -> bool:
    return (value.offset is None) != (other.offset is None)


def _lies_in(value: Value, bounds: Range) -> bool:
    try:
        return bool(is_in_range(value, bounds))
    except Failure:
        return False


def _equality(left: Value, right: Value) -> bool | None:
    same = equal(left, right)
    if same is None:
        raise Failure(f"A {kind_of(left)} and a {kind_of(right)} cannot be compared")
    return same


def _equal_singleton(left: Value, right: Value) -> bool | None:
    for one, other in ((left, right), (right, left)):
        if type(one) is list and len(one) == 1 and type(other) is not list:
            return equal(one[0], other)
    return None


def _equal_deep(left: Value, right: Value, seen: set[tuple[int, int]]) -> bool:
    """Whether lists or contexts are equal; a pair that occurs again is not compared again."""
    if type(left) is not type(right) or type(left) not in (list, dict):
        return equal(left, right) is True
    if (id(left), id(right)) in seen:
        return True
    seen.add((id(left), id(right)))
    if len(left) != len(right):
        return False
    if type(left) is list:
        return all(_equal_deep(*pair, seen) for pair in zip(left, right, strict=True))
    return all(key in right and _equal_deep(left[key], right[key], seen) for key in left)


def _equal_structures(left: Value, right: Value) -> bool:
    return _equal_deep(left, right, set())


def _equal_ranges(left: Range, right: Range) -> bool:
    return _shape(left) == _shape(right) and all(
        equal(one, other) is True for one, other in ((left.low, right.low), (left.high, right.high))
    )


def _shape(bounds: Range) -> tuple[bool, ...]:
    return bounds.low_included, bounds.high_included, bounds.compared, bounds.negated


def _time_key(time: FeelTime) -> tuple[bool, int]:
    offset = time.offset
    return offset is None, time.nanos - (offset or 0) * 1_000_000_000


def _equal_times(left: FeelTime, right: FeelTime) -> bool:
    return _time_key(left) == _time_key(right)


def _equal_date_times(left: FeelDateTime, right: FeelDateTime) -> bool:
    if (left.time.zone is None) != (right.time.zone is None):
        return False
    return left.instant == right.instant


def _equal_functions(left: Function, right: Function) -> bool:
    return left is right


_EQUALITIES: Final[Mapping[type, Callable[[Any, Any], bool]]] = {
    list: _equal_structures,
    dict: _equal_structures,
    Range: _equal_ranges,
    FeelTime: _equal_times,
    FeelDateTime: _equal_date_times,
    Function: _equal_functions,
}
_ORDER_KEYS: Final[Mapping[type, Callable[[Any], Any]]] = {
    Decimal: lambda value: value,
    str: lambda value: value,
    FeelDate: lambda value: value.days,
    FeelTime: lambda value: _time_key(value)[1],
    FeelDateTime: lambda value: value.instant,
    FeelDaysDuration: lambda value: value.nanos,
    FeelMonthsDuration: lambda value: value.months,
}
_ORDERS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
