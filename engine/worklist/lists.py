"""Tasks and clocks of the cases that somebody sees, in any state, for programs and pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.people import Actor
from engine.runtime.lines import DeadlineLine, TaskLine, deadline_lines, task_lines
from engine.store.tables import Deadline, TaskState, UserTask

MOST_IN_A_LIST = 200


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
    query = select(UserTask).where(UserTask.authority.in_(actor.sees))
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
    query = select(Deadline).where(Deadline.authority.in_(actor.sees))
    if case_id is not None:
        query = query.where(Deadline.case_id == case_id)
    if state is not None:
        query = query.where(_known(_DEADLINE_STATES, state)(now))
    rows = session.scalars(query.order_by(Deadline.due_at, Deadline.id).limit(MOST_IN_A_LIST))
    return deadline_lines(session, rows.all(), now=now)


def _known(states: dict[str, Callable[..., ColumnElement[bool]]], state: str) -> Any:
    if state not in states:
        raise Invalid(f"“{state}” is no state; it must be one of {', '.join(states)}")
    return states[state]


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
