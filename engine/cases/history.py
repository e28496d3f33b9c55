"""The history of a case: what happened, in sentences, in the order in which it happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.cases.paging import Part, rows_of
from engine.definitions.model import AuthorityDefinition
from engine.identifiers import spoken
from engine.store.tables import Deadline, TimelineEvent, UserTask
from engine.store.timeline import since_last_begun, told

SIZE = 50  # lines of one part


@dataclass(frozen=True, kw_only=True)
class TimelineLine:
    """Something that happened in a case."""

    at: datetime
    event: str  # `task.completed`, `deadline.missed`, …
    sentence: str
    by_name: str  # who took the step that it was part of
    process_id: str
    element_id: str
    child: str | None
    clauses: tuple[str, ...]


def timeline(
    session: Session, case_id: int, definition: AuthorityDefinition
) -> tuple[TimelineLine, ...]:
    """Give what people want to read of a case's history; steps between them are left out."""
    query = told(case_id, _SENTENCES).order_by(TimelineEvent.step, TimelineEvent.position)
    rows = session.execute(query).all()
    return _lines(session, case_id, definition, rows)


def latest(
    session: Session, case_id: int, definition: AuthorityDefinition, number: int
) -> Part[TimelineLine]:
    """Give one part of the history, the newest first."""
    newest = (TimelineEvent.step.desc(), TimelineEvent.position.desc())
    query = told(case_id, _SENTENCES).order_by(*newest)
    rows, goes_on = rows_of(session, query, number=number, size=SIZE)
    return Part(lines=_lines(session, case_id, definition, rows), number=number, goes_on=goes_on)


@dataclass(frozen=True, kw_only=True)
class Authorised:
    """A disposal was authorised: by whom, and in which role."""

    at: datetime
    by_name: str
    role_label: str
    child: str | None
    clauses: tuple[str, ...]


def authorised(
    session: Session, case_id: int, definition: AuthorityDefinition
) -> tuple[Authorised, ...]:
    """Give what managers authorised, the oldest first."""
    query = told(case_id, ("authorised",)).order_by(TimelineEvent.step, TimelineEvent.position)
    rows = session.execute(query).all()
    named = people.names(session, (by for _, by in rows))
    return tuple(
        Authorised(
            at=row.at,
            by_name=named[by],
            role_label=definition.roles.get(row.detail["role"], row.detail["role"]),
            child=row.child,
            clauses=tuple(row.clauses),
        )
        for row, by in rows
    )


def _lines(
    session: Session, case_id: int, definition: AuthorityDefinition, rows: Sequence[Any]
) -> tuple[TimelineLine, ...]:
    named = people.names(session, (by for _, by in rows))
    missed = set(
        session.scalars(
            select(Deadline.deadline).where(
                Deadline.case_id == case_id, Deadline.missed_at.is_not(None)
            )
        )
    )
    return tuple(
        TimelineLine(
            at=row.at,
            event=row.event,
            sentence=_SENTENCES[row.event](row.name, _detail(row, missed), definition),
            by_name=named[by],
            process_id=row.process_id,
            element_id=row.element_id,
            child=row.child,
            clauses=tuple(row.clauses),
        )
        for row, by in rows
    )


def states(session: Session, case_id: int) -> dict[str, dict[str, str]]:
    """Give, for each diagram, which elements are `done` and which user tasks are `open`.

    Of a case that went through its procedure again, what was done since.
    """
    done = session.execute(
        select(TimelineEvent.process_id, TimelineEvent.element_id)
        .where(
            TimelineEvent.case_id == case_id,
            TimelineEvent.event == "element.done",
            since_last_begun(case_id),
        )
        .distinct()
    )
    waiting = session.execute(
        select(UserTask.process_id, UserTask.element_id).where(
            UserTask.case_id == case_id, UserTask.ended_at.is_(None)
        )
    )
    found: dict[str, dict[str, str]] = {}
    for state, places in (("done", done), ("open", waiting)):
        for process_id, element_id in places:
            found.setdefault(process_id, {})[element_id] = state
    return found


Sentence = Callable[[str, Mapping[str, Any], AuthorityDefinition], str]


def _detail(row: TimelineEvent, missed: set[str]) -> Mapping[str, Any]:
    return {**row.detail, "was_missed": row.detail.get("deadline") in missed}


def _told(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"{name}: {spoken(detail['recipient'])}, {spoken(detail['kind'])}"


def _recorded(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"Recorded: {definition.vocabulary.records.get(detail['record'], detail['record'])}"


def _outcome(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return f"Outcome: {definition.vocabulary.outcomes.get(detail['outcome'], detail['outcome'])}"


def _ended(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    how = {True: "met", False: "ended late", None: "no longer runs"}[detail["met"]]
    if detail["met"] and detail["was_missed"]:
        how = "met, recorded late"
    return f"Limit {how}: {spoken(detail['deadline_name'])}"


def _message(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    return name if detail["expected"] else f"{name}; nothing was waiting for it"


def _decided(name: str, detail: Mapping[str, Any], definition: AuthorityDefinition) -> str:
    how = "by professional judgement" if detail.get("override") else "by table"
    return f"Decided {how}: {name}"


def _reason(what: str) -> Sentence:
    return lambda name, detail, definition: f"{what}: {detail['reason']}"


def _limit(how: str) -> Sentence:
    return lambda name, detail, definition: f"Limit {how}: {spoken(detail['deadline_name'])}"


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
        f"The strategy discussion came to: {spoken(detail['outcome'])}"
    ),
    "decision.taken": _decided,
    "authorised": lambda name, detail, definition: (
        f"Authorised by {definition.roles.get(detail['role'], detail['role'])}"
    ),
    "message.received": _message,
    "case.withdrawn": _reason("The case was withdrawn"),
    "case.reopened": _reason("The case was reopened"),
    "case.started.again": _reason("The case began again with new information"),
    "fact.corrected": lambda name, detail, definition: f"Put right: {spoken(detail['fact'])}",
    "case.finished": lambda name, detail, definition: "The case is finished",
}
