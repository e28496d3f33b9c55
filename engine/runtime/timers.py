"""Wakes cases whose time has come: found by due instant, tries counted before the step."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.people import SYSTEM
from engine.runtime.persist import Step, load, lock, save
from engine.runtime.waiting import waiting_timer
from engine.store.tables import Incident, Timer

MOST_TRIES = 3
MOST_AT_ONCE = 500  # cases of one tick
FIRST_PAUSE = timedelta(seconds=30)


def due_cases(session: Session, *, now: datetime) -> tuple[int, ...]:
    """The cases to be woken, the longest overdue first; those that failed too often left out."""
    rows = session.scalars(
        select(Timer.case_id)
        .where(
            Timer.ended_at.is_(None),
            Timer.due_at <= now,
            Timer.next_try_at <= now,
            Timer.tries < MOST_TRIES,
        )
        .order_by(Timer.due_at, Timer.id)
        .limit(MOST_AT_ONCE)
    )
    return tuple(rows)


def given_up(session: Session, *, now: datetime) -> tuple[int, ...]:
    """Cases that failed too often and have no incident: the step must have ended the process."""
    # Only what is due is ever tried; without saying so, every timer that waits would be looked at.
    open_incident = select(Incident.id).where(
        Incident.case_id == Timer.case_id, Incident.resolved_at.is_(None)
    )
    rows = session.scalars(
        select(Timer.case_id)
        .where(
            Timer.ended_at.is_(None),
            Timer.due_at <= now,
            Timer.tries >= MOST_TRIES,
            ~open_incident.exists(),
        )
        .order_by(Timer.id)
    )
    return tuple(rows)


def count_try(session: Session, case_id: int, *, now: datetime) -> int:
    """Count a try before it is made, and say which it is; 0 when nothing is due any more."""
    lock(session, case_id)
    timer = waiting_timer(session, case_id)
    if timer is None or max(timer.due_at, timer.next_try_at) > now or timer.tries >= MOST_TRIES:
        return 0
    timer.tries += 1
    timer.next_try_at = now + FIRST_PAUSE * 4 ** (timer.tries - 1)
    return timer.tries


def forget_try(session: Session, case_id: int, *, now: datetime) -> None:
    """Take a try back that failed through no fault of the case."""
    lock(session, case_id)
    timer = waiting_timer(session, case_id)
    if timer is not None:
        timer.tries, timer.next_try_at = max(timer.tries - 1, 0), now


def wake(session: Session, case_id: int, *, now: datetime) -> bool:
    """Fire what is due in a case; say whether anything was."""
    live = load(session, case_id)
    timer = waiting_timer(session, case_id)
    if timer is None or timer.due_at > now:
        return False
    timer.fired_at = timer.ended_at = now
    session.flush()
    live.run.wake(now=now)
    step = Step(event="timer.fired", subject=f"timer:{timer.id}", by=SYSTEM.key, now=now)
    save(session, live, step)
    return True
