"""The history of a case: what happened, in sentences, in the order in which it happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.definitions.model import AuthorityDefinition
from engine.store.tables import AuditEntry, TimelineEvent


@dataclass(frozen=True, kw_only=True)
class TimelineLine:
    """Something that happened in a case."""

    at: datetime
    event: str  # `task.completed`, `deadline.missed`, …
    sentence: str
    by_name: str | None  # who took the step that it was part of
    process_id: str
    element_id: str
    child: str | None
    clauses: tuple[str, ...]


def timeline(
    session: Session, case_id: int, definition: AuthorityDefinition
) -> tuple[TimelineLine, ...]:
    """Give what people want to read of a case's history; steps between them are left out."""
    rows = session.scalars(
        select(TimelineEvent)
        .where(TimelineEvent.case_id == case_id, TimelineEvent.event.in_(_SENTENCES))
        .order_by(TimelineEvent.step, TimelineEvent.position)
    ).all()
    actors = {
        entry.state_version: entry.by
        for entry in session.scalars(
            select(AuditEntry).where(
                AuditEntry.case_id == case_id, AuditEntry.state_version.is_not(None)
            )
        )
    }
    named = people.names(session, actors.values())
    missed = {row.detail["deadline"] for row in rows if row.event == "deadline.missed"}
    return tuple(
        TimelineLine(
            at=row.at,
            event=row.event,
            sentence=_SENTENCES[row.event](row.name, _detail(row, missed), definition),
            by_name=named.get(actors.get(row.step, "")),
            process_id=row.process_id,
            element_id=row.element_id,
            child=row.child,
            clauses=tuple(row.clauses),
        )
        for row in rows
    )


def states(session: Session, case_id: int) -> dict[str, dict[str, str]]:
    """Give, for each diagram, which elements are `done` and which user tasks are `open`."""
    rows = session.execute(
        select(TimelineEvent.event, TimelineEvent.process_id, TimelineEvent.element_id)
        .where(
            TimelineEvent.case_id == case_id,
            TimelineEvent.event.in_(("task.opened", "element.done", "task.withdrawn")),
        )
        .order_by(TimelineEvent.step, TimelineEvent.position)
    )
    found: dict[str, dict[str, str]] = {}
    for event, process_id, element_id in rows:
        elements = found.setdefault(process_id, {})
        if event == "task.withdrawn":
            elements.pop(element_id, None)
        else:
            elements[element_id] = "open" if event == "task.opened" else "done"
    return found


Sentence = Callable[[str, Mapping[str, Any], AuthorityDefinition], str]


def words(identifier: str) -> str:
    """Give an id of the vocabulary as words."""
    return identifier.replace("_", " ")


def _detail(row: TimelineEvent, missed: set[str]) -> Mapping[str, Any]:
    return {**row.detail, "was_missed": row.detail.get("deadline") in missed}


def _told(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"{name}: {words(detail['recipient'])}, {words(detail['kind'])}"


def _recorded(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"Recorded: {definition.vocabulary.records.get(detail['record'], detail['record'])}"


def _outcome(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"Outcome: {definition.vocabulary.outcomes.get(detail['outcome'], detail['outcome'])}"


def _ended(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    how = {True: "met", False: "ended late", None: "no longer runs"}[detail["met"]]
    if detail["met"] and detail["was_missed"]:
        how = "met, recorded late"
    return f"Limit {how}: {words(detail['deadline_name'])}"


def _message(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return name if detail["expected"] else f"{name}; nothing was waiting for it"


def _limit(how: str) -> Sentence:
    return lambda name, detail, definition: f"Limit {how}: {words(detail['deadline_name'])}"


def _named(verb: str) -> Sentence:
    return lambda name, detail, definition: f"{verb}: {name}"


_SENTENCES: Mapping[str, Sentence] = {
    "flow.entered": _named("Entered"),
    "task.completed": _named("Completed"),
    "task.withdrawn": _named("Withdrawn"),
    "deadline.started": _limit("started"),
    "deadline.warned": _limit("ends soon"),
    "deadline.missed": _limit("missed"),
    "deadline.ended": _ended,
    "notification.sent": _told,
    "record.made": _recorded,
    "outcome.reached": _outcome,
    "strategy.decided": lambda name, detail, definition: (
        f"The strategy discussion came to: {words(detail['outcome'])}"
    ),
    "decision.taken": _named("Decided by table"),
    "authorised": lambda name, detail, definition: (
        f"Authorised by {definition.roles.get(detail['role'], detail['role'])}"
    ),
    "message.received": _message,
    "case.finished": lambda name, detail, definition: "The case is finished",
}
