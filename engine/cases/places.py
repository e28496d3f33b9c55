"""Where a case stands in its diagrams: what is done, what is open, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.history import states
from engine.store.tables import Deadline, UserTask


@dataclass(frozen=True, kw_only=True)
class Place:
    """An element of a diagram at which something is open."""

    process_id: str
    element_id: str
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class Places:
    """The places of a case: open tasks, running limits, and every element that it came to."""

    tasks: tuple[Place, ...]
    limits: tuple[Place, ...]
    come_to: Mapping[str, Mapping[str, str]]  # process id → element id → `done` or `open`


def places(session: Session, case_id: int, *, now: datetime) -> Places:
    """Give the places of a case that the actor was found to see."""
    tasks = session.execute(
        select(UserTask.process_id, UserTask.element_id, UserTask.due_at)
        .where(UserTask.case_id == case_id, UserTask.ended_at.is_(None))
        .order_by(UserTask.id)
    )
    limits = session.execute(
        select(Deadline.process_id, Deadline.element_id, Deadline.due_at, Deadline.is_secured)
        .where(Deadline.case_id == case_id, Deadline.ended_at.is_(None))
        .order_by(Deadline.id)
    )
    return Places(
        tasks=tuple(
            Place(process_id=process, element_id=element, is_overdue=bool(due and due < now))
            for process, element, due in tasks
        ),
        limits=tuple(
            Place(process_id=process, element_id=element, is_overdue=due < now and not secured)
            for process, element, due, secured in limits
        ),
        come_to=states(session, case_id),
    )
