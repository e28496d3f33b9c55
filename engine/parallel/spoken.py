"""How a run's values are written for people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.definitions.model import Field
from engine.identifiers import spoken

_UNITS = {"hours": "hour", "working-days": "working day"}


def length(amount: int, unit: str) -> str:
    """Return a limit's length: 24 hours, 1 working day, the end of the next working day."""
    if unit == "end-of-working-day":
        return "the end of the next working day" if amount == 1 else f"the end of day {amount}"
    return f"{amount} {_UNITS[unit]}{'' if amount == 1 else 's'}"


def answer_in_words(field: Field | None, value: Any, *, zone: ZoneInfo) -> str:
    """Return an answer as the form words it."""
    options = {option.value: option.label for option in field.options} if field else {}
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return ", ".join(str(entry.get("name", "a child")) for entry in value)
        return ", ".join(options.get(item, spoken(str(item))) for item in value) or "none"
    if isinstance(value, bool):
        return options.get(value, "yes" if value else "no")
    if field and field.type == "datetime":
        return _moment(str(value), zone)
    return str(options.get(value, value))


def _moment(text: str, zone: ZoneInfo) -> str:
    try:
        local = datetime.fromisoformat(text).astimezone(zone)
    except ValueError:
        return text
    return f"{local.day} {local:%b %Y %H:%M}"
