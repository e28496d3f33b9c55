"""Examines the whole database: every case, the audit trail, the service and the file."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engine import audit
from engine.doctor.cases import of_case
from engine.doctor.finding import Finding
from engine.store.tables import Case, Incident, Timer

LATEST = timedelta(minutes=10)  # a timer that has waited longer than this after its due instant


def check_invariants(session: Session, *, now: datetime) -> tuple[Finding, ...]:
    """Give everything that does not hold together; an empty answer means all is well."""
    return tuple(_findings(session, now=now))


def _findings(session: Session, *, now: datetime) -> Iterator[Finding]:
    for case in session.scalars(select(Case).order_by(Case.id)):
        yield from of_case(session, case)
        session.expunge_all()
    yield from _trail(session)
    yield from _late(session, now=now)
    yield from _file(session)


def _trail(session: Session) -> Iterator[Finding]:
    for flaw in audit.verify(session):
        number = flaw.chain.partition(":")[2]
        yield Finding(
            invariant="I4",
            case_id=int(number) if number else None,
            sentence=f"The audit trail {flaw.chain} is damaged: {flaw.sentence}.",
        )


def _late(session: Session, *, now: datetime) -> Iterator[Finding]:
    told = select(Incident.id).where(
        Incident.case_id == Timer.case_id, Incident.resolved_at.is_(None)
    )
    late = session.scalars(
        select(Timer)
        .where(Timer.ended_at.is_(None), Timer.due_at < now - LATEST, ~told.exists())
        .order_by(Timer.id)
    )
    for timer in late:
        sentence = f"A timer was due at {timer.due_at:%Y-%m-%d %H:%M} UTC and has not fired."
        yield Finding(invariant="I8", case_id=timer.case_id, sentence=sentence)


def _file(session: Session) -> Iterator[Finding]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (answer,) in session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            sentence = f"The database's file is damaged: {answer}."
            yield Finding(invariant="I9", case_id=None, sentence=sentence)
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        sentence = f"Row {row} of {table} points to a row of {parent} that is not there."
        yield Finding(invariant="I9", case_id=None, sentence=sentence)
