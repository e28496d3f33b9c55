"""Built-in functions that say how two ranges, or a point and a range, lie to each other."""

from collections.abc import Callable
from typing import Any, Final

from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.compare import equal, is_in_range, less
from engine.feel.problems import Failure
from engine.feel.run import Value
from engine.feel.values import Range, kind_of

Relation = Callable[[Range, Range], bool]


def _as_range(value: Value) -> Range:
    if isinstance(value, Range):
        return value
    if value is None:
        raise Failure("A range function needs a point or a range, not null")
    return Range(low=value, low_included=True, high=value, high_included=True)


def _is_same(one: Value, other: Value) -> bool:
    same = equal(one, other)
    if same is None:
        raise Failure(f"A {kind_of(one)} and a {kind_of(other)} cannot be compared")
    return same


def _before(one: Range, other: Range) -> bool:
    if less(one.high, other.low):
        return True
    touching = _is_same(one.high, other.low)
    return touching and not (one.high_included and other.low_included)


def _meets(one: Range, other: Range) -> bool:
    return one.high_included and other.low_included and _is_same(one.high, other.low)


def _starts_no_earlier(one: Range, other: Range) -> bool:
    """Whether `one` starts where `other` does or later."""
    if _is_same(one.low, other.low):
        return other.low_included or not one.low_included
    return less(other.low, one.low)


def _ends_no_later(one: Range, other: Range) -> bool:
    if _is_same(one.high, other.high):
        return other.high_included or not one.high_included
    return less(one.high, other.high)


def _includes(one: Range, other: Range) -> bool:
    return _starts_no_earlier(other, one) and _ends_no_later(other, one)


def _overlaps(one: Range, other: Range) -> bool:
    return not _before(one, other) and not _before(other, one)


def _overlaps_before(one: Range, other: Range) -> bool:
    return (
        _overlaps(one, other) and not _starts_no_earlier(one, other) and _ends_no_later(one, other)
    )


def _same_start(one: Range, other: Range) -> bool:
    return one.low_included == other.low_included and _is_same(one.low, other.low)


def _same_end(one: Range, other: Range) -> bool:
    return one.high_included == other.high_included and _is_same(one.high, other.high)


def _starts(one: Range, other: Range) -> bool:
    return _same_start(one, other) and _ends_no_later(one, other)


def _finishes(one: Range, other: Range) -> bool:
    return _same_end(one, other) and _starts_no_earlier(one, other)


def _coincides(one: Range, other: Range) -> bool:
    return _same_start(one, other) and _same_end(one, other)


def _swapped(relation: Relation) -> Relation:
    return lambda one, other: relation(other, one)


def _started_by_point(point: Value, bounds: Range) -> bool:
    return bounds.low_included and _is_same(point, bounds.low)


def _finished_by_point(point: Value, bounds: Range) -> bool:
    return bounds.high_included and _is_same(point, bounds.high)


def _holds_point(point: Value, bounds: Range) -> bool:
    return is_in_range(point, bounds) is True


def _between_any(signature: str, relation: Relation) -> BuiltIn:
    """A function of points or ranges in any mixture."""
    return built_in(signature)(lambda one, other: relation(_as_range(one), _as_range(other)))


def _between_ranges(signature: str, relation: Relation) -> BuiltIn:
    return built_in(signature)(relation)


def _point_first(name: str, test: Callable[[Value, Range], bool], relation: Relation) -> BuiltIn:
    def decide(one: Any, other: Range) -> bool:
        if isinstance(one, Range):
            return relation(one, other)
        if one is None:
            raise Failure(f"{name}: needs a point or a range, not null")
        return test(one, other)

    return built_in(f"{name}(point: any, range: range)")(decide)


def _range_first(name: str, test: Callable[[Value, Range], bool], relation: Relation) -> BuiltIn:
    def decide(one: Range, other: Any) -> bool:
        if isinstance(other, Range):
            return relation(one, other)
        if other is None:
            raise Failure(f"{name}: needs a point or a range, not null")
        return test(other, one)

    return built_in(f"{name}(range: range, point: any)")(decide)


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    _between_any("before(point1: any, point2: any)", _before),
    _between_any("after(point1: any, point2: any)", _swapped(_before)),
    _between_any("coincides(point1: any, point2: any)", _coincides),
    _between_ranges("meets(range1: range, range2: range)", _meets),
    _between_ranges("met by(range1: range, range2: range)", _swapped(_meets)),
    _between_ranges("overlaps(range1: range, range2: range)", _overlaps),
    _between_ranges("overlaps before(range1: range, range2: range)", _overlaps_before),
    _between_ranges("overlaps after(range1: range, range2: range)", _swapped(_overlaps_before)),
    _point_first("during", _holds_point, _swapped(_includes)),
    _range_first("includes", _holds_point, _includes),
    _point_first("starts", _started_by_point, _starts),
    _range_first("started by", _started_by_point, _swapped(_starts)),
    _point_first("finishes", _finished_by_point, _finishes),
    _range_first("finished by", _finished_by_point, _swapped(_finishes)),
)
