"""The one timer that a case may have waiting: when it must be woken next."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework import CaseRun
from engine.store.tables import Timer


def waiting_timer(session: Session, case_id: int) -> Timer | None:
    """Give the case's waiting timer, if it has one."""
    return session.scalars(
        select(Timer).where(Timer.case_id == case_id, Timer.ended_at.is_(None))
    ).one_or_none()


def set_timer(session: Session, case_id: int, run: CaseRun, *, now: datetime) -> None:
    """Let the waiting timer say what the run says, keeping it where it says so already."""
    due, timer = run.next_wake(), waiting_timer(session, case_id)
    if timer is not None and timer.due_at == due:
        return
    if timer is not None:
        timer.ended_at = now
        if timer.due_at < now:
            timer.fired_at = now  # the step in hand came later, and fired it on its way
        session.flush()
    if due is not None:
        session.add(
            Timer(
                case_id=case_id,
                due_at=due,
                kind=_kind(run, due),
                set_at=now,
                tries=0,
                next_try_at=due,
            )
        )
        session.flush()


def _kind(run: CaseRun, due: datetime) -> str:
    if any(clock.due_at == due and not clock.is_missed for clock in run.open_deadlines()):
        return "deadline"
    warnings = (clock.warn_at for clock in run.open_deadlines() if not clock.is_warned)
    if any(at is not None and datetime.fromisoformat(at) == due for at in warnings):
        return "warning"
    return "timer"
