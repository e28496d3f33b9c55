"""Writes the effects of a step into the tables in which people look for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.casework import effects as fx
from engine.runtime.effects import detail_of, event_of
from engine.store import tables

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


def write_children(place: Place, children: Iterable[Any]) -> None:
    """Keep who the contact is about, as last recorded."""
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
            role=effect.role,
            child=effect.child,
            form_id=effect.form_id,
            opened_at=effect.at,
        )
    )


def _task_completed(place: Place, effect: fx.TaskCompleted, common: dict[str, Any]) -> None:
    task = _task(place, effect.task)
    task.completed_by, task.completed_at, task.ended_at = place.by, effect.at, effect.at
    children = effect.answers.get("children")
    if isinstance(children, list):
        write_children(place, children)


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
            **common,
        )
    )


def _message(place: Place, effect: fx.MessageReceived, common: dict[str, Any]) -> None:
    place.session.add(
        tables.Message(
            message=effect.message, expected=effect.expected, received_by=place.by, **common
        )
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
}
