"""What the worklist can be filtered by, as the authorities' current procedures name it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from engine.definitions import AuthorityDefinition
from engine.people import ANALYST, EVERYWHERE, Actor
from engine.store.deployed import current_definitions

REFERRER_KIND = "referrer_kind"
UTC = ZoneInfo("UTC")

Choice = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Words with their labels, for each filter that has a list; `zone` is the office's clock."""

    authorities: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    processes: tuple[Choice, ...]
    referrer_kinds: tuple[str, ...]
    zone: ZoneInfo


def choices(session: Session, actor: Actor) -> Choices:
    """Give what this person can choose from."""
    current = current_definitions(session, actor.authorities)
    roles = {
        role: current[place].roles.get(role, role) if place in current else role
        for place, role in sorted(actor.grants)
        if place != EVERYWHERE and role != ANALYST
    }
    processes = {
        process.id: process.name or process.id
        for definition in current.values()
        for process in definition.processes.values()
    }
    return Choices(
        authorities=tuple((key, definition.name) for key, definition in current.items()),
        roles=_by_label(roles),
        processes=_by_label(processes),
        referrer_kinds=_kinds(current),
        zone=next((d.calendar.zone for d in current.values()), UTC),
    )


def _by_label(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(sorted(labels.items(), key=lambda item: item[1].lower()))


def _kinds(current: Mapping[str, AuthorityDefinition]) -> tuple[str, ...]:
    facts = (definition.vocabulary.facts for definition in current.values())
    known = (fact[REFERRER_KIND].values for fact in facts if REFERRER_KIND in fact)
    return next(iter(known), ())
