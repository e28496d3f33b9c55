"""The list of cases that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.people import ANALYST, Actor
from engine.store.tables import (
    Case,
    CaseStatus,
    ChildOfCase,
    Deadline,
    Deployment,
    Incident,
    UserTask,
)

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """A case as a list shows it."""

    id: int
    reference: str
    authority: str
    authority_name: str
    children: tuple[str, ...]
    status: CaseStatus
    received_at: datetime
    received_out_of_hours: bool
    open_tasks: int
    overdue: int  # clocks of the authority's own that have run out and not ended
    incidents: int


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; `search` finds a reference, or a part of a child's name."""

    authority: str | None = None
    status: str | None = None
    search: str = ""
    before: int | None = None  # the id of the last case that the page before showed


def listing(
    session: Session, actor: Actor, wanted: CaseFilter | None = None, *, now: datetime
) -> tuple[CaseLine, ...]:
    """Give at most fifty cases that the actor may see, newest first."""
    wanted = wanted or CaseFilter()
    query = select(Case).where(Case.authority.in_(_seen(actor, wanted.authority)))
    if wanted.status:
        query = query.where(Case.status == _status(wanted.status))
    if wanted.search.strip():
        query = _found(query, wanted.search.strip())
    if wanted.before is not None:
        query = query.where(Case.id < wanted.before)
    rows = session.scalars(query.order_by(Case.id.desc()).limit(PAGE)).all()
    return _lines(session, rows, now=now)


def _seen(actor: Actor, authority: str | None) -> set[str]:
    seen = {place for place, role in actor.grants if role != ANALYST}
    return seen if not authority else seen & {authority}


def _status(status: str) -> CaseStatus:
    if status not in {kind.value for kind in CaseStatus}:
        raise Invalid(f"“{status}” is no status; it must be one of {', '.join(CaseStatus)}")
    return CaseStatus(status)


def _found(query: Select[Case], search: str) -> Select[Case]:
    named = select(ChildOfCase.case_id).where(ChildOfCase.name.icontains(search, autoescape=True))
    return query.where(or_(Case.reference.icontains(search, autoescape=True), Case.id.in_(named)))


def _lines(session: Session, rows: Sequence[Case], *, now: datetime) -> tuple[CaseLine, ...]:
    ids = [row.id for row in rows]
    overdue = _count(session, Deadline, ids, *_is_overdue(now))
    tasks = _count(session, UserTask, ids, UserTask.ended_at.is_(None))
    incidents = _count(session, Incident, ids, Incident.resolved_at.is_(None))
    children = _children(session, ids)
    names = {
        row.id: row.authority_name
        for row in session.scalars(
            select(Deployment).where(Deployment.id.in_({row.deployment_id for row in rows}))
        )
    }
    return tuple(
        CaseLine(
            id=row.id,
            reference=row.reference,
            authority=row.authority,
            authority_name=names[row.deployment_id],
            children=tuple(children.get(row.id, ())),
            status=row.status,
            received_at=row.received_at,
            received_out_of_hours=row.received_out_of_hours,
            open_tasks=tasks.get(row.id, 0),
            overdue=overdue.get(row.id, 0),
            incidents=incidents.get(row.id, 0),
        )
        for row in rows
    )


def _is_overdue(now: datetime) -> tuple[Any, ...]:
    return (
        Deadline.ended_at.is_(None),
        Deadline.is_secured.is_(False),
        Deadline.due_at < now,
        Deadline.owner == "authority",
    )


def _count(session: Session, table: Any, ids: list[int], *conditions: Any) -> dict[int, int]:
    rows = session.execute(
        select(table.case_id, func.count())
        .where(table.case_id.in_(ids), *conditions)
        .group_by(table.case_id)
    )
    return {row[0]: row[1] for row in rows}


def _children(session: Session, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in session.scalars(
        select(ChildOfCase)
        .where(ChildOfCase.case_id.in_(ids))
        .order_by(ChildOfCase.case_id, ChildOfCase.position)
    ):
        found.setdefault(row.case_id, []).append(row.name)
    return found
