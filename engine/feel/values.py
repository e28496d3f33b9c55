"""FEEL values and the border: what Python values become inside, and what JSON they are outside."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType
from typing import Any, Final

from engine.errors import Invalid
from engine.feel.numbers import from_int, to_number
from engine.feel.run import Run, Value
from engine.feel.temporal import (
    DAY_NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
    Zone,
)

MAX_DEPTH: Final = 60
MAX_PARTS: Final = 200_000
MAX_JSON_NUMBER: Final = Decimal("1e100")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An interval; `compared` when written as in `> 5`; `negated` means all but it."""

    low: Value
    low_included: bool
    high: Value
    high_included: bool
    compared: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Function:
    """A function of FEEL: built in, defined in an expression, or a business knowledge model."""

    name: str
    parameters: tuple[str, ...]
    invoke: Callable[[Run, Sequence[Value]], Value]
    invoke_named: Callable[[Run, Mapping[str, Value]], Value]
    type: Any = None  # engine.feel.types.FunctionType


KINDS: Final[Mapping[type, str]] = {
    Decimal: "number",
    str: "string",
    bool: "boolean",
    NoneType: "null",
    list: "list",
    dict: "context",
    FeelDate: "date",
    FeelTime: "time",
    FeelDateTime: "date and time",
    FeelDaysDuration: "days and time duration",
    FeelMonthsDuration: "years and months duration",
    Range: "range",
    Function: "function",
}

_READY: Final = frozenset(KINDS) - {list, dict, Decimal}


def kind_of(value: Value) -> str:
    """The name of the value's FEEL type."""
    return KINDS[type(value)]


def from_python(value: Any, depth: int = 0) -> Value:
    """The FEEL value of a plain Python value; raises Invalid for what FEEL does not have."""
    kind = type(value)
    if kind in _READY:
        return value
    if kind is int:
        return _from_int(value)
    if depth > MAX_DEPTH:
        raise Invalid(f"Data are nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, Mapping):
        return {str(key): from_python(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [from_python(item, depth + 1) for item in value]
    for each, convert in _CONVERTERS:
        if isinstance(value, each):
            return convert(value)
    raise Invalid(f"A value of type {type(value).__name__} cannot be used in FEEL")


def to_json(value: Value) -> Any:
    """Plain JSON data for a FEEL value; raises Invalid for ranges, functions and huge values."""
    return _Json().data(value)


class _Json:
    """Counts the parts of a value while it is turned into data."""

    def __init__(self) -> None:
        self._parts = 0

    def data(self, value: Value, depth: int = 0) -> Any:
        self._parts += 1
        if self._parts > MAX_PARTS or depth > MAX_DEPTH:
            raise Invalid(f"A value has more than {MAX_PARTS:,} parts or {MAX_DEPTH} levels")
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, Decimal):
            return _json_number(value)
        if isinstance(value, list):
            return [self.data(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {key: self.data(item, depth + 1) for key, item in value.items()}
        if isinstance(value, (Range, Function)):
            raise Invalid(f"A {kind_of(value)} cannot be kept as data")
        return str(value)


def _json_number(number: Decimal) -> int | float:
    if abs(number) > MAX_JSON_NUMBER:
        raise Invalid("A number is too large to be kept as data")
    return int(number) if number == number.to_integral_value() else float(number)


def from_datetime(value: dt.datetime) -> FeelDateTime:
    """A Python date and time as a FEEL one, with its zone where it has one."""
    time = _time_of(value, _zone_of(value))
    return FeelDateTime(FeelDate(value.year, value.month, value.day), time)


def _from_number(value: float | Decimal) -> Decimal:
    number = to_number(str(value))
    if number is None:
        raise Invalid(f"{str(value)[:40]} cannot be used as a number in FEEL")
    return number


def _from_int(value: int) -> Decimal:
    number = from_int(value)
    if number is None:
        raise Invalid("The whole number is too large for FEEL")
    return number


def _time_of(value: dt.datetime | dt.time, zone: Zone) -> FeelTime:
    return FeelTime(value.hour, value.minute, value.second, value.microsecond * 1000, zone)


def _zone_of(value: dt.datetime | dt.time) -> Zone:
    key = getattr(value.tzinfo, "key", None)
    if isinstance(key, str):
        return 0 if key == "UTC" else key
    offset = value.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def _from_timedelta(value: dt.timedelta) -> FeelDaysDuration:
    nanos = (value.seconds * 1_000_000 + value.microseconds) * 1000
    return FeelDaysDuration(value.days * DAY_NANOS + nanos)


_CONVERTERS: Final[Sequence[tuple[type, Callable[[Any], Value]]]] = (
    (bool, bool),
    (int, _from_int),
    (float, _from_number),
    (Decimal, _from_number),
    (str, str),
    (dt.datetime, from_datetime),
    (dt.date, lambda value: FeelDate(value.year, value.month, value.day)),
    (dt.time, lambda value: _time_of(value, _zone_of(value))),
    (dt.timedelta, _from_timedelta),
)
