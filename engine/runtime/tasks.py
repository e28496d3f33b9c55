"""User tasks: claimed, released, handed on and completed by people who hold their role."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import audit, people
from engine.casework import CaseTask, Override
from engine.definitions.model import AuthorityDefinition
from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.runtime import confidential, judgement
from engine.runtime.persist import LiveCase, Step, live, lock, save
from engine.store.deployed import definition_for
from engine.store.tables import Case, Person, PersonRole, TaskState, UserTask
from engine.working_days import written


class NotYourRole(Refused):
    """The task is for a role that whoever asks does not hold."""


class ClaimedByAnother(Refused):
    """Somebody else has claimed the task; the message says who and when."""


class AlreadyCompleted(Refused):
    """Somebody has completed the task; the message says who and when."""


class NotYoursToGive(Refused):
    """The task is another's, and whoever asks may not give it to somebody."""


class CannotTakeIt(Refused):
    """Whoever was to get the task does not hold its role."""


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
    row, case = found(session, task_id, by=by)
    refuse_ended(session, row, case)
    live_case = live(session, case)
    hidden = confidential.hides(live_case.definition, live_case.run.facts(), by)
    named = people.names(session, [row.claimed_by])
    return TaskPage(
        row=row,
        reference=case.reference,
        task=confidential.shown_task(live_case.run.task(row.task), hidden),
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


def reassign(
    session: Session,
    task_id: int,
    to_person_id: int,
    *,
    by: Actor,
    now: datetime,
    covered: Collection[str] = (),
) -> UserTask:
    """Give a task to a colleague who holds its role.

    Whoever has the task may, or covers one of those who are away (`covered`, their keys) and has
    it; a task that nobody has, its role; every task, a role of professional judgement. Raises
    NotYoursToGive or CannotTakeIt otherwise.
    """
    row, case = _locked(session, task_id, by=by)
    key = f"person:{to_person_id}"
    _check_giver(session, row, case, by=by, covered=covered)
    _check_receiver(session, row, case, to_person_id)
    if row.claimed_by == key:
        return row
    handed_on = {"from": row.claimed_by, "to": key}
    row.claimed_by, row.claimed_at = key, now
    _audit(session, "user_task.reassigned", row, case, by=by, now=now, detail=handed_on)
    return row


def complete(
    session: Session,
    task_id: int,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    overrides: Sequence[Override] = (),
) -> Case:
    """Complete a task and run its case on to the next wait.

    Each override takes the place of what its decision table says in this step. Raises
    InvalidAnswers with a sentence for each field; InvalidOverride for an override that cannot be
    or that the step does not ask for; AlreadyCompleted, Withdrawn, ClaimedByAnother, NotYourRole
    or NotYourJudgement where it is not for this person to do this now.
    """
    row, case = _held(session, task_id, by=by)
    live_case = live(session, case)
    complete_in_memory(live_case, row.task, answers, by=by, now=now, overrides=overrides)
    step = Step(event="user_task.completed", subject=f"user_task:{row.id}", by=by.key, now=now)
    return save(session, live_case, step)


def complete_in_memory(
    live_case: LiveCase,
    task: str,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    overrides: Sequence[Override],
) -> None:
    """Complete a task of a case in hand, and save nothing: what `complete` does, and a preview.

    What is hidden from the actor stays as it is, whatever was sent. Raises InvalidAnswers,
    InvalidOverride and NotYourJudgement as `complete` does.
    """
    if overrides:
        judgement.require(live_case.definition, by)
    given = [replace(override, by=by.key) for override in overrides]
    hidden = confidential.hides(live_case.definition, live_case.run.facts(), by)
    if hidden:
        answers = confidential.kept_answers(answers, live_case.run.task(task), hidden)
    live_case.run.complete(task, dict(answers), now=now, overrides=given)


def found(session: Session, task_id: int, *, by: Actor) -> tuple[UserTask, Case]:
    """Give a task with its case. NotFound where the actor may see neither."""
    row = session.get(UserTask, task_id)
    if row is None or not by.may_see_cases_of(row.authority):
        raise NotFound(f"there is no user task {task_id}")
    return row, session.get_one(Case, row.case_id)


def _held(session: Session, task_id: int, *, by: Actor) -> tuple[UserTask, Case]:
    """Give a task that this actor may act on, with its case locked."""
    row, case = _locked(session, task_id, by=by)
    if not by.holds(case.authority, row.role):
        label = _role_label(session, row, case)
        raise NotYourRole(f"This is for the role “{label}”, which you do not hold.")
    if row.claimed_by not in (None, by.key):
        who, when = _who_and_when(session, case, row.claimed_by, row.claimed_at)
        raise ClaimedByAnother(f"{who} claimed this at {when}.")
    return row, case


def _locked(session: Session, task_id: int, *, by: Actor) -> tuple[UserTask, Case]:
    """Give an open task with its case, which stays locked until the transaction ends."""
    row, case = found(session, task_id, by=by)
    lock(session, case.id)
    session.refresh(row)
    refuse_ended(session, row, case)
    return row, case


def _check_giver(
    session: Session, row: UserTask, case: Case, *, by: Actor, covered: Collection[str]
) -> None:
    if row.claimed_by is None and by.holds(case.authority, row.role):
        return
    if row.claimed_by in (by.key, *covered):
        return
    definition = definition_for(session, case.deployment_id)
    if not judgement.may_judge(definition, by):
        labels = [definition.roles.get(role, role) for role in judgement.roles(definition)]
        others = f" or somebody with the role {' or '.join(labels)}" if labels else ""
        raise NotYoursToGive(
            f"Only the person who has this task, whoever covers for them{others} can give it away."
        )


def _check_receiver(session: Session, row: UserTask, case: Case, person_id: int) -> None:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("there is no such colleague")
    held = session.get(PersonRole, (person_id, case.authority, row.role))
    if held is None or person.disabled_at is not None:
        label = _role_label(session, row, case)
        raise CannotTakeIt(f"{person.name} does not hold the role “{label}”.")


def _role_label(session: Session, row: UserTask, case: Case) -> str:
    return definition_for(session, case.deployment_id).roles.get(row.role, row.role)


def refuse_ended(session: Session, row: UserTask, case: Case) -> None:
    """Raise AlreadyCompleted or Withdrawn where the task is open no longer."""
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
    return who, written(at, calendar) if at else "an unknown time"


def _audit(  # noqa: PLR0913 - what was done to which task, and what it tells
    session: Session,
    event: str,
    row: UserTask,
    case: Case,
    *,
    by: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    about = audit.About(
        subject=f"user_task:{row.id}",
        case_id=case.id,
        deployment_id=case.deployment_id,
        detail=detail or {},
    )
    audit.record(session, event, about, by=by.key, now=now)
