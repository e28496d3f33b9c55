"""Timer texts: ISO 8601 instants, durations and cycles, added up as the calendar does."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.errors import Invalid

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,6})Y)?(?:(?P<months>\d{1,6})M)?(?:(?P<weeks>\d{1,6})W)?"
    r"(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,10}(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_CYCLE = re.compile(r"R(?P<times>\d{0,6})/(?:(?P<start>[^/]+)/)?(?P<step>P[^/]+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Duration:
    """A length of time: whole months, and what has a fixed length."""

    months: int
    rest: timedelta

    def after(self, start: datetime) -> datetime:
        """Return the instant this long after `start`, never beyond the end of a month."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        try:
            day = min(start.day, monthrange(year, month + 1)[1])
            return start.replace(year=year, month=month + 1, day=day) + self.rest
        except (ValueError, OverflowError) as error:
            raise Invalid("The timer's instant lies beyond the year 9999") from error


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """A timer that fires again: `times` is None without end."""

    times: int | None
    start: datetime | None
    step: str


def duration(text: Any) -> Duration:
    """Return the duration that an ISO 8601 text such as `P1DT12H` stands for."""
    match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    given = {name: part for name, part in match.groupdict().items() if part} if match else {}
    if not given or str(text).strip().upper().endswith("T"):
        raise Invalid(f"{_shown(text)} is no duration such as PT24H or P5D")
    months = int(given.pop("years", 0)) * 12 + int(given.pop("months", 0))
    return Duration(months=months, rest=timedelta(**{name: float(v) for name, v in given.items()}))


def instant(text: Any) -> datetime:
    """Return the instant that an ISO 8601 text with an offset stands for."""
    if isinstance(text, str):
        try:
            found = datetime.fromisoformat(text.strip().partition("[")[0].partition("@")[0])
        except ValueError:
            found = None
        if found is not None and found.tzinfo is not None:
            return found
    raise Invalid(f"{_shown(text)} is no instant with an offset such as 2026-03-03T10:00:00+00:00")


def cycle(text: Any) -> Cycle:
    """Return the cycle that an ISO 8601 text such as `R3/PT24H` stands for."""
    match = _CYCLE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise Invalid(f"{_shown(text)} is no cycle such as R3/PT24H")
    step = duration(match["step"])
    if not step.months and not step.rest:
        raise Invalid(f"{_shown(text)} repeats without any time between")
    return Cycle(
        times=int(match["times"]) if match["times"] else None,
        start=instant(match["start"]) if match["start"] else None,
        step=match["step"],
    )


def _shown(value: Any) -> str:
    return repr(value)[:80]
