"""What stands in the boxes, in words: for checking answers, and for giving back what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.cases import census
from engine.definitions.model import Field
from engine.identifiers import spoken
from web.filters import sentence
from web.forms.boxes import CHOICES, PARTS, Boxes, kind_of_date, option_text
from web.forms.placeholders import filled
from web.forms.question import identifier
from web.forms.reading import entry_count, one

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question with its answer; `focus` is the id of its first box on the form's page."""

    key: str
    label: str
    text: str
    focus: str


def summary(
    fields: Sequence[Field], boxes: Boxes, known: Mapping[str, Any], *, shown: frozenset[str]
) -> tuple[Row, ...]:
    """The questions that are shown with what stands in their boxes, in page order."""
    return tuple(_rows(filled(fields, known), boxes, shown))


def typed_rows(fields: Sequence[Field], boxes: Boxes) -> tuple[tuple[str, str], ...]:
    """What was typed or chosen, with the words of its question; questions left empty are not."""
    keys = frozenset(str(field.key) for field in _opened(fields))
    rows = _rows(tuple(fields), boxes, keys)
    return tuple((row.label, row.text) for row in rows if row.text != NOT_ANSWERED)


def said(field: Field, boxes: Boxes, name: str) -> str:
    """What stands in a question's boxes, as words; nothing where they are empty."""
    if field.type == "datetime":
        return _moment(field, boxes, name)
    if field.type == "dynamiclist":
        return "\n".join(_entries(field, boxes, name))
    texts = [text for text in boxes.get(name, ()) if text.strip()]
    if field.type in CHOICES:
        labels = {option_text(option.value): option.label for option in field.options}
        return ", ".join(labels.get(text, text) for text in texts)
    if field.type == "checkbox":
        return "Yes" if texts else ""
    return ", ".join(census.in_words(str(field.key), text.strip()) for text in texts)


def _rows(fields: Sequence[Field], boxes: Boxes, shown: frozenset[str]) -> Iterator[Row]:
    for field in _opened(fields):
        key = str(field.key)
        if key in shown:
            part = f".{PARTS[kind_of_date(field)][0]}" if field.type == "datetime" else ""
            yield Row(
                key=key,
                label=field.label or key,
                text=said(field, boxes, key) or NOT_ANSWERED,
                focus=identifier(key + part),
            )


def _opened(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        if field.type == "group":
            yield from _opened(field.fields)
        elif field.key is not None:
            yield field


def _entries(field: Field, boxes: Boxes, name: str) -> Iterator[str]:
    for number in range(entry_count(boxes, name)):
        parts = [
            f"{_title(inner)}: {text}"
            for inner in _opened(field.fields)
            if (text := said(inner, boxes, f"{name}.{number}.{inner.key}"))
        ]
        if parts:
            title = f"{field.properties.get('entry.label', 'Entry')} {number + 1}"
            yield f"{title}: {'; '.join(parts)}"


def _title(field: Field) -> str:
    """What a fact is called in a list; a question takes too much room there."""
    label = field.label or "?"
    return sentence(spoken(str(field.key))) if label.endswith("?") else label


def _moment(field: Field, boxes: Boxes, name: str) -> str:
    texts = {part: one(boxes, f"{name}.{part}") for part in PARTS[kind_of_date(field)]}
    day = [texts[part] for part in ("day", "month", "year") if texts.get(part)]
    clock = [texts[part] for part in ("hour", "minute") if texts.get(part)]
    return " at ".join(filter(None, (_day(day), ":".join(clock))))


def _day(parts: Sequence[str]) -> str:
    try:
        found = date(*(int(part) for part in reversed(parts)))
    except (TypeError, ValueError):
        return " ".join(parts)
    return f"{found.day} {found:%B %Y}"
