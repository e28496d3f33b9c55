"""The one referral that all authorities get: built from facts, changed in one, without names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.definitions.model import Fact, Vocabulary
from engine.errors import Invalid
from engine.scenarios import Scenario

MOST_CHILDREN = 12
_CHOSEN = ("enum", "boolean")


def referral(
    vocabulary: Vocabulary,
    facts: Mapping[str, Any],
    *,
    start: datetime,
    takes: Mapping[str, timedelta] | None = None,
    name: str = "A referral",
) -> Scenario:
    """Return a referral with these facts. Raises Invalid for a word or value that is none."""
    if start.tzinfo is None:
        raise Invalid("The start must be an instant with an offset.")
    for key, value in facts.items():
        check(vocabulary, key, value)
    return Scenario(name=name, start=start, facts=dict(facts), takes=dict(takes or {}))


def check(vocabulary: Vocabulary, key: str, value: Any) -> Fact:
    """Return the fact, once the value is one that it may have. Raises Invalid otherwise."""
    fact = vocabulary.facts.get(key)
    if fact is None:
        raise Invalid(f"“{key}” is no fact of the vocabulary.")
    if not _may_be(fact, value):
        known = "true, false" if fact.type == "boolean" else ", ".join(fact.values)
        hint = f" There are {known}." if known else ""
        raise Invalid(f"“{value}” is no value of {key}.{hint}")
    return fact


def choices(fact: Fact) -> tuple[Any, ...]:
    """Return the values that a fact may be set to, where they can be listed."""
    if fact.type == "boolean":
        return (True, False)
    return fact.values if fact.type == "enum" else ()


def value_of(scenario: Scenario, vocabulary: Vocabulary, key: str) -> Any:
    """Return a fact's value in a referral: what was given, or the vocabulary's default."""
    return scenario.facts.get(key, vocabulary.facts[key].default)


def changed(scenario: Scenario, vocabulary: Vocabulary, key: str, value: Any) -> Scenario:
    """Return the referral with one fact changed, for every child alike."""
    check(vocabulary, key, value)
    facts: dict[str, Any] = {**scenario.facts, key: value}
    if key != "children" and "children" in facts:
        facts["children"] = [_without(child, key) for child in facts["children"]]
    return replace(scenario, facts=facts, expect={})


def without_names(
    facts: Mapping[str, Any], vocabulary: Vocabulary, *, keep: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what may be shown of a real case: choices, dates, and children without their names.

    Texts are left out, so that each takes the vocabulary's invented default. `keep` names texts
    that are codes.
    """
    found: dict[str, Any] = {}
    for key, value in facts.items():
        fact = vocabulary.facts.get(key)
        if fact is None or value is None:
            continue
        if key == "children":
            found[key] = children_without_names(value)
        elif key in keep or (fact.type != "string" and _may_be(fact, value)):
            found[key] = value
    return found


def children_without_names(entries: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return children as Child A, Child B …, with their dates of birth and nothing else."""
    return [
        {"name": child_name(number)}
        | ({"date_of_birth": entry["date_of_birth"]} if entry.get("date_of_birth") else {})
        for number, entry in enumerate(entries[:MOST_CHILDREN])
    ]


def child_name(number: int) -> str:
    """Return what the child at this position is called: Child A for 0."""
    return f"Child {chr(ord('A') + number)}"


def names_of(scenario: Scenario, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names of the referral's children."""
    return tuple(
        str(entry["name"])
        for entry in value_of(scenario, vocabulary, "children")
        if "name" in entry
    )


def _without(child: Mapping[str, Any], key: str) -> dict[str, Any]:
    own = {name: value for name, value in child.get("facts", {}).items() if name != key}
    return {**child, "facts": own} if "facts" in child else dict(child)


def _may_be(fact: Fact, value: Any) -> bool:
    if fact.type in _CHOSEN:
        return any(value is item or (value == item and value is not True) for item in choices(fact))
    if fact.type == "list":
        return isinstance(value, list) and (
            all(item in fact.values for item in value)
            if fact.values
            else all(isinstance(item, Mapping) for item in value)
        )
    if fact.type == "datetime":
        return _is_instant(value)
    return isinstance(value, str)


def _is_instant(value: Any) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False
