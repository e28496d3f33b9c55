"""Finds out when a conditional field is needed, by trying the answers that the page offers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from engine.casework.answers import is_hidden
from engine.definitions.model import Field
from web.forms.boxes import CHOICES, MANY, option_text

_MOST_TRIALS = 500


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One condition: the answer to `key` is one of `values`, as texts of its boxes."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Need:
    """Whether a field can be needed at all, and when: all of `wanted`, where that says it."""

    possible: bool = True
    sometimes: bool = False
    wanted: tuple[Wanted, ...] = ()


Domains = Mapping[str, Mapping[str, Any]]


def need(field: Field, others: Mapping[str, Field], known: Mapping[str, Any]) -> Need:
    """Say when the field is needed, given what is known and what else the page asks."""
    if not field.hide:
        return Need()
    asked_here = [key for key in others if re.search(rf"\b{re.escape(key)}\b", field.hide)]
    if not asked_here:
        return Need(possible=not is_hidden(field, known))
    domains = {key: _domain(others[key]) for key in asked_here}
    if not all(domains.values()) or prod(map(len, domains.values())) > _MOST_TRIALS:
        return Need(sometimes=True)
    return _tried(field, domains, known)


def sentence(found: Need, others: Mapping[str, Field]) -> str | None:
    """When the field is needed, in words for a hint."""
    if found.wanted:
        parts = [f"“{others[part.key].label}” is {_words(part, others)}" for part in found.wanted]
        return f"Only needed if {' and '.join(parts)}."
    return "Only needed with some answers." if found.sometimes else None


def _tried(field: Field, domains: Domains, known: Mapping[str, Any]) -> Need:
    showing = {
        texts
        for texts in product(*domains.values())
        if not is_hidden(field, {**known, **dict(_answers(domains, texts))})
    }
    total = prod(map(len, domains.values()))
    if len(showing) in (0, total):
        return Need(possible=bool(showing))
    columns = [tuple(dict.fromkeys(column)) for column in zip(*sorted(showing), strict=True)]
    if prod(map(len, columns)) != len(showing):
        return Need(sometimes=True)
    return Need(sometimes=True, wanted=tuple(_wanted(domains, columns)))


def _answers(domains: Domains, texts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    return ((key, domains[key][text]) for key, text in zip(domains, texts, strict=True))


def _wanted(domains: Domains, columns: list[tuple[str, ...]]) -> Iterator[Wanted]:
    for (key, domain), column in zip(domains.items(), columns, strict=True):
        if len(column) < len(domain):
            yield Wanted(key=key, values=tuple(text for text in domain if text in column))


def _domain(field: Field) -> dict[str, Any]:
    """The answers that a question offers, by the text of its box; none where they are endless."""
    if field.type == "checkbox":
        return {"true": True, "": False}
    if field.type not in CHOICES:
        return {}
    values = {option_text(option.value): option.value for option in field.options}
    if field.type in MANY:
        return {text: [value] for text, value in values.items()}
    return values


def _words(part: Wanted, others: Mapping[str, Field]) -> str:
    field = others[part.key]
    labels = {option_text(option.value): option.label for option in field.options}
    ticks = {"true": "ticked", "": "not ticked"}
    words = [f"“{labels[text]}”" if text in labels else ticks[text] for text in part.values]
    return " or ".join(words)
