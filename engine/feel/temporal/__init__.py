"""FEEL's dates, times and durations."""

from engine.feel.temporal.texts import parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.temporal.types import (
    DAY_NANOS,
    NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
    date_of_days,
    instant_date_time,
    local_date_time,
    time_of_nanos,
)
from engine.feel.temporal.zones import Zone

__all__ = [
    "DAY_NANOS",
    "NANOS",
    "FeelDate",
    "FeelDateTime",
    "FeelDaysDuration",
    "FeelMonthsDuration",
    "FeelTime",
    "Zone",
    "date_of_days",
    "instant_date_time",
    "local_date_time",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_time",
    "time_of_nanos",
]
