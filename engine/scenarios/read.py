"""Scenario files: a referral, and what must come of it, as TOML in the vocabulary's words."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.errors import Invalid

LISTS = (
    "outcomes",
    "flows",
    "no_deadlines",
    "notified",
    "not_notified",
    "records",
    "no_records",
    "clauses",
    "ran",
)
TABLES = ("deadlines", "done_by")
WORDS = ("authorised_by", "strategy_outcome")
EXPECTATIONS = (*LISTS, *TABLES, *WORDS)  # `ran` and `done_by` go beyond the contract
LONGEST_COUNT = 1_000_000
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_KEYS = ("name", "authorities", "start", "facts", "takes", "events", "expect")


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that arrives `after` the start."""

    after: timedelta
    message: str


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One referral with its facts, how long people take, what arrives, and what is expected."""

    name: str
    start: datetime
    authorities: tuple[str, ...] = ()  # none: the folder it lies in, or elsewhere all
    facts: Mapping[str, Any] = field(default_factory=dict)
    takes: Mapping[str, timedelta] = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=dict)


def read(source: bytes, *, file: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a file. Raises Invalid, naming the scenario and what is wrong."""
    try:
        tables = tomllib.loads(source.decode()).get("scenario", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{file}: {error}") from error
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables) or not tables:
        raise Invalid(f"{file}: there is no [[scenario]] in it")
    return tuple(_scenario(table, file) for table in tables)


def authority_of(path: Path) -> str | None:
    """Return the authority whose folder a scenario file lies in (`bpmn/<authority>/`)."""
    folder = path.resolve().parent
    return folder.name if folder.parent.name == "bpmn" else None


def _scenario(table: Mapping[str, Any], file: str) -> Scenario:
    name = table.get("name")
    if not isinstance(name, str) or not name:
        raise Invalid(f"{file}: a scenario has no name")
    where = f"{file}: scenario '{name}'"
    _refuse_unknown(where, table, _KEYS)
    start = table.get("start")
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise Invalid(f"{where}: start must be an instant with an offset")
    takes = _table(where, table, "takes")
    return Scenario(
        name=name,
        start=start,
        authorities=_words(where, table, "authorities"),
        facts=_facts(where, table),
        takes={key: duration(where, text) for key, text in takes.items()},
        arrivals=tuple(_arrival(where, entry) for entry in table.get("events", ())),
        expect=_expectations(where, table),
    )


def _facts(where: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = _table(where, table, "facts")
    children = facts.get("children", [])
    if not isinstance(children, list) or not all(isinstance(c, dict) for c in children):
        raise Invalid(f"{where}: children must be a list of tables")
    for child in children:
        _table(where, child, "facts")
    return facts


def _expectations(where: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    expect = _table(where, table, "expect")
    _refuse_unknown(where, expect, EXPECTATIONS)
    for key in LISTS:
        _words(where, expect, key)
    for key in TABLES:
        _table(where, expect, key)
    for name in _table(where, expect, "deadlines"):
        _refuse_unknown(where, _table(where, expect["deadlines"], name), ("due", "met"))
    return expect


def _table(where: str, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = table.get(key, {})
    if not isinstance(found, dict):
        raise Invalid(f"{where}: {key} must be a table")
    return found


def _words(where: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise Invalid(f"{where}: {key} must be a list of words")
    return tuple(found)


def _refuse_unknown(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise Invalid(f"{where}: '{unknown[0]}' is not known; use {', '.join(known)}")


def _arrival(where: str, entry: Any) -> Arrival:
    if not isinstance(entry, dict) or set(entry) != {"at", "message"}:
        raise Invalid(f"{where}: an event has 'at' and 'message'")
    return Arrival(after=duration(where, entry["at"]), message=entry["message"])


def duration(where: str, text: Any) -> timedelta:
    """Return a duration from text such as PT30H. Raises Invalid that begins with `where`."""
    found = _DURATION.fullmatch(str(text))
    if found is None or not any(found.groups()):
        raise Invalid(f"{where}: '{text}' is no duration; write it as PT30H or P6D")
    counts = {unit: int(count) for unit, count in found.groupdict().items() if count}
    if any(count > LONGEST_COUNT for count in counts.values()):
        raise Invalid(f"{where}: '{text}' is longer than any scenario")
    return timedelta(**counts)
