"""Absences: who is away from when until when, and who has their tasks on the worklist meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from engine import audit
from engine.errors import Invalid, NotFound, Refused
from engine.people import ANALYST, Actor
from engine.runtime.judgement import may_judge
from engine.store.deployed import current_definitions
from engine.store.tables import Absence, Person, PersonRole


class NotYours(Refused):
    """The absence is another's, and whoever asks manages none of their authorities."""


class BadCover(Invalid):
    """Whoever was to cover cannot: it is the same person, or they share no role."""


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who holds a role beside the actor, with their roles as pairs with authorities."""

    id: int
    name: str
    grants: frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Who is to be away from when until when, and who covers for them."""

    person_id: int
    covered_by: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class AbsenceLine:
    """An absence as a list shows it."""

    id: int
    name: str
    covered_by: str
    starts_at: datetime
    ends_at: datetime
    is_now: bool
    may_end: bool


def covered(session: Session, actor: Actor, *, now: datetime) -> Mapping[str, str]:
    """Give the keys of those whom the actor covers now, with their names."""
    if actor.kind != "person":
        return {}
    rows = session.execute(
        select(Person.id, Person.name)
        .join_from(Absence, Person, Person.id == Absence.person_id)
        .where(Absence.covered_by == actor.id, Absence.ends_at > now, Absence.starts_at <= now)
    )
    return {f"person:{row.id}": row.name for row in rows}


def colleagues(session: Session, actor: Actor) -> tuple[Colleague, ...]:
    """Give everybody who holds a role in an authority of the actor's, the actor too, by name."""
    grants: dict[tuple[int, str], set[tuple[str, str]]] = {}
    rows = session.execute(
        select(Person.id, Person.name, PersonRole.authority, PersonRole.role)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.authority.in_(actor.authorities), PersonRole.role != ANALYST)
        .order_by(Person.name, Person.id)
    )
    for row in rows:
        grants.setdefault((row.id, row.name), set()).add((row.authority, row.role))
    return tuple(
        Colleague(id=id_, name=name, grants=frozenset(held)) for (id_, name), held in grants.items()
    )


def coming(session: Session, actor: Actor, *, now: datetime) -> tuple[AbsenceLine, ...]:
    """Give the absences of colleagues that run or are to come, the soonest first."""
    cover = aliased(Person)
    rows = session.execute(
        select(Absence, Person.name, cover.name.label("cover"))
        .join(Person, Person.id == Absence.person_id)
        .join(cover, cover.id == Absence.covered_by)
        .where(Absence.ends_at > now, _works_in(actor.authorities))
        .order_by(Absence.starts_at, Absence.id)
    ).all()
    arranged = may_arrange_for(session, actor)
    return tuple(
        AbsenceLine(
            id=row.Absence.id,
            name=row.name,
            covered_by=row.cover,
            starts_at=row.Absence.starts_at,
            ends_at=row.Absence.ends_at,
            is_now=row.Absence.starts_at <= now,
            may_end=row.Absence.person_id in arranged,
        )
        for row in rows
    )


def may_arrange_for(session: Session, actor: Actor) -> frozenset[int]:
    """Give the ids of those whose absences the actor may arrange: their own and their staff's."""
    own = {int(actor.id)} if actor.kind == "person" else set()
    return frozenset(own | _people_in(session, _managed(session, actor)))


def add(session: Session, wanted: Leave, *, by: Actor, now: datetime) -> Absence:
    """Say that somebody is away. Raises Invalid or Refused with a sentence where it cannot be."""
    if wanted.person_id not in may_arrange_for(session, by):
        raise NotYours("You can arrange cover for yourself, and for the staff whom you manage.")
    _hold(session, wanted.person_id)
    _check(session, wanted, by=by, now=now)
    row = Absence(
        person_id=wanted.person_id,
        covered_by=wanted.covered_by,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        made_by=by.key,
        made_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, "absence.added", row, by=by, now=now)
    return row


def end(session: Session, absence_id: int, *, by: Actor, now: datetime) -> None:
    """End an absence now; one that has not begun is taken back."""
    row = session.get(Absence, absence_id, with_for_update=True)
    if row is None or row.ends_at <= now:
        raise NotFound(f"there is no absence {absence_id} that could be ended")
    if row.person_id not in may_arrange_for(session, by):
        raise NotYours("Only the person who is away or their manager can end an absence.")
    _record(session, "absence.ended", row, by=by, now=now)
    if row.starts_at > now:
        session.delete(row)
    else:
        row.ends_at = now


def _hold(session: Session, person_id: int) -> None:
    """Let absences of one person be added one after the other, or two could overlap."""
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())


def _check(session: Session, wanted: Leave, *, by: Actor, now: datetime) -> None:
    if wanted.ends_at <= wanted.starts_at:
        raise Invalid("The end must be after the start.")
    if wanted.ends_at <= now:
        raise Invalid("The end must be in the future.")
    if wanted.covered_by == wanted.person_id:
        raise BadCover("Choose a colleague: nobody covers for themselves.")
    held = {colleague.id: colleague.grants for colleague in colleagues(session, by)}
    shared = held.get(wanted.person_id, frozenset()) & held.get(wanted.covered_by, frozenset())
    if not shared:
        raise BadCover("Choose a colleague who holds a role of the person who is away.")
    clash = select(Absence.id).where(
        Absence.person_id == wanted.person_id,
        Absence.starts_at < wanted.ends_at,
        Absence.ends_at > max(wanted.starts_at, now),
    )
    if session.scalar(clash.limit(1)) is not None:
        raise Refused("There is an absence at that time already. End it first.")


def _record(session: Session, event: str, row: Absence, *, by: Actor, now: datetime) -> None:
    detail = {"person": f"person:{row.person_id}", "covered_by": f"person:{row.covered_by}"}
    about = audit.About(subject=f"absence:{row.id}", detail=detail)
    audit.record(session, event, about, by=by.key, now=now)


def _managed(session: Session, actor: Actor) -> set[str]:
    current = current_definitions(session, actor.authorities)
    return {key for key, definition in current.items() if may_judge(definition, actor)}


def _people_in(session: Session, authorities: set[str]) -> set[int]:
    query = select(PersonRole.person_id).where(PersonRole.authority.in_(authorities))
    return set(session.scalars(query)) if authorities else set()


def _works_in(authorities: tuple[str, ...]) -> ColumnElement[bool]:
    held = select(PersonRole.person_id).where(PersonRole.authority.in_(authorities))
    return Absence.person_id.in_(held)
