"""Turns posted boxes into answers: typed values by field key, as the engine expects them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.cases import census
from engine.definitions.model import Field
from web.forms.boxes import CHOICES, MANY, MOST_ENTRIES, PARTS, Boxes, asked, kind_of_date
from web.forms.boxes import option_text as text_of

_FIRST_YEAR = 1900  # earlier ones are slips of the keyboard
_ENTRY = re.compile(r"(?P<list>[\w.]+)\.(?P<number>[0-9]{1,4})")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The answers, and by box name what cannot be read as the type that the field asks for."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


class _Unreadable(Exception):
    """The boxes do not hold a value of the field's type; the message is for the person."""


def read(fields: Sequence[Field], boxes: Boxes, *, zone: tzinfo, prefix: str = "") -> Reading:
    """The answers in the boxes; what was left empty has no answer."""
    reading = Reading()
    for item in asked(fields):
        key = str(item.key)
        name = prefix + key
        try:
            answer = (
                _entries(item, boxes, name, zone, reading.problems)
                if item.type == "dynamiclist"
                else _answer(item, boxes, name, zone)
            )
        except _Unreadable as problem:
            reading.problems[name] = str(problem)
            continue
        if answer is not None:
            reading.answers[key] = answer
    return reading


def change_entries(boxes: Boxes) -> str:
    """Add or remove an entry of a list where the person asked for it; nothing if they did not.

    Gives the name of the place to go on at: the new entry, or the list that lost one.
    """
    added, removed = boxes.pop("_add", []), boxes.pop("_remove", [])
    place = ""
    for name in added:
        count = min(entry_count(boxes, name) + 1, MOST_ENTRIES)
        boxes[f"{name}.count"] = [str(count)]
        place = f"{name}.{count - 1}"
    for name in removed:
        if found := _ENTRY.fullmatch(name):
            _remove(boxes, found["list"], int(found["number"]))
        place = found["list"] if found else name
    return place


def entry_count(boxes: Boxes, name: str) -> int:
    """How many entries the list shows; never none, never more than a page can hold."""
    text = one(boxes, f"{name}.count")
    is_number = re.fullmatch(r"[0-9]{1,4}", text) is not None
    return max(1, min(int(text), MOST_ENTRIES)) if is_number else 1


def one(boxes: Boxes, name: str) -> str:
    """The text of a box that holds one, without the space around it."""
    return (boxes.get(name) or [""])[0].strip()


def _remove(boxes: Boxes, name: str, number: int) -> None:
    count = entry_count(boxes, name)
    moved = {}
    for box in [box for box in boxes if box.startswith(f"{name}.")]:
        found = re.match(rf"{re.escape(name)}\.([0-9]{{1,4}})\.(.*)", box)
        if found and int(found[1]) >= number:
            texts = boxes.pop(box)
            if int(found[1]) > number:
                moved[f"{name}.{int(found[1]) - 1}.{found[2]}"] = texts
    boxes.update(moved)
    boxes[f"{name}.count"] = [str(max(1, count - 1))]


def _entries(
    item: Field, boxes: Boxes, name: str, zone: tzinfo, problems: dict[str, str]
) -> list[dict[str, Any]] | None:
    entries = []
    for number in range(entry_count(boxes, name)):
        reading = read(item.fields, boxes, zone=zone, prefix=f"{name}.{number}.")
        problems.update(reading.problems)
        if reading.answers or reading.problems:
            entries.append(reading.answers)
    return entries or None


def _answer(item: Field, boxes: Boxes, name: str, zone: tzinfo) -> Any:
    if item.type == "datetime":
        return _moment(kind_of_date(item), boxes, name, zone)
    if item.type in CHOICES:
        return _choice(item, boxes, name)
    if item.type == "checkbox":
        return one(boxes, name) == "true"
    if item.type == "number":
        return _number(one(boxes, name))
    if item.type == "filepicker":
        return list(boxes.get(name, ())) or None
    return _text(item, boxes, name) or None


def _text(item: Field, boxes: Boxes, name: str) -> str:
    if item.key in census.MANY:
        return ", ".join(filter(None, boxes.get(name, ())))
    return one(boxes, name).replace("\r\n", "\n")


def _choice(item: Field, boxes: Boxes, name: str) -> Any:
    offered = {text_of(option.value): option.value for option in item.options}
    chosen = [text for text in boxes.get(name, []) if text]
    if any(text not in offered for text in chosen):
        raise _Unreadable("Choose one of the answers that are offered")
    values = [offered[text] for text in chosen]
    if item.type in MANY:
        return values or None
    return values[0] if values else None


def _number(text: str) -> int | float | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Unreadable("Enter a number, like 3 or 4.5") from None
    if not number.is_finite() or abs(number) > Decimal("1e15"):
        raise _Unreadable("Enter a number, like 3 or 4.5")
    return int(number) if number == number.to_integral_value() else float(number)


def _moment(kind: str, boxes: Boxes, name: str, zone: tzinfo) -> str | None:
    texts = {part: one(boxes, f"{name}.{part}") for part in PARTS[kind]}
    if not any(texts.values()):
        return None
    numbers = _whole(texts)
    try:
        if kind == "date":
            return _date(numbers).isoformat()
        if kind == "time":
            return time(numbers["hour"], numbers["minute"]).isoformat()
        return _instant(numbers, zone).isoformat()
    except ValueError:
        raise _Unreadable(_REAL[kind]) from None


_REAL = {
    "date": "Enter a real date, like 27 3 2026",
    "time": "Enter a real time, like 14 30",
    "datetime": "Enter a real date and a time that the clock showed, like 27 3 2026 14 30",
}


def _whole(texts: Mapping[str, str]) -> dict[str, int]:
    missing = [part for part, text in texts.items() if not text]
    if missing:
        raise _Unreadable(f"Enter the {' and the '.join(missing)}")
    wrong = [part for part, text in texts.items() if not re.fullmatch(r"\d{1,4}", text, re.ASCII)]
    if wrong:
        raise _Unreadable(f"Enter the {' and the '.join(wrong)} in figures")
    return {part: int(text) for part, text in texts.items()}


def _date(numbers: Mapping[str, int]) -> date:
    if numbers["year"] < _FIRST_YEAR:
        raise _Unreadable("Enter the year with four figures, like 2026")
    return date(numbers["year"], numbers["month"], numbers["day"])


def _instant(numbers: Mapping[str, int], zone: tzinfo) -> datetime:
    local = datetime.combine(_date(numbers), time(numbers["hour"], numbers["minute"]), tzinfo=zone)
    if local.astimezone(_UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(local)  # the hour that is left out in spring
    return local


_UTC = datetime.fromisoformat("1970-01-01T00:00:00+00:00").tzinfo
