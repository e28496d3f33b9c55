"""Facts as they come in: checked against the vocabulary and made plain JSON data."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.casework.children import told_apart
from engine.definitions.model import AuthorityDefinition, Fact, Form, Vocabulary
from engine.errors import Invalid

EARLIEST = 1900  # no instant of a living case is older
_ASSUMED = ("boolean", "enum", "datetime")


class InvalidFacts(Invalid):
    """Facts that no case can start from; `problems` has a sentence for each key."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{key}: {sentence}" for key, sentence in problems.items()))
        self.problems = dict(problems)


def start_form(definition: AuthorityDefinition) -> Form | None:
    """Return the form of the front door's start event, which says what a case starts from."""
    front_door = definition.processes["front_door"]
    starts = (e for e in front_door.elements.values() if e.kind == "startEvent" and not e.parent)
    form_id = next(starts).form_id
    return definition.forms[form_id] if form_id else None


def complete_facts(
    definition: AuthorityDefinition, facts: Mapping[str, Any], *, now: datetime
) -> dict[str, Any]:
    """Return the facts of a new case as JSON data, what the start form asks filled up by default.

    A choice or instant that is not given takes the vocabulary's default, `received_at` the present
    instant; texts and lists that are not given stay unknown, for their defaults are invented.
    A text that a form of the authority asks may be given though it is no fact. Raises InvalidFacts
    when a word is unknown, a value is none of its fact's, or an instant lies in the future or out
    of order.
    """
    given = {"received_at": now, **facts}
    problems: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for key, value in given.items():
        _clean_one(definition, key, value, clean, problems)
    if not problems:
        _fill(definition, clean)
        problems = timing_problems(definition, clean, {}, now=now)
    if problems:
        raise InvalidFacts(problems)
    return told_apart(clean)


def timing_problems(
    definition: AuthorityDefinition,
    given: Mapping[str, Any],
    known: Mapping[str, Any],
    *,
    now: datetime,
) -> dict[str, str]:
    """Return a sentence for each given instant that cannot be: to come, long past, out of order."""
    facts = definition.vocabulary.facts
    problems: dict[str, str] = {}
    for key, value in given.items():
        if key in facts and facts[key].type == "datetime":
            instant = as_instant(value, definition.calendar.zone)
            if instant > now:
                problems[key] = "lies in the future; write when it happened"
            elif instant.year < EARLIEST:
                problems[key] = f"lies before {EARLIEST}; write when it happened"
    _check_order({**known, **given}, given, problems)
    return problems


def default_of(vocabulary: Vocabulary, fact: Fact, known: Mapping[str, Any]) -> Any:
    """Return a fact's default; a default that names another fact means that fact's value."""
    if fact.type == "datetime" and fact.default in vocabulary.facts:
        return known.get(fact.default)
    return fact.default


def plain(value: Any, zone: ZoneInfo) -> Any:
    """Return a value as JSON data; an instant without an offset is the office's local time."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item, zone) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, zone) for item in value]
    return value


def as_instant(value: Any, zone: ZoneInfo) -> datetime:
    """Return an instant from a datetime or its ISO 8601 text; without an offset it is local."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        found.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise Invalid(f"'{value}' is no instant; write it as 2026-03-27T15:10:00+00:00") from error
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _clean_one(
    definition: AuthorityDefinition,
    key: str,
    value: Any,
    clean: dict[str, Any],
    problems: dict[str, str],
) -> None:
    fact = definition.vocabulary.facts.get(key) or _asked_text(definition, key)
    if fact is None:
        problems[key] = "is no fact of the vocabulary, and no form asks it"
        return
    zone = definition.calendar.zone
    try:
        clean[key] = checked(fact, plain(value, zone), zone)
    except Invalid as error:
        problems[key] = str(error)


def _asked_text(definition: AuthorityDefinition, key: str) -> Fact | None:
    """Take a text that some form of the authority asks, though it is no fact: an address, say."""
    fields = (field for form in definition.forms.values() for field in form.walk())
    is_text = any(field.key == key and field.type in ("textfield", "textarea") for field in fields)
    return Fact(id=key, type="string") if is_text else None


def checked(fact: Fact, value: Any, zone: ZoneInfo) -> Any:
    """Return a value that the fact can have. Raises Invalid with a sentence."""
    if fact.type == "datetime":
        return as_instant(value, zone).isoformat()
    if fact.type == "boolean" and not isinstance(value, bool):
        raise Invalid("must be true or false")
    if fact.type == "string" and not isinstance(value, str):
        raise Invalid("must be text")
    if fact.type == "enum" and value not in fact.values:
        raise Invalid(f"must be one of {', '.join(fact.values)}")
    if fact.type == "list":
        _check_list(fact, value)
    return value


def _check_list(fact: Fact, value: Any) -> None:
    if not isinstance(value, list):
        raise Invalid("must be a list")
    if fact.values and any(item not in fact.values for item in value):
        raise Invalid(f"may only hold {', '.join(fact.values)}")
    if not fact.values and not all(isinstance(item, Mapping) for item in value):
        raise Invalid("must be a list of objects")


def _fill(definition: AuthorityDefinition, clean: dict[str, Any]) -> None:
    form = start_form(definition)
    asked = [field.key for field in form.walk()] if form else []
    for key in asked:
        fact = definition.vocabulary.facts.get(key or "")
        if fact is not None and fact.id not in clean and fact.type in _ASSUMED:
            clean[fact.id] = default_of(definition.vocabulary, fact, clean)


def _check_order(
    known: Mapping[str, Any], given: Mapping[str, Any], problems: dict[str, str]
) -> None:
    received, first = known.get("received_at"), known.get("first_contact_at")
    if problems or not received or not first:
        return
    if datetime.fromisoformat(first) > datetime.fromisoformat(received):
        key = "first_contact_at" if "first_contact_at" in given else "received_at"
        problems[key] = (
            "staff were told first and the service received it then, or at the same moment:"
            " correct the one that is wrong"
        )
