"""Fills `{{variable}}` in the texts of a form with what is known, as form-js does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup, escape

from engine.definitions.model import Field
from engine.definitions.words import PLACEHOLDER
from web.filters import spoken

UNKNOWN = "not known"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def filled(fields: Sequence[Field], known: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields with their labels and descriptions filled in.

    Fields inside a list are left: they are filled in where each of its entries is shown. So are
    texts in Markdown, whose values must not become Markdown: see `filled_html`.
    """
    return tuple(
        replace(
            field,
            label=_filled(field.label, known),
            description=_filled(field.description, known),
            fields=filled(field.fields, known) if field.type == "group" else field.fields,
        )
        for field in fields
    )


def filled_html(html: Markup, known: Mapping[str, Any]) -> Markup:
    """A text that is HTML already, with values in it that are only text."""
    return Markup("").join(
        escape(_said(known.get(part))) if is_name else Markup(part)
        for part, is_name in _parts(str(html))
    )


def _filled(text: str, known: Mapping[str, Any]) -> str:
    return "".join(_said(known.get(part)) if is_name else part for part, is_name in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text between placeholders, and their names."""
    for at, part in enumerate(PLACEHOLDER.split(text)):
        yield part, at % 2 == 1


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or UNKNOWN
    if value is None or isinstance(value, Mapping):
        return UNKNOWN
    text = str(value)
    return spoken(text) if _INSTANT.fullmatch(text) else text or UNKNOWN
