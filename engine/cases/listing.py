"""The list of cases that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from engine.cases.wanted import CaseFilter, query_of, seen_by
from engine.people import Actor
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
    referrer_kind: str | None
    open_tasks: int
    overdue: int  # clocks of the authority's own that have run out and not ended
    incidents: int


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """A page of a list of cases, newest first, and where the pages beside it begin."""

    lines: tuple[CaseLine, ...]
    newer: int | None = None  # `after` of the page before this one; None where there is none
    older: int | None = None  # `before` of the page after it


def listing(
    session: Session,
    actor: Actor,
    wanted: CaseFilter | None = None,
    *,
    now: datetime,
    most: int = PAGE,
) -> CaseList:
    """Give one page of the cases that the actor may see, newest first.

    Pages are counted from a case on, so that none is shown twice or left out while cases arrive.
    Raises Invalid for what cannot be searched for.
    """
    wanted = wanted or CaseFilter()
    seen = seen_by(actor, wanted.authority)
    if not seen:
        return CaseList(lines=())
    ids = session.scalars(query_of(wanted, seen, most=most + 1)).all()
    goes_on, ids = len(ids) > most, sorted(ids[:most], reverse=True)
    if not ids:
        return CaseList(lines=())
    back, on = _beside(wanted, goes_on=goes_on)
    rows = session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id.desc())).all()
    return CaseList(
        lines=_lines(session, rows, now=now),
        newer=ids[0] if back else None,
        older=ids[-1] if on else None,
    )


def _beside(wanted: CaseFilter, *, goes_on: bool) -> tuple[bool, bool]:
    """Whether there are newer and older cases than those of the page."""
    if wanted.after is not None:
        return goes_on, True
    return wanted.before is not None, goes_on


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
            referrer_kind=row.referrer_kind,
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
    """Count the rows of each case that are so.

    What they must be stands in the sum and not in the filter, so that only the cases' own rows are
    looked at, never all that are open.
    """
    counted = func.sum(case((and_(*conditions), 1), else_=0))
    rows = session.execute(
        select(table.case_id, counted).where(table.case_id.in_(ids)).group_by(table.case_id)
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
