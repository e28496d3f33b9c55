"""Scenario files: a referral, and what must come of it, as TOML in the vocabulary's words."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from engine.errors import Invalid

EXPECTATIONS = (
    "outcomes",
    "flows",
    "deadlines",
    "no_deadlines",
    "notified",
    "not_notified",
    "records",
    "no_records",
    "authorised_by",
    "clauses",
    "strategy_outcome",
    "ran",  # elements that must have run
    "done_by",  # user task → role: a lane that changes hands is a change of procedure
)
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
    if not isinstance(tables, list) or not tables:
        raise Invalid(f"{file}: there is no [[scenario]] in it")
    return tuple(_scenario(table, file) for table in tables)


def authority_of(path: Path) -> str | None:
    """Return the authority whose folder a scenario file lies in (`bpmn/<authority>/`)."""
    folder = path.resolve().parent
    return folder.name if folder.parent.name == "bpmn" else None


def _scenario(table: Mapping[str, Any], file: str) -> Scenario:
    name = str(table.get("name", ""))
    where = f"{file}: scenario '{name}'"
    if not name:
        raise Invalid(f"{file}: a scenario has no name")
    _refuse_unknown(where, table, _KEYS)
    _refuse_unknown(where, table.get("expect", {}), EXPECTATIONS)
    start = table.get("start")
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise Invalid(f"{where}: start must be an instant with an offset")
    takes = table.get("takes", {})
    return Scenario(
        name=name,
        start=start,
        authorities=tuple(table.get("authorities", ())),
        facts=table.get("facts", {}),
        takes={key: _duration(where, text) for key, text in takes.items()},
        arrivals=tuple(_arrival(where, entry) for entry in table.get("events", ())),
        expect=table.get("expect", {}),
    )


def _refuse_unknown(where: str, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise Invalid(f"{where}: '{unknown[0]}' is not known; use {', '.join(known)}")


def _arrival(where: str, entry: Mapping[str, Any]) -> Arrival:
    if set(entry) != {"at", "message"}:
        raise Invalid(f"{where}: an event has 'at' and 'message'")
    return Arrival(after=_duration(where, entry["at"]), message=entry["message"])


def _duration(where: str, text: Any) -> timedelta:
    found = _DURATION.fullmatch(str(text))
    if found is None or not any(found.groups()):
        raise Invalid(f"{where}: '{text}' is no duration; write it as PT30H or P6D")
    return timedelta(**{unit: int(count) for unit, count in found.groupdict().items() if count})
