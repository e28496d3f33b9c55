"""Finds out when a conditional field is needed, by trying the answers that the page offers."""

import re
from collections.abc import Mapping
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
    """Whether a field can be needed at all, and when.

    It is needed with the answers of any of `rows`, texts of the boxes of `keys`; in words, when
    all of `wanted` hold, or unless all of `unwanted` do, where either can say it.
    """

    possible: bool = True
    sometimes: bool = False
    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    keys: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


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
        return f"Only needed if {_all(found.wanted, others)}."
    if found.unwanted:
        return f"Not needed if {_all(found.unwanted, others)}."
    return "Only needed with some answers." if found.sometimes else None


def _all(parts: tuple[Wanted, ...], others: Mapping[str, Field]) -> str:
    return " and ".join(f"“{others[part.key].label}” is {_words(part, others)}" for part in parts)


def _tried(field: Field, domains: Domains, known: Mapping[str, Any]) -> Need:
    unanswered: Domains = {key: {"": None, **domain} for key, domain in domains.items()}
    rows = [
        texts
        for texts in product(*unanswered.values())
        if not is_hidden(field, {**known, **_answers(unanswered, texts)})
    ]
    answered = list(product(*domains.values()))
    showing = [texts for texts in answered if texts in rows]
    if len(showing) in (0, len(answered)):
        return Need(possible=bool(showing))
    hiding = [texts for texts in answered if texts not in rows]
    return Need(
        sometimes=True,
        wanted=_conditions(domains, showing),
        unwanted=_conditions(domains, hiding),
        keys=tuple(domains),
        rows=tuple(rows),
    )


def _answers(domains: Domains, texts: tuple[str, ...]) -> dict[str, Any]:
    return {key: domains[key][text] for key, text in zip(domains, texts, strict=True)}


def _conditions(domains: Domains, rows: list[tuple[str, ...]]) -> tuple[Wanted, ...]:
    """One condition a question that together come to exactly these rows; none if none do."""
    columns = [set(column) for column in zip(*rows, strict=True)]
    if prod(map(len, columns)) != len(rows):
        return ()
    return tuple(
        Wanted(key=key, values=tuple(text for text in domain if text in column))
        for (key, domain), column in zip(domains.items(), columns, strict=True)
        if len(column) < len(domain)
    )


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
