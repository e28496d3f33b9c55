"""The longer lists of a case, each a page of its own: limits, decisions, who was told, records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import dmn, people
from engine.cases.mast import Mast
from engine.cases.paging import Part, rows_of
from engine.definitions.model import AuthorityDefinition
from engine.dmn.explain.results import result_in_words
from engine.identifiers import spoken
from engine.people import Actor
from engine.runtime import confidential
from engine.runtime.lines import DeadlineLine, deadline_lines
from engine.runtime.saying import known_in_words
from engine.store.tables import Case, Deadline, Decision, Letter, Message, Notification, Record

LIMITS, DECISIONS, LINES = 40, 15, 60  # of one page


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A table was overridden: by whom, why, and what it had said."""

    by_name: str
    reason: str
    table_said: str


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A row of a decision table that matched."""

    id: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision, in words, with its rules and clauses and the judgement that replaced it."""

    at: datetime
    decision_id: str
    label: str
    known: tuple[tuple[str, str], ...]  # what was asked about, and what was known of it
    result: str
    rules: tuple[RuleLine, ...]
    child: str | None
    clauses: tuple[str, ...]
    judged: Judged | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """Somebody was told something; `letter` is the id of what was written for it."""

    at: datetime
    recipient: str
    kind: str
    label: str
    child: str | None
    clauses: tuple[str, ...]
    product: bool
    letter: int | None
    letter_state: str | None
    is_for_email: bool


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message that arrived from outside."""

    at: datetime
    label: str
    expected: bool
    by_name: str


@dataclass(frozen=True, kw_only=True)
class Written:
    """Something was written down where the procedure says so."""

    at: datetime
    word: str
    label: str
    child: str | None
    clauses: tuple[str, ...]


def limits(session: Session, top: Mast, number: int, *, now: datetime) -> Part[DeadlineLine]:
    """Give the limits of a case, those that run before those that ended, the soonest first."""
    query = (
        select(Deadline)
        .where(Deadline.case_id == top.id)
        .order_by(Deadline.ended_at.is_not(None), Deadline.due_at, Deadline.id)
    )
    rows, goes_on = rows_of(session, query, number=number, size=LIMITS)
    lines = deadline_lines(session, [row for (row,) in rows], now=now)
    return Part(lines=lines, number=number, goes_on=goes_on)


def decisions(
    session: Session,
    top: Mast,
    definition: AuthorityDefinition,
    number: int,
    *,
    by: Actor,
    size: int = DECISIONS,
) -> Part[Decided]:
    """Give the decisions of a case, the newest first."""
    query = (
        select(Decision)
        .where(Decision.case_id == top.id)
        .order_by(Decision.step.desc(), Decision.position.desc())
    )
    found, goes_on = rows_of(session, query, number=number, size=size)
    rows: list[Decision] = [row for (row,) in found]
    named = people.names(session, (row.overridden_by for row in rows))
    hidden = confidential.hidden_in(session, session.get_one(Case, top.id), by)
    lines = tuple(_decided(row, definition, named, hidden) for row in rows)
    return Part(lines=lines, number=number, goes_on=goes_on)


def told(session: Session, top: Mast, number: int) -> Part[Told]:
    """Give who was told what, and the letter that was written for it, the newest first."""
    query = (
        select(Notification, Letter.id, Letter.state, Letter.address)
        .outerjoin(Letter, Letter.notification_id == Notification.id)
        .where(Notification.case_id == top.id)
        .order_by(Notification.step.desc(), Notification.position.desc(), Letter.id)
    )
    rows, goes_on = rows_of(session, query, number=number, size=LINES)
    lines = tuple(
        Told(
            at=row.at,
            recipient=row.recipient,
            kind=row.kind,
            label=row.name,
            child=row.child,
            clauses=tuple(row.clauses),
            product=row.product,
            letter=letter,
            letter_state=state,
            is_for_email=address is not None,
        )
        for row, letter, state, address in rows
    )
    return Part(lines=lines, number=number, goes_on=goes_on)


def heard(session: Session, top: Mast) -> tuple[Heard, ...]:
    """Give the latest messages from outside, the newest first."""
    rows = session.scalars(
        select(Message)
        .where(Message.case_id == top.id)
        .order_by(Message.step.desc(), Message.position.desc())
        .limit(LINES)
    ).all()
    named = people.names(session, (row.received_by for row in rows))
    return tuple(
        Heard(at=row.at, label=row.name, expected=row.expected, by_name=named[row.received_by])
        for row in rows
    )


def records(
    session: Session, top: Mast, definition: AuthorityDefinition, number: int
) -> Part[Written]:
    """Give what the procedure had written down, the newest first."""
    query = (
        select(Record)
        .where(Record.case_id == top.id)
        .order_by(Record.step.desc(), Record.position.desc())
    )
    rows, goes_on = rows_of(session, query, number=number, size=LINES)
    labels = definition.vocabulary.records
    lines = tuple(
        Written(
            at=row.at,
            word=row.record,
            label=labels.get(row.record, row.record),
            child=row.child,
            clauses=tuple(row.clauses),
        )
        for (row,) in rows
    )
    return Part(lines=lines, number=number, goes_on=goes_on)


def _decided(
    row: Decision,
    definition: AuthorityDefinition,
    named: Mapping[str, str],
    hidden: frozenset[str],
) -> Decided:
    decision = definition.decisions[row.decision_id].decisions[row.decision_id]
    rules = decision.table.rules if decision.table else ()
    inputs: Mapping[str, Any] = confidential.without(row.inputs, hidden)
    return Decided(
        at=row.at,
        decision_id=row.decision_id,
        label=decision.name,
        known=tuple(
            (spoken(name), known_in_words(definition, name, value))
            for name, value in inputs.items()
        ),
        result=result_in_words(decision, row.outputs),
        rules=tuple(
            RuleLine(id=rule.id, description=rule.description)
            for rule in rules
            if rule.id in row.rules
        ),
        child=row.child,
        clauses=tuple(row.clauses),
        judged=_judged(row, decision, named),
    )


def _judged(row: Decision, decision: dmn.Decision, named: Mapping[str, str]) -> Judged | None:
    if row.overridden_by is None:
        return None
    return Judged(
        by_name=named[row.overridden_by],
        reason=row.override_reason or "",
        table_said=result_in_words(decision, row.table_outputs),
    )
