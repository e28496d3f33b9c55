"""FEEL's own dates, times and durations: they reach beyond the years that Python's own know."""

from dataclasses import dataclass
from typing import Final

from engine.feel.temporal.days import MAX_YEAR, from_days, month_length, to_days
from engine.feel.temporal.zones import Zone, local_of, offset_at, zone_text

NANOS: Final = 1_000_000_000
DAY_SECONDS: Final = 86_400
DAY_NANOS: Final = DAY_SECONDS * NANOS
MAX_DURATION: Final = 10**36  # nanoseconds or months
_LIMITS: Final = ((23, "hour"), (59, "minute"), (59, "second"))


@dataclass(frozen=True, slots=True)
class FeelDate:
    """A calendar date; raises ValueError when there is no such day."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if abs(self.year) > MAX_YEAR or not 1 <= self.month <= 12:  # noqa: PLR2004
            raise ValueError(f"There is no month {self.year}-{self.month}")
        if not 1 <= self.day <= month_length(self.year, self.month):
            raise ValueError(f"There is no day {self.year}-{self.month}-{self.day}")

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return to_days(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class FeelTime:
    """A time of day, with or without a zone; raises ValueError when there is no such time."""

    hour: int
    minute: int
    second: int
    nano: int = 0
    zone: Zone = None

    def __post_init__(self) -> None:
        for value, (limit, name) in zip(
            (self.hour, self.minute, self.second), _LIMITS, strict=True
        ):
            if not 0 <= value <= limit:
                raise ValueError(f"There is no {name} {value}")

    def __str__(self) -> str:
        return (
            f"{_clock_text(self.hour, self.minute, self.second, self.nano)}{zone_text(self.zone)}"
        )

    @property
    def seconds(self) -> int:
        """Whole seconds since midnight, local."""
        return self.hour * 3600 + self.minute * 60 + self.second

    @property
    def nanos(self) -> int:
        """Nanoseconds since midnight, local."""
        return self.seconds * NANOS + self.nano

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC; a region's offset is that of 1970."""
        return None if self.zone is None else offset_at(self.zone, 0, self.seconds)


@dataclass(frozen=True, slots=True)
class FeelDateTime:
    """A date with a time of day."""

    date: FeelDate
    time: FeelTime

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    @property
    def local_nanos(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 on the local clock."""
        return self.date.days * DAY_NANOS + self.time.nanos

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC, or None without a zone."""
        zone = self.time.zone
        return None if zone is None else offset_at(zone, self.date.days, self.time.seconds)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00Z; without a zone the local clock counts as UTC."""
        return self.local_nanos - (self.offset or 0) * NANOS


@dataclass(frozen=True, slots=True)
class FeelDaysDuration:
    """A duration of days, hours, minutes and seconds."""

    nanos: int

    def __post_init__(self) -> None:
        if abs(self.nanos) > MAX_DURATION:
            raise ValueError("The duration is too long")

    def __str__(self) -> str:
        days, rest = divmod(abs(self.nanos), DAY_NANOS)
        seconds, nano = divmod(rest, NANOS)
        hours, minutes, second = seconds // 3600, seconds // 60 % 60, seconds % 60
        clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
        if second or nano:
            clock += f"{second}{_fraction(nano)}S"
        text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return f"{'-' if self.nanos < 0 else ''}P{text or 'T0S'}"


@dataclass(frozen=True, slots=True)
class FeelMonthsDuration:
    """A duration of years and months."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MAX_DURATION:
            raise ValueError("The duration is too long")

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


def date_of_days(days: int) -> FeelDate:
    """The date a number of days after 1970-01-01."""
    return FeelDate(*from_days(days))


def time_of_nanos(nanos: int, zone: Zone) -> FeelTime:
    """The time of day some nanoseconds after midnight."""
    seconds, nano = divmod(nanos, NANOS)
    return FeelTime(seconds // 3600, seconds // 60 % 60, seconds % 60, nano, zone)


def local_date_time(nanos: int, zone: Zone) -> FeelDateTime:
    """The date and time that the local clock shows."""
    days, rest = divmod(nanos, DAY_NANOS)
    return FeelDateTime(date_of_days(days), time_of_nanos(rest, zone))


def instant_date_time(nanos: int, zone: Zone) -> FeelDateTime:
    """The date and time in a zone at an instant (nanoseconds since 1970, UTC)."""
    offset = 0 if zone is None else local_of(zone, nanos // NANOS)
    return local_date_time(nanos + offset * NANOS, zone)


def _clock_text(hour: int, minute: int, second: int, nano: int) -> str:
    return f"{hour:02}:{minute:02}:{second:02}{_fraction(nano)}"


def _fraction(nano: int) -> str:
    return f".{nano:09}".rstrip("0") if nano else ""
