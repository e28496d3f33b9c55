"""The worklist: which open user tasks a person's roles have, the soonest limit first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.people import ANALYST, Actor
from engine.runtime.lines import DeadlineLine, TaskLine, deadline_lines, task_lines
from engine.store.tables import Case, Deadline, TaskState, UserTask

__all__ = ["DeadlineLine", "TaskLine", "Worklist", "deadlines", "tasks", "worklist"]

LONGEST = 500
MOST_IN_A_LIST = 200


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """Open tasks by when their limit ends: in local days, weeks ending on Sunday."""

    overdue: tuple[TaskLine, ...]
    today: tuple[TaskLine, ...]
    this_week: tuple[TaskLine, ...]
    later: tuple[TaskLine, ...]
    without_limit: tuple[TaskLine, ...]
    is_cut: bool  # there are more than the list shows

    @property
    def count(self) -> int:
        """How many tasks the worklist shows."""
        groups = (self.overdue, self.today, self.this_week, self.later, self.without_limit)
        return sum(len(group) for group in groups)


def worklist(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    authority: str | None = None,
    role: str | None = None,
) -> Worklist:
    """Give the open tasks of the actor's roles, or of one of their roles."""
    query = (
        select(UserTask)
        .join(Case, Case.id == UserTask.case_id)
        .where(UserTask.ended_at.is_(None), _of_own_roles(actor, authority, role))
        .order_by(UserTask.due_at.asc().nulls_last(), UserTask.opened_at, UserTask.id)
        .limit(LONGEST + 1)
    )
    rows = session.scalars(query).all()
    lines = task_lines(session, rows[:LONGEST], by=actor, now=now)
    groups: dict[str, list[TaskLine]] = {name: [] for name in _GROUPS}
    for line in lines:
        groups[_group_of(line, now=now)].append(line)
    return Worklist(
        **{name: tuple(found) for name, found in groups.items()}, is_cut=len(rows) > LONGEST
    )


def tasks(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    case_id: int | None = None,
    role: str | None = None,
    state: str | None = None,
) -> tuple[TaskLine, ...]:
    """Give tasks of the cases that the actor sees, newest first.

    `state` is open, claimed, completed or withdrawn.
    """
    query = _of_seen_cases(select(UserTask).join(Case, Case.id == UserTask.case_id), actor)
    if case_id is not None:
        query = query.where(UserTask.case_id == case_id)
    if role is not None:
        query = query.where(UserTask.role == role)
    if state is not None:
        query = query.where(_known(_TASK_STATES, state)())
    rows = session.scalars(query.order_by(UserTask.id.desc()).limit(MOST_IN_A_LIST)).all()
    return task_lines(session, rows, by=actor, now=now)


def deadlines(
    session: Session,
    actor: Actor,
    *,
    now: datetime,
    case_id: int | None = None,
    state: str | None = None,
) -> tuple[DeadlineLine, ...]:
    """Give the clocks of the cases that the actor sees, the soonest first.

    `state` is running, overdue, met, missed or left; open means running or overdue.
    """
    query = _of_seen_cases(select(Deadline).join(Case, Case.id == Deadline.case_id), actor)
    if case_id is not None:
        query = query.where(Deadline.case_id == case_id)
    if state is not None:
        query = query.where(_known(_DEADLINE_STATES, state)(now))
    rows = session.scalars(query.order_by(Deadline.due_at, Deadline.id).limit(MOST_IN_A_LIST))
    return deadline_lines(session, rows.all(), now=now)


def _of_own_roles(actor: Actor, authority: str | None, role: str | None) -> ColumnElement[bool]:
    grants = (
        and_(Case.authority == place, UserTask.role == held)
        for place, held in sorted(actor.grants)
        if authority in (None, place) and role in (None, held)
    )
    return or_(false(), *grants)


def _of_seen_cases(query: Select[Any], actor: Actor) -> Select[Any]:
    seen = {authority for authority, role in actor.grants if role != ANALYST}
    return query.where(Case.authority.in_(seen))


def _group_of(line: TaskLine, *, now: datetime) -> str:
    if line.due_at is None:
        return "without_limit"
    if line.is_overdue:
        return "overdue"
    due, today = line.due_at.astimezone(line.zone).date(), now.astimezone(line.zone).date()
    if due == today:
        return "today"
    sunday = today + timedelta(days=6 - today.weekday())
    return "this_week" if due <= sunday else "later"


def _known(states: dict[str, Callable[..., ColumnElement[bool]]], state: str) -> Any:
    if state not in states:
        raise Invalid(f"“{state}” is no state; it must be one of {', '.join(states)}")
    return states[state]


_GROUPS = ("overdue", "today", "this_week", "later", "without_limit")
_TASK_STATES: dict[str, Callable[..., ColumnElement[bool]]] = {
    TaskState.OPEN: lambda: and_(UserTask.ended_at.is_(None), UserTask.claimed_by.is_(None)),
    TaskState.CLAIMED: lambda: and_(UserTask.ended_at.is_(None), UserTask.claimed_by.is_not(None)),
    TaskState.COMPLETED: lambda: UserTask.completed_at.is_not(None),
    TaskState.WITHDRAWN: lambda: UserTask.withdrawn_at.is_not(None),
}
_RUNS = and_(Deadline.ended_at.is_(None), Deadline.is_secured.is_(False))
_DEADLINE_STATES: dict[str, Callable[..., ColumnElement[bool]]] = {
    "open": lambda now: _RUNS,
    "running": lambda now: and_(_RUNS, Deadline.missed_at.is_(None), Deadline.due_at >= now),
    "overdue": lambda now: and_(_RUNS, or_(Deadline.missed_at.is_not(None), Deadline.due_at < now)),
    "met": lambda now: or_(
        and_(Deadline.ended_at.is_not(None), Deadline.met.is_(True)),
        and_(Deadline.ended_at.is_(None), Deadline.is_secured.is_(True)),
    ),
    "missed": lambda now: and_(Deadline.ended_at.is_not(None), Deadline.met.is_(False)),
    "left": lambda now: and_(Deadline.ended_at.is_not(None), Deadline.met.is_(None)),
}
