"""How the worklist says how long there is, and whether something must or should be done."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from web.filters import time_left as time_left  # asked for here by the pages of the worklist

_STRENGTHS = {"must": "Must", "should": "Should", "may": "May"}


def by_when(strength: str | None) -> str:
    """What a limit of this strength asks: must be done by, should be done by."""
    return f"{_STRENGTHS.get(strength or '', 'To')} be done by"


def short(instant: datetime, zone: ZoneInfo) -> Markup:
    """An instant on the office's clock, briefly: Tue 3 March 2026, 14:15."""
    local = instant.astimezone(zone)
    text = f"{local:%a} {local.day} {local:%B %Y}, {local:%H:%M}"
    written = local.isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(written, text)
