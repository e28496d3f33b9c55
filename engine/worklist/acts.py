"""What is done to tasks from the worklist, also by somebody who covers for an absence."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine import absences
from engine.people import Actor
from engine.runtime import tasks
from engine.store.tables import UserTask

release = tasks.release


def take(session: Session, task_id: int, *, by: Actor, now: datetime) -> UserTask:
    """Claim a task; one that an absent person has is taken over by whoever covers them."""
    covered = absences.covered(session, by, now=now)
    row = session.get(UserTask, task_id)
    if row is not None and row.claimed_by in covered:
        return reassign(session, task_id, int(by.id), by=by, now=now)
    return tasks.claim(session, task_id, by=by, now=now)


def reassign(
    session: Session, task_id: int, to_person_id: int, *, by: Actor, now: datetime
) -> UserTask:
    """Give a task to a colleague; whoever covers the one who has it may do so in their place."""
    covered = frozenset(absences.covered(session, by, now=now))
    return tasks.reassign(session, task_id, to_person_id, by=by, now=now, covered=covered)
