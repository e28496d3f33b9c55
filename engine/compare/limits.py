"""Limits as values: how long, from when and how binding, so that two of them can be ordered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.compare.difference import spoken
from engine.compare.wording import moment
from engine.working_days import OfficeCalendar, due_at

Hours = tuple[tuple[int, tuple[time, time]], ...]

STRENGTHS = ("may", "should", "must", "must_not")  # from the loosest to the strictest

_CODE = re.compile(r"PT?(\d+)(H|WD|S)")
_UNITS = {"H": "hours", "S": "hours", "WD": "working-days"}
_EARLIER = ("first_contact_at", "received_at")  # every other start comes after them
_NOUNS = {"hours": "hour", "working-days": "working day"}
_YEAR = 2026  # whose bank holidays stand for those of every year
_CLOCK_TIMES = (12, 20)  # hours of the day at which limits are tried: within the day, and after it


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit as a diagram or a clause sets it; `spans` are its hours from each start of a year."""

    amount: int
    unit: str  # one of engine.working_days.UNITS
    start: str  # a fact or named event; empty where the text gives none
    strength: str
    owner: str = ""  # whose it is, where it is not the authority's own
    spans: tuple[float, ...] = field(compare=False, repr=False)

    @property
    def longest(self) -> float:
        """The most hours that it can take."""
        return max(self.spans)

    @property
    def stage(self) -> int:
        """How early it starts to count: lower is earlier."""
        return _EARLIER.index(self.start) if self.start in _EARLIER else len(_EARLIER)

    def words(self) -> str:
        """The limit as a reader says it."""
        start = f" from {moment(self.start)}" if self.start else ""
        whose = f", {spoken(self.owner).lower()}'s" if self.owner else ""
        return f"{self._length()}{start} ({self.strength.replace('_', ' ')}{whose})"

    def _length(self) -> str:
        if not self.amount:
            return "at once"
        if self.unit == "end-of-working-day":
            return (
                "by the end of the next working day"
                if self.amount == 1
                else (f"by the end of working day {self.amount}")
            )
        noun = _NOUNS[self.unit]
        return f"{self.amount} {noun}" if self.amount == 1 else f"{self.amount} {noun}s"


def limit_of(properties: Mapping[str, str], calendar: OfficeCalendar) -> Limit | None:
    """The limit that a boundary event keeps; None where its amount is computed."""
    amount, unit = properties.get("deadline.amount", ""), properties.get("deadline.unit", "")
    if not amount.isdecimal() or unit not in {*_UNITS.values(), "end-of-working-day"}:
        return None
    return Limit(
        amount=int(amount),
        unit=unit,
        start=properties.get("deadline.from", ""),
        strength=properties.get("source.strength", "must"),
        owner=properties.get("deadline.owner", ""),
        spans=spans(int(amount), unit, calendar),
    )


def limit_in(code: str, strength: str, calendar: OfficeCalendar) -> Limit | None:
    """The limit that a clause's column gives, such as PT24H or P1WD; None where it gives none."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    amount, unit = int(match[1]), _UNITS[match[2]]
    return Limit(
        amount=amount,
        unit=unit,
        start="",
        strength=strength,
        spans=spans(amount, unit, calendar),
    )


def spans(amount: int, unit: str, calendar: OfficeCalendar) -> tuple[float, ...]:
    """The hours that a limit takes by this calendar from each start of a year, in order."""
    hours = tuple(sorted(calendar.hours.items()))
    return _spans(amount, unit, calendar.zone, hours, (calendar.region, calendar.closed))


@lru_cache(maxsize=256)
def _spans(
    amount: int, unit: str, zone: ZoneInfo, hours: Hours, days: tuple[str, frozenset[date]]
) -> tuple[float, ...]:
    calendar = OfficeCalendar(zone=zone, hours=dict(hours), region=days[0], closed=days[1])
    first = datetime(_YEAR, 1, 1, tzinfo=zone)
    starts = (
        first + timedelta(days=day, hours=hour) for day in range(365) for hour in _CLOCK_TIMES
    )
    taken = (due_at(s, amount=amount, unit=unit, calendar=calendar) - s for s in starts)
    return tuple(each.total_seconds() / 3600 for each in taken)
