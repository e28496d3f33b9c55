"""User tasks: claimed, released and completed by people who hold their role."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import audit, people
from engine.casework import CaseTask
from engine.definitions.model import AuthorityDefinition
from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.runtime.persist import Step, live, load, lock, save
from engine.store.deployed import definition_for
from engine.store.tables import Case, TaskState, UserTask
from engine.working_days import spoken


class NotYourRole(Refused):
    """The task is for a role that whoever asks does not hold."""


class ClaimedByAnother(Refused):
    """Somebody else has claimed the task; the message says who and when."""


class AlreadyCompleted(Refused):
    """Somebody has completed the task; the message says who and when."""


class Withdrawn(Refused):
    """The procedure went on without the task; the message says when."""


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A user task that is open, with what its page shows."""

    row: UserTask
    reference: str
    task: CaseTask
    definition: AuthorityDefinition
    role_label: str
    claimed_by_name: str | None
    is_mine: bool  # claimed by whoever asks
    may_act: bool  # whoever asks holds the task's role


def get(session: Session, task_id: int, *, by: Actor) -> TaskPage:
    """Give an open task. Raises AlreadyCompleted or Withdrawn when it is open no longer."""
    row, case = _found(session, task_id, by=by)
    _refuse_ended(session, row, case)
    live_case = live(session, case)
    named = people.names(session, [row.claimed_by])
    return TaskPage(
        row=row,
        reference=case.reference,
        task=live_case.run.task(row.task),
        definition=live_case.definition,
        role_label=live_case.definition.roles.get(row.role, row.role),
        claimed_by_name=named[row.claimed_by] if row.claimed_by else None,
        is_mine=row.claimed_by == by.key,
        may_act=by.holds(case.authority, row.role),
    )


def claim(session: Session, task_id: int, *, by: Actor, now: datetime) -> UserTask:
    """Claim a task: from now on only its claimer can complete it. Claiming twice is no harm."""
    row, case = _held(session, task_id, by=by)
    if row.claimed_by == by.key:
        return row
    row.claimed_by, row.claimed_at = by.key, now
    _audit(session, "user_task.claimed", row, case, by=by, now=now)
    return row


def release(session: Session, task_id: int, *, by: Actor, now: datetime) -> UserTask:
    """Give a task back to everybody of its role. Raises ClaimedByAnother when it is not theirs."""
    row, case = _held(session, task_id, by=by)
    if row.claimed_by is None:
        return row
    row.claimed_by = row.claimed_at = None
    _audit(session, "user_task.released", row, case, by=by, now=now)
    return row


def complete(
    session: Session, task_id: int, answers: Mapping[str, Any], *, by: Actor, now: datetime
) -> Case:
    """Complete a task and run its case on to the next wait.

    Raises InvalidAnswers with a sentence for each field; AlreadyCompleted, Withdrawn,
    ClaimedByAnother or NotYourRole where it is not for this person to complete it now.
    """
    row, case = _held(session, task_id, by=by)
    live_case = load(session, case.id)
    live_case.run.complete(row.task, answers, now=now)
    step = Step(event="user_task.completed", subject=f"user_task:{row.id}", by=by.key, now=now)
    return save(session, live_case, step)


def _found(session: Session, task_id: int, *, by: Actor) -> tuple[UserTask, Case]:
    row = session.get(UserTask, task_id)
    case = session.get(Case, row.case_id) if row is not None else None
    if row is None or case is None or not by.may_see_cases_of(case.authority):
        raise NotFound(f"there is no user task {task_id}")
    return row, case


def _held(session: Session, task_id: int, *, by: Actor) -> tuple[UserTask, Case]:
    """Give a task that this actor may act on, with its case locked."""
    row, case = _found(session, task_id, by=by)
    lock(session, case.id)
    session.refresh(row)
    _refuse_ended(session, row, case)
    if not by.holds(case.authority, row.role):
        definition = definition_for(session, case.deployment_id)
        label = definition.roles.get(row.role, row.role)
        raise NotYourRole(f"This is for the role “{label}”, which you do not hold.")
    if row.claimed_by not in (None, by.key):
        who, when = _who_and_when(session, case, row.claimed_by, row.claimed_at)
        raise ClaimedByAnother(f"{who} claimed this at {when}.")
    return row, case


def _refuse_ended(session: Session, row: UserTask, case: Case) -> None:
    if row.state is TaskState.COMPLETED:
        who, when = _who_and_when(session, case, row.completed_by, row.completed_at)
        raise AlreadyCompleted(f"{who} completed this at {when}.")
    if row.state is TaskState.WITHDRAWN:
        _, when = _who_and_when(session, case, None, row.withdrawn_at)
        raise Withdrawn(f"The procedure went on without this task at {when}.")


def _who_and_when(
    session: Session, case: Case, key: str | None, at: datetime | None
) -> tuple[str, str]:
    calendar = definition_for(session, case.deployment_id).calendar
    who = people.names(session, [key]).get(key, "Somebody") if key else "Somebody"
    return who, spoken(at, calendar) if at else "an unknown time"


def _audit(
    session: Session, event: str, row: UserTask, case: Case, *, by: Actor, now: datetime
) -> None:
    about = audit.About(
        subject=f"user_task:{row.id}", case_id=case.id, deployment_id=case.deployment_id
    )
    audit.record(session, event, about, by=by.key, now=now)
