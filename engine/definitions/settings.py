"""Reads authority.toml: an authority's names, labels, hours, roles and assumptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions import desk_settings
from engine.definitions import source as reading
from engine.definitions.model import Problem
from engine.definitions.problems import Unusable
from engine.definitions.words import VARIABLE
from engine.errors import Invalid
from engine.working_days import OfficeCalendar

RULE = "authority_file"
LABELS = ("assessment", "strategy_event", "service")
_TEXT_TABLES = ("document", "labels", "roles", "assumptions")
_KNOWN = {"name", "calendar", "out_of_hours", *_TEXT_TABLES, *desk_settings.TABLES}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What authority.toml says; `rest` is the calendar's table and everything else as written."""

    name: str
    labels: Mapping[str, str]
    document: Mapping[str, str]
    roles: Mapping[str, str]
    assumptions: Mapping[str, str]
    calendar: OfficeCalendar
    rest: Mapping[str, Any]


def read_settings(source: bytes, *, file: str) -> Settings:
    """The settings; raises `Unusable` with everything that is wrong with them."""
    data = reading.read_toml(source, file=file)
    problems = [*_problems(data)]
    try:
        calendar = OfficeCalendar.from_settings(_table(data.get("calendar")))
    except Invalid as error:
        problems.append(f"[calendar]: {error}")
    if problems:
        raise _unusable(file, problems)
    return Settings(
        name=data["name"],
        labels=data["labels"],
        document=data["document"],
        roles=data["roles"],
        assumptions=data.get("assumptions", {}),
        calendar=calendar,
        rest={key: value for key, value in data.items() if key not in ("name", *_TEXT_TABLES)},
    )


def read_assumptions(source: bytes, *, file: str) -> dict[str, str]:
    """The sentences of bpmn/shared/assumptions.toml, by key."""
    data = reading.read_toml(source, file=file)
    problems = [*_text_problems("assumptions", data.get("assumptions"))]
    problems += [f"{key!r} has no meaning here. Delete it." for key in data if key != "assumptions"]
    if problems:
        raise _unusable(file, problems)
    return dict(data["assumptions"])


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(data.get("name"), str) or not data["name"].strip():
        yield 'There is no name: write name = "…".'
    for name in _TEXT_TABLES:
        if name != "assumptions" or name in data:
            yield from _text_problems(name, data.get(name))
    yield from _missing_keys(data)
    yield from _role_problems(_table(data.get("roles")))
    service = _table(data.get("out_of_hours")).get("service", "")
    if not isinstance(service, str) or ("out_of_hours" in data and not service):
        yield "[out_of_hours] has no service. Name it, or delete the table."
    yield from desk_settings.problems_of(data)
    yield from (f"{key!r} has no meaning here. Delete it." for key in data if key not in _KNOWN)


def _missing_keys(data: Mapping[str, Any]) -> Iterator[str]:
    for name, needed in (("labels", LABELS), ("document", ("title", "date"))):
        for key in needed:
            if key not in _table(data.get(name)):
                yield f"[{name}] has no {key}."
    if not _table(_table(data.get("calendar")).get("office_hours")):
        yield "[calendar.office_hours] names no day."


def _text_problems(name: str, table: Any) -> Iterator[str]:
    if not isinstance(table, Mapping):
        yield f"There is no table [{name}]."
        return
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            yield f"[{name}] {key} is no text."


def _role_problems(roles: Mapping[str, Any]) -> Iterator[str]:
    if not roles:
        yield "[roles] names nobody."
    for key in roles:
        if not VARIABLE.fullmatch(key):
            yield f"[roles] {key!r} is no word in snake_case."
    if len(set(map(str, roles.values()))) < len(roles):
        yield "[roles] gives one label to two roles."


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _unusable(file: str, problems: list[str]) -> Unusable:
    return Unusable(
        Problem(file=file, element=None, severity="error", rule=RULE, message=text)
        for text in problems
    )
