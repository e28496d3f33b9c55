"""Examines one case: its saved state against the rows that people and timers look at."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.casework import CaseRun
from engine.doctor.acts import acts_of
from engine.doctor.documents import of_documents
from engine.doctor.finding import Finding
from engine.doctor.letters import of_letters
from engine.runtime.persist import UNREADABLE, live
from engine.runtime.waiting import waiting_timer
from engine.store.tables import (
    AuditEntry,
    Case,
    CaseStatus,
    ChildOfCase,
    Deadline,
    Incident,
    Notification,
    ProcessInstance,
    TimelineEvent,
    UserTask,
)

_ONCE = {
    "task.completed": "task",
    "task.withdrawn": "task",
    "deadline.started": "deadline",
    "deadline.missed": "deadline",
    "deadline.ended": "deadline",
}


def of_case(session: Session, case: Case) -> Iterator[Finding]:
    """Examine everything that is kept of one case."""
    yield from _told(case, "I4", _steps(session, case))
    yield from _told(case, "I5", _repeated(session, case))
    yield from _told(case, "I6", _notifications(session, case))
    yield from _told(case, "I6", of_letters(session, case))
    yield from _told(case, "I11", of_documents(session, case))
    instance = session.get(ProcessInstance, case.id)
    if instance is None:
        yield from _told(case, "I7", ["The case has no saved state."])
        return
    try:
        run = live(session, case).run
    except UNREADABLE as error:
        sentence = f"The saved state cannot be restored ({type(error).__name__})."
        yield from _told(case, "I7", [sentence])
        return
    if run.dump() != instance.state:
        yield from _told(case, "I7", ["The saved state reads differently once it is saved again."])
    yield from _told(case, "I1", _stuck(session, case, run))
    yield from _told(case, "I2", _clocks(session, case, run))
    yield from _told(case, "I3", _tasks(session, case, run))
    yield from _told(case, "I10", acts_of(session, case, run))
    yield from _told(case, "I12", _children(session, case, run))


def _told(case: Case, invariant: str, sentences: Iterable[str]) -> Iterator[Finding]:
    for sentence in sentences:
        yield Finding(invariant=invariant, case_id=case.id, sentence=sentence)


def _stuck(session: Session, case: Case, run: CaseRun) -> Iterator[str]:
    if run.is_finished != (case.status is CaseStatus.FINISHED):
        yield f"The case is called {case.status}, but its saved state says otherwise."
    waits = (
        case.status is CaseStatus.FINISHED,
        _any(session, UserTask.id, UserTask.case_id == case.id, UserTask.ended_at.is_(None)),
        waiting_timer(session, case.id) is not None,
        _any(session, Incident.id, Incident.case_id == case.id, Incident.resolved_at.is_(None)),
        bool(run.waiting_messages()),
    )
    if not any(waits):
        yield "The case is stuck: nothing is open, nothing is waited for, and no incident says why."


def _clocks(session: Session, case: Case, run: CaseRun) -> Iterator[str]:
    timer, due = waiting_timer(session, case.id), run.next_wake()
    kept = None if timer is None else timer.due_at
    if kept != due:
        yield f"The case is to be woken at {due}, but the timer says {kept}."
    rows = session.execute(
        select(Deadline.deadline, Deadline.due_at).where(
            Deadline.case_id == case.id, Deadline.ended_at.is_(None)
        )
    )
    running = {(clock.id, clock.due_at) for clock in run.open_deadlines()}
    yield from _difference({tuple(row) for row in rows}, running, "clocks")


def _tasks(session: Session, case: Case, run: CaseRun) -> Iterator[str]:
    rows = session.execute(
        select(UserTask, Deadline.due_at)
        .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
        .where(UserTask.case_id == case.id, UserTask.ended_at.is_(None))
    ).all()
    listed = {(row.task, row.role, row.child) for row, _ in rows}
    waiting = {(task.id, task.role, task.child) for task in run.open_tasks()}
    yield from _difference(listed, waiting, "open user tasks")
    astray = sum(row.due_at != due_at for row, due_at in rows)
    if astray:
        yield f"{astray} open user tasks are due at another instant than the limit they carry."


def _children(session: Session, case: Case, run: CaseRun) -> Iterator[str]:
    told = run.facts().get("children")
    names = [str(child.get("name") or "") for child in told] if isinstance(told, list) else []
    rows = session.scalars(
        select(ChildOfCase.name)
        .where(ChildOfCase.case_id == case.id)
        .order_by(ChildOfCase.position)
    )
    if list(rows) != names:
        yield "The children of the case are others than its saved state knows."


def _difference(rows: set[Any], state: set[Any], what: str) -> Iterator[str]:
    if rows - state:
        yield f"{len(rows - state)} {what} are listed that the saved state does not have."
    if state - rows:
        yield f"{len(state - rows)} {what} of the saved state are not listed."


def _steps(session: Session, case: Case) -> Iterator[str]:
    versions = set(
        session.scalars(
            select(AuditEntry.state_version).where(
                AuditEntry.case_id == case.id, AuditEntry.state_version.is_not(None)
            )
        )
    )
    missing = set(range(1, case.version + 1)) - versions
    if missing:
        yield f"No audit entry tells of step {min(missing)}."
    if versions - set(range(1, case.version + 1)):
        yield "The audit trail tells of steps that the case has not taken."
    saved = session.scalar(
        select(ProcessInstance.version).where(ProcessInstance.case_id == case.id)
    )
    if saved is not None and saved != case.version:
        yield f"The case is at step {case.version}, its saved state at step {saved}."


def _repeated(session: Session, case: Case) -> Iterator[str]:
    rows = session.execute(
        select(TimelineEvent.event, TimelineEvent.detail).where(
            TimelineEvent.case_id == case.id, TimelineEvent.event.in_(_ONCE)
        )
    )
    counts = Counter((event, detail[_ONCE[event]]) for event, detail in rows)
    for (event, subject), number in counts.items():
        if number > 1:
            yield f"{event} was recorded {number} times for {subject}."


def _notifications(session: Session, case: Case) -> Iterator[str]:
    sent = session.execute(
        select(Notification.step, Notification.position).where(Notification.case_id == case.id)
    )
    happened = session.execute(
        select(TimelineEvent.step, TimelineEvent.position).where(
            TimelineEvent.case_id == case.id, TimelineEvent.event == "notification.sent"
        )
    )
    places = {tuple(row) for row in happened}
    yield from _difference({tuple(row) for row in sent}, places, "notifications")


def _any(session: Session, column: Any, *conditions: ColumnElement[bool]) -> bool:
    return session.scalar(select(column).where(*conditions).limit(1)) is not None
