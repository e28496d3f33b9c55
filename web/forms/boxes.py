"""What stands in the boxes of a page, as a browser posts it: names to lists of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from engine.cases import census
from engine.definitions.model import Field

Boxes = dict[str, list[str]]
"""By the name of the box: the field's key, with `.` before a part or an entry's number."""

CHOICES = frozenset({"radio", "select", "checklist", "taglist"})
MANY = frozenset({"checklist", "taglist"})
PARTS: Mapping[str, tuple[str, ...]] = {
    "date": ("day", "month", "year"),
    "datetime": ("day", "month", "year", "hour", "minute"),
    "time": ("hour", "minute"),
}
MOST_ENTRIES = 50


def option_text(value: Any) -> str:
    """The text that stands for an option's value in a box."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def kind_of_date(field: Field) -> str:
    """Whether a datetime field asks for a date, a time or both."""
    return field.subtype or "datetime"


def asked(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields that ask something, groups opened, in page order."""
    for field in fields:
        if field.type == "group":
            yield from asked(field.fields)
        elif field.key is not None:
            yield field


def fill(
    fields: Sequence[Field], values: Mapping[str, Any], *, zone: tzinfo, prefix: str = ""
) -> Boxes:
    """The boxes for values that are known; a field without a value shows its default."""
    boxes: Boxes = {}
    for field in asked(fields):
        value = values.get(str(field.key))
        _fill_one(
            boxes,
            field,
            field.default if value is None else value,
            name=prefix + str(field.key),
            zone=zone,
        )
    return boxes


def _fill_one(boxes: Boxes, field: Field, value: Any, *, name: str, zone: tzinfo) -> None:
    if field.type == "dynamiclist":
        entries = value if isinstance(value, list) and value else [{}]
        boxes[f"{name}.count"] = [str(len(entries))]
        for number, entry in enumerate(entries):
            boxes.update(fill(field.fields, entry, zone=zone, prefix=f"{name}.{number}."))
    elif field.type == "datetime":
        parts = _parts(value, kind_of_date(field), zone)
        boxes.update({f"{name}.{part}": [text] for part, text in parts.items()})
    elif field.key in census.MANY and isinstance(value, str):
        boxes[name] = census.codes_in(value)
    elif isinstance(value, list):
        boxes[name] = [option_text(item) for item in value]
    elif value is not None:
        boxes[name] = [option_text(value)]


def _parts(value: Any, kind: str, zone: tzinfo) -> dict[str, str]:
    if not isinstance(value, str) or not value:
        return {}
    if kind == "date":
        return _date_parts(date.fromisoformat(value[:10]))
    if kind == "time":
        return _time_parts(time.fromisoformat(value))
    local = datetime.fromisoformat(value).astimezone(zone)
    return _date_parts(local.date()) | _time_parts(local.time())


def _date_parts(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _time_parts(clock: time) -> dict[str, str]:
    return {"hour": str(clock.hour), "minute": f"{clock.minute:02}"}
