"""The lines of a worklist, with all that they show, from a few joined statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from engine import people
from engine.people import Actor
from engine.store.deployed import definition_for
from engine.store.tables import Case, ChildOfCase, Deadline, Deployment, UserTask


@dataclass(frozen=True, kw_only=True)
class WorklistLine:
    """An open task as the worklist shows it."""

    id: int
    case_id: int
    reference: str
    authority: str
    authority_name: str
    process_id: str
    element_id: str
    name: str
    role: str
    role_label: str
    child: str | None
    children: tuple[str, ...]  # of the task where it is about one, otherwise of the case
    due_at: datetime | None
    deadline_name: str | None
    strength: str | None  # must or should, of the limit
    is_overdue: bool
    claimed_by_name: str | None
    is_mine: bool
    covered_name: str | None  # of the absent person who has it and whom the reader covers
    may_act: bool  # the reader holds its role
    questions: tuple[str, ...]  # what it asks
    zone: ZoneInfo


def lines(
    session: Session,
    places: Select[Any],
    *,
    by: Actor,
    covered: Mapping[str, str],
    now: datetime,
) -> tuple[WorklistLine, ...]:
    """Give the tasks whose ids are selected, soonest limit first."""
    rows = _rows(session, places)
    children = _children(session, {row.UserTask.case_id for row in rows})
    named = people.names(session, (row.UserTask.claimed_by for row in rows))
    looked_up = _LookedUp(
        session=session, by=by, covered=covered, children=children, named=named, now=now
    )
    return tuple(_line(row, looked_up) for row in rows)


def chosen(
    session: Session, actor: Actor, task_ids: Collection[int], *, now: datetime
) -> tuple[WorklistLine, ...]:
    """Give those of the tasks that the actor may see, whether they are open or not."""
    seen = [name for name in actor.authorities if actor.may_see_cases_of(name)]
    places = select(UserTask.id).where(UserTask.id.in_(task_ids), UserTask.authority.in_(seen))
    return lines(session, places, by=actor, covered={}, now=now)


@dataclass(frozen=True, kw_only=True)
class _LookedUp:
    session: Session
    by: Actor
    covered: Mapping[str, str]
    children: Mapping[int, Sequence[str]]
    named: Mapping[str, str]
    now: datetime


def _rows(
    session: Session, places: Select[Any]
) -> Sequence[Row[UserTask, Case, Deployment, str, str]]:
    found = places.subquery()
    return session.execute(
        select(UserTask, Case, Deployment, Deadline.deadline_name, Deadline.strength)
        .join_from(found, UserTask, UserTask.id == found.c.id)
        .join(Case, Case.id == UserTask.case_id)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.id)
    ).all()


def _children(session: Session, case_ids: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for case_id, name in session.execute(
        select(ChildOfCase.case_id, ChildOfCase.name)
        .where(ChildOfCase.case_id.in_(case_ids))
        .order_by(ChildOfCase.case_id, ChildOfCase.position)
    ):
        found.setdefault(case_id, []).append(name)
    return found


def _line(row: Row[UserTask, Case, Deployment, str, str], looked_up: _LookedUp) -> WorklistLine:
    task, case = row.UserTask, row.Case
    definition = definition_for(looked_up.session, case.deployment_id)
    form = definition.forms.get(task.form_id) if task.form_id else None
    return WorklistLine(
        id=task.id,
        case_id=case.id,
        reference=case.reference,
        authority=case.authority,
        authority_name=definition.name,
        process_id=task.process_id,
        element_id=task.element_id,
        name=task.name,
        role=task.role,
        role_label=definition.roles.get(task.role, task.role),
        child=task.child,
        children=(task.child,) if task.child else tuple(looked_up.children.get(case.id, ())),
        due_at=task.due_at,
        deadline_name=row.deadline_name,
        strength=row.strength,
        is_overdue=task.due_at is not None and task.due_at < looked_up.now,
        claimed_by_name=looked_up.named[task.claimed_by] if task.claimed_by else None,
        is_mine=task.claimed_by == looked_up.by.key,
        covered_name=looked_up.covered.get(task.claimed_by or ""),
        may_act=looked_up.by.holds(case.authority, task.role),
        questions=() if form is None else tuple(f.label for f in form.walk() if f.key and f.label),
        zone=definition.calendar.zone,
    )
