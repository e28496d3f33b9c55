"""Time zones of FEEL values: a fixed offset in seconds, a region's name, or none."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel.temporal.days import DAYS_PER_ERA, from_days, to_days

Zone = int | str | None
HOUR: Final = 3600
MAX_OFFSET: Final = 18 * HOUR
_DAY: Final = 86_400
_OFFSET: Final = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?")
_REGION: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*")
_SAFE_ERA: Final = to_days(2000, 1, 1)


def parse_zone(text: str) -> Zone:
    """`Z`, `+01:00`, `@Europe/London` or nothing; raises ValueError for anything else."""
    if not text:
        return None
    if text == "Z":
        return 0
    if text.startswith("@"):
        return _region(text[1:])
    return _offset(text)


def zone_text(zone: Zone) -> str:
    """The zone as it stands at the end of an ISO text."""
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    if zone == 0:
        return "Z"
    minutes, seconds = divmod(abs(zone), 60)
    text = f"{'-' if zone < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def offset_at(zone: int | str, day: int, second: int) -> int:
    """Seconds east of UTC in a zone on a day (since 1970) at a local second of that day."""
    if isinstance(zone, int):
        return zone
    local = _representable(day) + timedelta(seconds=second)
    offset = local.replace(tzinfo=_zone_info(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def local_of(zone: int | str, instant: int) -> int:
    """Seconds east of UTC in a zone at an instant (seconds since 1970, UTC)."""
    if isinstance(zone, int):
        return zone
    day, second = divmod(instant, _DAY)
    utc = _representable(day) + timedelta(seconds=second)
    offset = utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(_zone_info(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _representable(day: int) -> datetime:
    """Midnight of the day, moved by whole eras into the years that Python knows."""
    year, month, of_month = from_days(day)
    if not 1 < year < 9999:  # noqa: PLR2004 - the years of datetime
        year, month, of_month = from_days(_SAFE_ERA + (day - _SAFE_ERA) % DAYS_PER_ERA)
    return datetime(year, month, of_month)  # noqa: DTZ001 - a local time on purpose


def _region(name: str) -> Zone:
    if not _REGION.fullmatch(name):
        raise ValueError(f"There is no time zone {name!r}")
    _zone_info(name)
    return name


def _offset(text: str) -> int:
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no offset from UTC")
    sign, hours, minutes, seconds = match.groups()
    total = int(hours) * HOUR + int(minutes) * 60 + int(seconds or 0)
    if total > MAX_OFFSET or int(minutes) >= 60 or int(seconds or 0) >= 60:  # noqa: PLR2004
        raise ValueError(f"{text!r} is no offset from UTC")
    return -total if sign == "-" else total


@lru_cache(maxsize=256)
def _zone_info(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"There is no time zone {name!r}") from error
