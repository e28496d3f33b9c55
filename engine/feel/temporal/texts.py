"""Reading dates, times and durations from their ISO 8601 text; every reader raises ValueError."""

import re
from typing import Final

from engine.feel.temporal.types import (
    DAY_NANOS,
    NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
)
from engine.feel.temporal.zones import parse_zone

MAX_LENGTH: Final = 100
_DATE: Final = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)", re.ASCII)
_TIME: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-].+|@.+)?", re.ASCII)
_MONTHS: Final = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_DAYS: Final = re.compile(
    r"(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII
)


def parse_date(text: str) -> FeelDate:
    """A date such as `2026-03-02`."""
    match = _matching(_DATE, text)
    year, month, day = match.groups()
    return FeelDate(int(year), int(month), int(day))


def parse_time(text: str) -> FeelTime:
    """A time such as `10:30:00`, `10:30:00Z` or `10:30:00@Europe/London`."""
    hour, minute, second, fraction, zone = _matching(_TIME, text).groups()
    return FeelTime(int(hour), int(minute), int(second), _nanos(fraction), parse_zone(zone or ""))


def parse_date_time(text: str) -> FeelDateTime:
    """A date and time such as `2026-03-02T10:30:00+00:00`; a date alone is midnight."""
    date, separator, time = text.partition("T")
    if not separator:
        return FeelDateTime(parse_date(date), FeelTime(0, 0, 0))
    return FeelDateTime(parse_date(date), parse_time(time))


def parse_duration(text: str) -> FeelDaysDuration | FeelMonthsDuration:
    """A duration such as `P2D`, `PT8H` or `P1Y6M`."""
    if (match := _MONTHS.fullmatch(text[:MAX_LENGTH])) and match.end() > match.start() + 1:
        return _months(match, text)
    sign, days, hours, minutes, seconds, fraction = _matching(_DAYS, text).groups()
    if days is hours is minutes is seconds is None:
        raise ValueError(f"{text!r} is no duration")
    clock = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    nanos = int(days or 0) * DAY_NANOS + clock * NANOS + _nanos(fraction)
    return FeelDaysDuration(-nanos if sign else nanos)


def _months(match: re.Match[str], text: str) -> FeelMonthsDuration:
    sign, years, months = match.groups()
    if years is None and months is None:
        raise ValueError(f"{text!r} is no duration")
    total = int(years or 0) * 12 + int(months or 0)
    return FeelMonthsDuration(-total if sign else total)


def _matching(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        raise ValueError(f"{text[:MAX_LENGTH]!r} is not written as ISO 8601 asks")
    return match


def _nanos(fraction: str | None) -> int:
    return int((fraction or "0")[:9].ljust(9, "0"))
