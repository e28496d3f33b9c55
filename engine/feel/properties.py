"""What stands after a dot: entries of contexts, parts of dates and durations, ends of ranges."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel.problems import Failure
from engine.feel.run import Value
from engine.feel.temporal import (
    DAY_NANOS,
    NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
)
from engine.feel.values import Range, kind_of

Reader = Callable[[Any], Value]


def property_of(value: Value, name: str) -> Value:
    """The member `name` of a value, or a list of those of a list's items; raises Failure."""
    if isinstance(value, list):
        return [_of_item(item, name) for item in value]
    if isinstance(value, dict):
        if name not in value:
            raise Failure(f"The context has no entry {name!r}")
        return value[name]
    read = PROPERTIES.get(type(value), {}).get(name)
    if read is None:
        raise Failure(f"A {kind_of(value)} has no {name!r}")
    return read(value)


def weekday(date: FeelDate) -> int:
    """1 for Monday to 7 for Sunday."""
    return (date.days + 3) % 7 + 1


def _of_item(item: Value, name: str) -> Value:
    if isinstance(item, list):
        return None
    try:
        return property_of(item, name)
    except Failure:
        return None


def _offset(value: FeelTime | FeelDateTime) -> FeelDaysDuration | None:
    offset = value.offset
    return None if offset is None else FeelDaysDuration(offset * NANOS)


def _second(time: FeelTime) -> Decimal:
    return Decimal(time.second) + Decimal(time.nano) / NANOS if time.nano else Decimal(time.second)


def _zone(time: FeelTime) -> str | None:
    if time.zone == 0:
        return "UTC"
    return time.zone if isinstance(time.zone, str) else None


def _part(unit: int, modulus: int | None = None) -> Reader:
    def read(duration: FeelDaysDuration) -> Decimal:
        amount = abs(duration.nanos) // unit
        whole = amount if modulus is None else amount % modulus
        return Decimal(-whole if duration.nanos < 0 else whole)

    return read


def _months_part(take: Callable[[int], int]) -> Reader:
    def read(duration: FeelMonthsDuration) -> Decimal:
        whole = take(abs(duration.months))
        return Decimal(-whole if duration.months < 0 else whole)

    return read


def _seconds(duration: FeelDaysDuration) -> Decimal:
    rest = abs(duration.nanos) % (60 * NANOS)
    seconds = Decimal(rest) / NANOS
    return -seconds if duration.nanos < 0 else seconds


_DATE: Final[Mapping[str, Reader]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(weekday(date)),
}
_TIME: Final[Mapping[str, Reader]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": _second,
    "time offset": _offset,
    "timezone": _zone,
}


def _of_date(read: Reader) -> Reader:
    return lambda moment: read(moment.date)


def _of_time(read: Reader) -> Reader:
    return lambda moment: read(moment.time)


PROPERTIES: Final[Mapping[type, Mapping[str, Reader]]] = {
    FeelDate: _DATE,
    FeelTime: _TIME,
    FeelDateTime: {
        **{name: _of_date(read) for name, read in _DATE.items()},
        **{name: _of_time(read) for name, read in _TIME.items()},
        "time offset": _offset,
    },
    FeelDaysDuration: {
        "days": _part(DAY_NANOS),
        "hours": _part(3600 * NANOS, 24),
        "minutes": _part(60 * NANOS, 60),
        "seconds": _seconds,
    },
    FeelMonthsDuration: {
        "years": _months_part(lambda months: months // 12),
        "months": _months_part(lambda months: months % 12),
    },
    Range: {
        "start": lambda bounds: bounds.low,
        "end": lambda bounds: bounds.high,
        "start included": lambda bounds: bounds.low_included,
        "end included": lambda bounds: bounds.high_included,
    },
}
