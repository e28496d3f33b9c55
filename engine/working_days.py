"""The calendar: when an office is open, and when a limit counted from an instant ends.

The rules are G1 to G3 of the product's reading of the procedures: working days are the office's
days less England's bank holidays; `n` working days end at the same clock time, a start outside
office hours counting from the next opening; hours are elapsed hours, never paused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays as public_holidays

from engine.errors import Invalid

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("hours", "working-days", "end-of-working-day")
LONGEST_SEARCH = 60  # days; no calendar closes an office for longer

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPOKEN_UNITS = {"hours": "hour", "working-days": "working day"}


@lru_cache(maxsize=256)
def _bank_holidays(region: str, year: int) -> frozenset[date]:
    country, _, part = region.partition("-")
    found = public_holidays.country_holidays(country, subdiv=part or None, years=year)
    return frozenset(found)


@dataclass(frozen=True, kw_only=True)
class OfficeCalendar:
    """When an office is open; `hours` maps a weekday (Monday is 0) to opening and closing."""

    zone: ZoneInfo
    hours: Mapping[int, tuple[time, time]]
    region: str
    closed: frozenset[date] = field(default_factory=frozenset)
    assumed: bool = False

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "OfficeCalendar":
        """Return the calendar that the `[calendar]` table of an `authority.toml` describes."""
        return cls(
            zone=_zone(str(settings.get("timezone", "Europe/London"))),
            hours=_hours(settings.get("office_hours", {})),
            region=_region(str(settings.get("holidays", "GB-ENG"))),
            closed=frozenset(settings.get("closed", ())),
            assumed=bool(settings.get("assumed", False)),
        )

    def is_working_day(self, day: date) -> bool:
        """Say whether the office opens on this day at all."""
        return (
            day.weekday() in self.hours
            and day not in self.closed
            and day not in _bank_holidays(self.region, day.year)
        )

    def is_open(self, instant: datetime) -> bool:
        """Say whether the instant lies in office hours; opening and closing time both do."""
        local = instant.astimezone(self.zone)
        if not self.is_working_day(local.date()):
            return False
        opening, closing = self.hours[local.weekday()]
        return opening <= local.time() <= closing

    def working_day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`; `count` is at least 1."""
        for _ in range(count):
            day = self._next_working_day(day)
        return day

    def next_opening(self, instant: datetime) -> datetime:
        """Return the instant itself if the office is open then, else the next opening."""
        if self.is_open(instant):
            return instant
        local = instant.astimezone(self.zone)
        if self.is_working_day(local.date()):
            opening = self._at(local.date(), self.hours[local.weekday()][0])
            if instant < opening:
                return opening
        day = self._next_working_day(local.date())
        return self._at(day, self.hours[day.weekday()][0])

    def closing(self, day: date) -> datetime:
        """Return the close of business on a working day."""
        return self._at(day, self.hours[day.weekday()][1])

    def last_closing_before(self, instant: datetime) -> datetime:
        """Return the latest close of business that is not after the instant."""
        day = instant.astimezone(self.zone).date()
        for back in range(LONGEST_SEARCH):
            candidate = day - timedelta(days=back)
            if self.is_working_day(candidate) and self.closing(candidate) <= instant:
                return self.closing(candidate)
        raise Invalid("the calendar has no working day; give it office hours")

    def _next_working_day(self, day: date) -> date:
        for ahead in range(1, LONGEST_SEARCH):
            candidate = day + timedelta(days=ahead)
            if self.is_working_day(candidate):
                return candidate
        raise Invalid("the calendar has no working day; give it office hours")

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)


def due_at(start: datetime, *, amount: int, unit: str, calendar: OfficeCalendar) -> datetime:
    """Return the instant (UTC) at which a limit counted from `start` ends.

    `unit` is `hours` (elapsed), `working-days` (same clock time, n working days later) or
    `end-of-working-day` (close of business on the n-th working day after the start's date).
    """
    if unit == "hours":
        return start.astimezone(UTC) + timedelta(hours=amount)
    if unit == "working-days":
        begun = calendar.next_opening(start).astimezone(calendar.zone)
        day = calendar.working_day_after(begun.date(), amount)
        return datetime.combine(day, begun.time(), tzinfo=calendar.zone).astimezone(UTC)
    if unit == "end-of-working-day":
        day = calendar.working_day_after(start.astimezone(calendar.zone).date(), amount)
        return calendar.closing(day).astimezone(UTC)
    raise Invalid(f"'{unit}' is no unit of a limit; use one of {', '.join(UNITS)}")


def explain(
    start: datetime, *, started_by: str, amount: int, unit: str, calendar: OfficeCalendar
) -> str:
    """Return the arithmetic of `due_at` in words, in the calendar's own time zone.

    `started_by` says what started the clock, for example "received".
    """
    due = due_at(start, amount=amount, unit=unit, calendar=calendar)
    begun = f"{started_by} {written(start, calendar)}"
    counted = calendar.next_opening(start)
    if unit == "working-days" and counted != start:
        begun += f", outside office hours, so counted from {written(counted, calendar)}"
    return f"{begun}, {_length(amount, unit)}: {written(due, calendar)}"


def warning_at(
    started: datetime, due: datetime, *, calendar: OfficeCalendar, before_close: timedelta
) -> datetime | None:
    """Return when to warn of a limit that ends outside office hours, or None when it does not.

    That is `before_close` ahead of the last close of business before the limit ends, or at once
    where the clock started later than that (rule G3).
    """
    if calendar.is_open(due):
        return None
    return max(started, calendar.last_closing_before(due) - before_close).astimezone(UTC)


def written(instant: datetime, calendar: OfficeCalendar) -> str:
    """Return an instant as people write it here: `Fri 27 Mar 2026 15:10`."""
    local = instant.astimezone(calendar.zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def _length(amount: int, unit: str) -> str:
    count = _WORDS[amount] if 0 <= amount < len(_WORDS) else str(amount)
    if unit == "end-of-working-day":
        return "end of the next working day" if amount == 1 else f"end of working day {amount}"
    noun = _SPOKEN_UNITS[unit]
    return f"{count} {noun}" if amount == 1 else f"{count} {noun}s"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(f"'{name}' is no time zone; write one such as Europe/London") from error


def _region(name: str) -> str:
    try:
        _bank_holidays(name, 2026)
    except NotImplementedError as error:
        raise Invalid(f"'{name}' has no known bank holidays; write GB-ENG for England") from error
    return name


def _hours(table: Mapping[str, str]) -> dict[int, tuple[time, time]]:
    if not table:
        raise Invalid('the calendar has no office hours; write lines such as mon = "09:00-17:00"')
    return {_weekday(day): _span(day, span) for day, span in table.items()}


def _weekday(day: str) -> int:
    if day not in WEEKDAYS:
        raise Invalid(f"'{day}' is no weekday; use {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(day)


def _span(day: str, span: str) -> tuple[time, time]:
    opening, _, closing = span.partition("-")
    try:
        hours = time.fromisoformat(opening.strip()), time.fromisoformat(closing.strip())
    except ValueError as error:
        raise Invalid(f"office hours of {day} are '{span}'; write them as 09:00-17:00") from error
    if hours[0] >= hours[1]:
        raise Invalid(f"office hours of {day} end before they begin: '{span}'")
    return hours
