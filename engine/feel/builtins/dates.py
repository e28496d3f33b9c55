"""Built-in functions on dates, times and durations."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.feel import temporal
from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.problems import Failure
from engine.feel.properties import weekday
from engine.feel.run import Run, Value
from engine.feel.temporal import (
    NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
)
from engine.feel.temporal.zones import MAX_OFFSET
from engine.feel.values import from_datetime

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_THURSDAY: Final = 4


def _read(name: str, reader: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return reader(*arguments)
    except ValueError as error:
        raise Failure(f"{name}: {error}") from error


@built_in("date(from: string|date|date and time)")
def date(value: str | FeelDate | FeelDateTime) -> FeelDate:
    """A date from its text, or that of a date and time."""
    if isinstance(value, str):
        found: FeelDate = _read("date", temporal.parse_date, value)
        return found
    return value.date if isinstance(value, FeelDateTime) else value


@built_in("date(year: number, month: number, day: number)")
def date_of_parts(year: Decimal, month: Decimal, day: Decimal) -> FeelDate:
    """A date from its parts."""
    found: FeelDate = _read("date", FeelDate, *map(_whole, (year, month, day)))
    return found


@built_in("time(from: string|time|date and time)")
def time(value: str | FeelTime | FeelDateTime) -> FeelTime:
    """A time from its text, or that of a date and time."""
    if isinstance(value, str):
        found: FeelTime = _read("time", temporal.parse_time, value)
        return found
    return value.time if isinstance(value, FeelDateTime) else value


@built_in(
    "time(hour: number, minute: number, second: number, offset?: days and time duration|null)"
)
def time_of_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: FeelDaysDuration | None = None
) -> FeelTime:
    """A time from its parts; the offset is that from UTC."""
    zone = None if offset is None else offset.nanos // NANOS
    if zone is not None and abs(zone) > MAX_OFFSET:
        raise Failure("time: the offset is too large")
    whole = int(second)
    nano = int((second - whole) * NANOS)
    found: FeelTime = _read("time", FeelTime, _whole(hour), _whole(minute), whole, nano, zone)
    return found


@built_in("date and time(from: string|date and time)")
def date_and_time(value: str | FeelDateTime) -> FeelDateTime:
    """A date and time from its text."""
    if isinstance(value, FeelDateTime):
        return value
    found: FeelDateTime = _read("date and time", temporal.parse_date_time, value)
    return found


@built_in("date and time(date: date|date and time, time: time)")
def date_and_time_of(date: FeelDate | FeelDateTime, time: FeelTime) -> FeelDateTime:
    """A date and time from a date and a time."""
    return FeelDateTime(date.date if isinstance(date, FeelDateTime) else date, time)


@built_in("duration(from: string|duration)")
def duration(value: Value) -> Value:
    """A duration from its text."""
    return _read("duration", temporal.parse_duration, value) if isinstance(value, str) else value


@built_in("years and months duration(from: date|date and time, to: date|date and time)")
def years_and_months(start: Value, end: Value) -> FeelMonthsDuration:
    """The whole months from one date to another."""
    first, last = _moment(start), _moment(end)
    if first > last:
        return FeelMonthsDuration(-_months_between(last, first))
    return FeelMonthsDuration(_months_between(first, last))


@built_in("now()", needs_run=True)
def now(run: Run) -> FeelDateTime:
    """The time of this evaluation."""
    if run.now is None:
        raise Failure("now: this evaluation has no time")
    return from_datetime(run.now)


@built_in("today()", needs_run=True)
def today(run: Run) -> FeelDate:
    """The day of this evaluation."""
    if run.now is None:
        raise Failure("today: this evaluation has no time")
    return from_datetime(run.now).date


@built_in("day of year(date: date|date and time)")
def day_of_year(value: Value) -> Decimal:
    """1 to 366."""
    day = _date(value)
    return Decimal(day.days - FeelDate(day.year, 1, 1).days + 1)


@built_in("day of week(date: date|date and time)")
def day_of_week(value: Value) -> str:
    """The English name of the day."""
    return _DAYS[weekday(_date(value)) - 1]


@built_in("month of year(date: date|date and time)")
def month_of_year(value: Value) -> str:
    """The English name of the month."""
    return _MONTHS[_date(value).month - 1]


@built_in("week of year(date: date|date and time)")
def week_of_year(value: Value) -> Decimal:
    """The week's number as ISO 8601 counts it."""
    day = _date(value)
    thursday = temporal.date_of_days(day.days + _THURSDAY - weekday(day))
    return Decimal((thursday.days - FeelDate(thursday.year, 1, 1).days) // 7 + 1)


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise Failure(f"{number} is no whole number")
    return int(number)


def _date(value: FeelDate | FeelDateTime) -> FeelDate:
    return value.date if isinstance(value, FeelDateTime) else value


def _moment(value: FeelDate | FeelDateTime) -> tuple[int, int, int, int]:
    day = _date(value)
    nanos = value.time.nanos if isinstance(value, FeelDateTime) else 0
    return day.year, day.month, day.day, nanos


def _months_between(first: tuple[int, int, int, int], last: tuple[int, int, int, int]) -> int:
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    return months - (last[2:] < first[2:])


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    date,
    date_of_parts,
    time,
    time_of_parts,
    date_and_time,
    date_and_time_of,
    duration,
    years_and_months,
    now,
    today,
    day_of_year,
    day_of_week,
    month_of_year,
    week_of_year,
)
