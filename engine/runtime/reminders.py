"""Reminds whoever must act, once for each limit, before it ends.

A function of Frontdoor: no procedure asks for it, and nothing follows from it.
"""

import logging
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine import audit, outbox
from engine.outbox import Occasion, Reminder
from engine.outbox.reminding import LONGEST_BEFORE, due_for_reminder
from engine.people import SYSTEM
from engine.runtime.persist import UNREADABLE, LiveCase, live, lock
from engine.store.database import Database
from engine.store.deployed import definition_for
from engine.store.tables import Case, Deadline, Deployment

EVERY = timedelta(minutes=1)
MOST_AT_ONCE = 500

_log = logging.getLogger(__name__)


def remind(database: Database, *, now: datetime) -> int:
    """Write the reminders that are due, each case in its own transaction; say how many limits."""
    with database.reading() as session:
        due = due_deadlines(session, now=now)
    return sum(_remind(database, case_id, deadline_id, now=now) for case_id, deadline_id in due)


def due_deadlines(session: Session, *, now: datetime) -> tuple[tuple[int, int], ...]:
    """Return the limits to be reminded of now, with their cases, the soonest first."""
    rows = session.execute(
        select(Deadline, Deployment)
        .join(Case, Case.id == Deadline.case_id)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .where(*_may_be_due(now))
        .order_by(Deadline.due_at, Deadline.id)
    ).all()  # held, so that no version is asked for again
    due = (
        (row.case_id, row.id)
        for row, deployment in rows
        if due_for_reminder(definition_for(session, deployment.id), row) <= now
    )
    return tuple(islice(due, MOST_AT_ONCE))


def _may_be_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The authority's limits that run, end within the longest time before, and are not met yet."""
    return (
        Deadline.ended_at.is_(None),
        Deadline.due_at > now,
        Deadline.due_at <= now + LONGEST_BEFORE,
        Deadline.reminded_at.is_(None),
        Deadline.missed_at.is_(None),
        Deadline.is_secured.is_(False),
        Deadline.owner == "authority",
    )


def _remind(database: Database, case_id: int, deadline_id: int, *, now: datetime) -> bool:
    """Remind of one limit; a case that cannot be read costs no other its reminders."""
    try:
        return _remind_of(database, case_id, deadline_id, now=now)
    except UNREADABLE as error:
        _log.error("case %d: nobody was reminded: %s", case_id, type(error).__name__)
        return False


def _remind_of(database: Database, case_id: int, deadline_id: int, *, now: datetime) -> bool:
    with database.writing() as session:
        case = lock(session, case_id)
        still_due = select(Deadline).where(Deadline.id == deadline_id, *_may_be_due(now))
        deadline = session.scalar(still_due)  # a step may have come before the lock
        if deadline is None:
            return False
        _write(session, live(session, case), deadline, now=now)
    return True


def _write(session: Session, case: LiveCase, deadline: Deadline, *, now: datetime) -> None:
    roles = {
        task.role
        for task in case.run.open_tasks()
        if deadline.deadline in {clock.id for clock in task.deadlines}
    }
    occasion = Occasion(case=case.case, definition=case.definition, facts={}, now=now)
    reminder = Reminder(occasion=occasion, deadline=deadline, roles=frozenset(roles))
    letters = outbox.write_reminder(session, reminder)
    about = audit.About(
        subject=f"deadline:{deadline.id}", case_id=case.case.id, detail={"letters": letters}
    )
    audit.record(session, "deadline.reminded", about, by=SYSTEM.key, now=now)
