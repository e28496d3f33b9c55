"""Loads a case, and saves it with all that a step came to: everything or nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engine import audit, outbox, people
from engine.casework import CaseRun, CaseTask, OpenDeadline
from engine.casework import effects as fx
from engine.casework.clocks import instant_of
from engine.casework.facts import as_instant
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid, NotFound, Refused
from engine.outbox import Occasion
from engine.people import Actor
from engine.runtime.effects import event_of
from engine.runtime.rows import Place, write
from engine.runtime.waiting import set_timer
from engine.store.deployed import definition_for
from engine.store.tables import Case, CaseStatus, Deadline, ProcessInstance, UserTask

UNREADABLE = (Invalid, NotFound, Refused, ValueError, LookupError, TypeError)
"""What `live` may raise for a case whose saved state was damaged."""


class StaleCase(Refused):
    """Somebody else changed the case at the same time; nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What is being done to a case, for the audit trail: `event` is `noun.past`."""

    event: str
    subject: str
    by: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class LiveCase:
    """A case in hand: its row, locked until the transaction ends, and its run."""

    case: Case
    definition: AuthorityDefinition
    run: CaseRun


def lock(session: Session, case_id: int) -> Case:
    """Give the case's row and hold it: nobody else can take a step until the transaction ends."""
    if session.scalar(select(Case.id).where(Case.id == case_id).with_for_update()) is None:
        raise NotFound(f"there is no case {case_id}")
    case = session.get_one(Case, case_id)
    session.refresh(case)  # what was read before the lock was held may be out of date
    return case


def load(session: Session, case_id: int) -> LiveCase:
    """Give the case as its last step left it, and hold it."""
    return live(session, lock(session, case_id))


def load_seen(session: Session, case_id: int, *, by: Actor) -> LiveCase:
    """Give a case that the actor may see, and hold it. Raises NotFound for any other, unheld."""
    people.seen_case(session, case_id, by=by)
    return load(session, case_id)


def live(session: Session, case: Case) -> LiveCase:
    """Give the case with its run restored."""
    state = session.get_one(ProcessInstance, case.id, populate_existing=True).state
    definition = definition_for(session, case.deployment_id)
    return LiveCase(case=case, definition=definition, run=CaseRun.restore(definition, state))


def save(session: Session, live_case: LiveCase, step: Step) -> Case:
    """Save the state, the rows and the audit entry of one step.

    Raises StaleCase when the case is no longer what was loaded.
    """
    case, run = live_case.case, live_case.run
    effects = run.take_effects()
    case.version += 1
    case.last_step_at = max(case.last_step_at, step.now)
    case.status = _status(run)
    _follow_facts(live_case, effects)
    if not run.is_finished:
        case.finished_at = None  # a case may be opened again
    elif case.finished_at is None:
        case.finished_at = step.now
    _flush(session)
    _save_state(session, case, run.dump(), now=step.now)
    place = Place(
        session=session,
        case_id=case.id,
        authority=case.authority,
        step=case.version,
        by=step.by,
        now=step.now,
    )
    write(place, effects)
    session.flush()
    _write_letters(session, live_case, step, effects)
    _set_due(session, live_case)
    set_timer(session, case.id, run, now=step.now)
    _record(session, live_case, step, effects)
    return case


def _write_letters(
    session: Session, live_case: LiveCase, step: Step, effects: Sequence[fx.Effect]
) -> None:
    """Write what the step tells people: a letter is there if the step is, and not otherwise."""
    if any(isinstance(effect, fx.NotificationSent) for effect in effects):
        occasion = Occasion(
            case=live_case.case,
            definition=live_case.definition,
            facts=live_case.run.facts(),
            now=step.now,
        )
        outbox.write(session, occasion, effects)


def _flush(session: Session) -> None:
    try:
        session.flush()
    except StaleDataError as error:
        raise StaleCase(
            "Somebody else changed this case at the same time. Look at it again, then repeat."
        ) from error


def _save_state(session: Session, case: Case, state: str, *, now: datetime) -> None:
    instance = session.get(ProcessInstance, case.id)
    if instance is None:
        instance = ProcessInstance(case_id=case.id)
        session.add(instance)
    instance.version, instance.state, instance.saved_at = case.version, state, now


def _status(run: CaseRun) -> CaseStatus:
    if run.is_finished:
        return CaseStatus.FINISHED
    return CaseStatus.WAITING_FOR_REFERRER if run.waits_only_for_referrer else CaseStatus.OPEN


def _follow_facts(live_case: LiveCase, effects: Iterable[fx.Effect]) -> None:
    """Let the case's row say what a completed task says of who told the service, and when."""
    case, calendar = live_case.case, live_case.definition.calendar
    for effect in effects:
        if isinstance(effect, fx.CaseStartedAgain):
            case.received_at = effect.received_at
            case.received_out_of_hours = not calendar.is_open(case.received_at)
        answers = effect.answers if isinstance(effect, fx.TaskCompleted) else {}
        if "received_at" in answers:
            case.received_at = as_instant(answers["received_at"], calendar.zone)
            case.received_out_of_hours = not calendar.is_open(case.received_at)
        if "referrer_kind" in answers:
            case.referrer_kind = answers["referrer_kind"]


def _set_due(session: Session, live_case: LiveCase) -> None:
    """Every open task carries the soonest of the authority's clocks that run around it."""
    case_id = live_case.case.id
    clocks = {
        row.deadline: row
        for row in session.scalars(
            select(Deadline).where(Deadline.case_id == case_id, Deadline.ended_at.is_(None))
        )
    }
    rows = {
        row.task: row
        for row in session.scalars(
            select(UserTask).where(UserTask.case_id == case_id, UserTask.ended_at.is_(None))
        )
    }
    for task in live_case.run.open_tasks():
        own = [clock for clock in task.deadlines if clock.owner == "authority"]
        for clock in own:
            clocks[clock.id].is_secured = _is_secured(live_case.definition, clock, task)
        binding = (clocks[clock.id] for clock in own)
        soonest = next((row for row in binding if not row.is_secured), None)
        rows[task.id].deadline_id = None if soonest is None else soonest.id
        rows[task.id].due_at = None if soonest is None else soonest.due_at


def _is_secured(definition: AuthorityDefinition, clock: OpenDeadline, task: CaseTask) -> bool:
    """Say whether the act's own instant, where that is a fact, is known to be in time."""
    element = definition.processes[clock.process_id].elements[clock.element_id]
    act = instant_of(element.properties.get("deadline.met_at"), task.variables)
    return act is not None and act <= clock.due_at


def _record(
    session: Session, live_case: LiveCase, step: Step, effects: Iterable[fx.Effect]
) -> None:
    effects = tuple(effects)
    decisions = [
        {"decision": e.decision_id, "rules": list(e.rules)}
        | ({} if e.override is None else {"overridden": True})
        for e in effects
        if isinstance(e, fx.DecisionTaken)
    ]
    about = audit.About(
        subject=step.subject,
        case_id=live_case.case.id,
        deployment_id=live_case.case.deployment_id,
        state_version=live_case.case.version,
        detail={
            "fingerprint": live_case.definition.fingerprint,
            "decisions": decisions,
            "effects": dict(Counter(event_of(effect) for effect in effects)),
        },
    )
    audit.record(session, step.event, about, by=step.by, now=step.now)
