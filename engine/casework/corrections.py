"""Facts put right: whether the new value will do, and where else the old one was copied to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.casework.answers import InvalidAnswers, validate_answers
from engine.casework.children import told_apart
from engine.casework.facts import checked, timing_problems
from engine.casework.tasks import DECIDED
from engine.casework.translate import child_of
from engine.definitions.model import AuthorityDefinition, Field, Form
from engine.errors import Invalid
from engine.execution import Correction


def checked_fact(
    definition: AuthorityDefinition,
    field: Field,
    value: Any,
    known: Mapping[str, Any],
    *,
    now: datetime,
) -> Any:
    """Return the value as JSON data, as the field that asks for the fact would take it.

    Raises InvalidAnswers with a sentence for the field.
    """
    key, zone = str(field.key), definition.calendar.zone
    form = Form(id="", file="", fields=(replace(field, hide=None, required=True),))
    clean, problems = validate_answers(form, {key: value}, known, zone=zone)
    problems = problems or timing_problems(definition, clean, known, now=now)
    if problems:
        raise InvalidAnswers(problems)
    clean = told_apart(clean)
    fact = definition.vocabulary.facts.get(key)
    try:
        return clean[key] if fact is None else checked(fact, clean[key], zone)
    except Invalid as error:
        raise InvalidAnswers({key: str(error)}) from error


def correction(
    definition: AuthorityDefinition, fact: str, before: Any, after: Any, *, child: str | None
) -> Correction:
    """Return what puts a fact right in a running case, and in what was copied from it."""
    return Correction(
        fact,
        after,
        entries=_entries(before, after),
        untouched=frozenset(definition.vocabulary.facts) - {fact},
        concerns=lambda known: child is None or child_of(known) == child,
    )


def renamed_children(before: Any, after: Any) -> dict[str, str]:
    """Return the names of children that were put right, as they were and as they are."""
    pairs = ((old.get("name"), new.get("name")) for old, new in _entries(before, after))
    return {str(old): str(new) for old, new in pairs if old and new and old != new}


def known_again(definition: AuthorityDefinition, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a finished case hands on to a new beginning.

    What was learnt stays; instants of acts, what tables said and what was authorised do not, for
    every clock and every decision begins anew.
    """
    facts = definition.vocabulary.facts
    return {
        key: value
        for key, value in known.items()
        if key in facts and facts[key].type != "datetime" and key not in DECIDED
    }


def _entries(before: Any, after: Any) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Pair the entries of a list as it was and is; none where entries came or went."""
    if not isinstance(before, list) or not isinstance(after, list) or len(before) != len(after):
        return []
    pairs = zip(before, after, strict=True)
    return [(a, b) for a, b in pairs if isinstance(a, Mapping) and isinstance(b, Mapping)]
