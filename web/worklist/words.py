"""How the worklist writes instants."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup


def short(instant: datetime, zone: ZoneInfo) -> Markup:
    """An instant on the office's clock, briefly: Tue 3 March 2026, 14:15."""
    local = instant.astimezone(zone)
    text = f"{local:%a} {local.day} {local:%B %Y}, {local:%H:%M}"
    written = local.isoformat(timespec="minutes")
    return Markup('<time datetime="{}">{}</time>').format(written, text)
