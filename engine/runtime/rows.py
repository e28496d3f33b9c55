"""Writes the effects of a step into the tables in which people look for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, delete, or_, select, update
from sqlalchemy.orm import Session

from engine import search_terms
from engine.casework import effects as fx
from engine.runtime.effects import detail_of, event_of
from engine.store import tables

_FAMILY = {
    search_terms.ADDRESS: search_terms.ADDRESS_KEYS,
    search_terms.HOUSEHOLD: search_terms.HOUSEHOLD_KEYS,
}
_ABOUT_A_CHILD: tuple[Any, ...] = (
    tables.UserTask,
    tables.Deadline,
    tables.Notification,
    tables.Record,
    tables.Outcome,
    tables.Decision,
)
LONGEST_DATE = 40  # of a birth that is expected, in words; the facts keep whatever was sent


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where rows of a step belong, and who took the step when."""

    session: Session
    case_id: int
    authority: str
    step: int
    by: str
    now: datetime


def write(place: Place, effects: Iterable[fx.Effect]) -> None:
    """Add every effect to the timeline, and to the table of its kind."""
    for position, effect in enumerate(effects):
        common = _common(place, position, effect)
        place.session.add(
            tables.TimelineEvent(event=event_of(effect), detail=detail_of(effect), **common)
        )
        writer = _WRITERS.get(type(effect))
        if writer is not None:
            writer(place, effect, common)


def write_known(place: Place, facts: Mapping[str, Any]) -> None:
    """Keep whom these facts say the contact is about, and by what the case is to be found."""
    children = facts.get("children")
    if isinstance(children, list):
        write_children(place, children)
    for kind, keys in _FAMILY.items():
        if not facts.keys().isdisjoint(keys):
            table = tables.SearchTerm
            _forget_terms(place, table.kind == kind, table.child.is_(None))
            found = search_terms.terms_of_facts({key: facts.get(key) for key in keys})
            add_terms(place, found)


def write_children(place: Place, children: Iterable[Any]) -> None:
    """Keep who the contact is about, as last recorded, and their search terms."""
    children = list(children)
    table = tables.ChildOfCase
    place.session.execute(delete(table).where(table.case_id == place.case_id))
    for position, child in enumerate(children):
        born = child.get("date_of_birth") or child.get("expected")
        place.session.add(
            table(
                case_id=place.case_id,
                position=position,
                name=str(child.get("name") or ""),
                date_of_birth=None if born is None else str(born)[:LONGEST_DATE],
            )
        )
    reference = place.session.get_one(tables.Case, place.case_id).reference
    term = tables.SearchTerm
    _forget_terms(place, or_(term.child.is_not(None), term.kind == search_terms.REFERENCE))
    add_terms(place, search_terms.terms_of(children, reference))


def _forget_terms(place: Place, *conditions: ColumnElement[bool]) -> None:
    table = tables.SearchTerm
    place.session.execute(delete(table).where(table.case_id == place.case_id, *conditions))


def add_terms(place: Place, terms: Iterable[search_terms.Term]) -> None:
    """Let a case be found by these terms too."""
    place.session.add_all(
        tables.SearchTerm(
            case_id=place.case_id,
            authority=place.authority,
            kind=term.kind,
            term=term.term,
            child=term.child,
        )
        for term in terms
    )


def _common(place: Place, position: int, effect: fx.Effect) -> dict[str, Any]:
    return {
        "case_id": place.case_id,
        "step": place.step,
        "position": position,
        "at": effect.at,
        "process_id": effect.process_id,
        "element_id": effect.element_id,
        "name": effect.name,
        "clauses": list(effect.clauses),
        "child": effect.child,
    }


def _task_opened(place: Place, effect: fx.TaskOpened, common: dict[str, Any]) -> None:
    place.session.add(
        tables.UserTask(
            case_id=place.case_id,
            authority=place.authority,
            task=effect.task,
            process_id=effect.process_id,
            element_id=effect.element_id,
            name=effect.name,
            about=effect.about,
            role=effect.role,
            child=effect.child,
            form_id=effect.form_id,
            opened_at=effect.at,
        )
    )


def _task_completed(place: Place, effect: fx.TaskCompleted, common: dict[str, Any]) -> None:
    task = _task(place, effect.task)
    task.completed_by, task.completed_at, task.ended_at = place.by, effect.at, effect.at
    write_known(place, effect.answers)


def _task_withdrawn(place: Place, effect: fx.TaskWithdrawn, common: dict[str, Any]) -> None:
    task = _task(place, effect.task)
    task.withdrawn_at = task.ended_at = effect.at


def _deadline_started(place: Place, effect: fx.DeadlineStarted, common: dict[str, Any]) -> None:
    place.session.add(
        tables.Deadline(
            authority=place.authority,
            deadline=effect.deadline,
            deadline_name=effect.deadline_name,
            due_at=effect.due,
            started_from=effect.started_from,
            amount=effect.amount,
            unit=effect.unit,
            strength=effect.strength,
            owner=effect.owner,
            explanation=effect.explanation,
            warn_at=effect.warn_at,
            is_secured=False,
            **common,
        )
    )


def _deadline_missed(place: Place, effect: fx.DeadlineMissed, common: dict[str, Any]) -> None:
    _deadline(place, effect.deadline).missed_at = effect.at


def _deadline_ended(place: Place, effect: fx.DeadlineEnded, common: dict[str, Any]) -> None:
    deadline = _deadline(place, effect.deadline)
    deadline.ended_at, deadline.met = effect.at, effect.met


def _notification(place: Place, effect: fx.NotificationSent, common: dict[str, Any]) -> None:
    place.session.add(
        tables.Notification(
            recipient=effect.recipient, kind=effect.kind, product=effect.product, **common
        )
    )


def _record(place: Place, effect: fx.RecordMade, common: dict[str, Any]) -> None:
    place.session.add(tables.Record(record=effect.record, **common))


def _outcome(place: Place, effect: fx.OutcomeReached, common: dict[str, Any]) -> None:
    place.session.add(tables.Outcome(outcome=effect.outcome, **common))


def _decision(place: Place, effect: fx.DecisionTaken, common: dict[str, Any]) -> None:
    place.session.add(
        tables.Decision(
            decision_id=effect.decision_id,
            inputs=dict(effect.inputs),
            outputs=effect.outputs,
            rules=list(effect.rules),
            **_judgement(effect),
            **common,
        )
    )


def _judgement(effect: fx.DecisionTaken) -> dict[str, Any]:
    """What stays to be seen of a person's judgement in the table's place."""
    if effect.override is None:
        return {}
    return {
        "overridden_by": effect.override.by,
        "override_reason": effect.override.reason,
        "table_outputs": effect.table_outputs,
    }


def _message(place: Place, effect: fx.MessageReceived, common: dict[str, Any]) -> None:
    place.session.add(
        tables.Message(
            message=effect.message, expected=effect.expected, received_by=place.by, **common
        )
    )


def _withdrawn(place: Place, effect: fx.CaseWithdrawn, common: dict[str, Any]) -> None:
    """End what was open: nobody has to do it any more, and no clock of it runs."""
    task, clock = tables.UserTask, tables.Deadline
    _end(place, task, {"withdrawn_at": effect.at, "ended_at": effect.at})
    _end(place, clock, {"ended_at": effect.at})
    _end(place, tables.Incident, {"resolved_at": effect.at, "resolved_by": place.by})


def _end(place: Place, table: Any, values: Mapping[str, Any]) -> None:
    ended = table.resolved_at if table is tables.Incident else table.ended_at
    place.session.execute(
        update(table).where(table.case_id == place.case_id, ended.is_(None)).values(values)
    )


def _started_again(place: Place, effect: fx.CaseStartedAgain, common: dict[str, Any]) -> None:
    _end(place, tables.Deadline, {"ended_at": effect.at})


def _reopened(place: Place, effect: fx.CaseReopened, common: dict[str, Any]) -> None:
    """Let what the case goes on with wait and run again."""
    task, clock = tables.UserTask, tables.Deadline
    own = ((task, task.task, effect.tasks), (clock, clock.deadline, effect.deadlines))
    for table, identity, again in own:
        values = {"ended_at": None, "withdrawn_at" if table is task else "met": None}
        place.session.execute(
            update(table).where(table.case_id == place.case_id, identity.in_(again)).values(values)
        )


def _renamed(place: Place, effect: fx.FactCorrected, common: dict[str, Any]) -> None:
    """Let rows about a child carry the name that is right; the timeline keeps what it told."""
    if not effect.renamed:
        return
    for table in _ABOUT_A_CHILD:
        place.session.execute(
            update(table)
            .where(table.case_id == place.case_id, table.child.in_(effect.renamed))
            .values(child=case(dict(effect.renamed), value=table.child))
        )


def _task(place: Place, task: str) -> tables.UserTask:
    table = tables.UserTask
    return place.session.scalars(
        select(table).where(table.case_id == place.case_id, table.task == task)
    ).one()


def _deadline(place: Place, deadline: str) -> tables.Deadline:
    table = tables.Deadline
    return place.session.scalars(
        select(table).where(table.case_id == place.case_id, table.deadline == deadline)
    ).one()


_WRITERS: dict[type[fx.Effect], Callable[[Place, Any, dict[str, Any]], None]] = {
    fx.TaskOpened: _task_opened,
    fx.TaskCompleted: _task_completed,
    fx.TaskWithdrawn: _task_withdrawn,
    fx.DeadlineStarted: _deadline_started,
    fx.DeadlineMissed: _deadline_missed,
    fx.DeadlineEnded: _deadline_ended,
    fx.NotificationSent: _notification,
    fx.RecordMade: _record,
    fx.OutcomeReached: _outcome,
    fx.DecisionTaken: _decision,
    fx.MessageReceived: _message,
    fx.CaseWithdrawn: _withdrawn,
    fx.CaseReopened: _reopened,
    fx.CaseStartedAgain: _started_again,
    fx.FactCorrected: _renamed,
}
