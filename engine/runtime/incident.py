"""Incidents: a step failed, the case stands where it stood, and somebody is to look at it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.errors import Invalid, NotFound, Refused
from engine.execution import ExecutionFailed
from engine.people import Actor, seen_case
from engine.runtime.persist import lock
from engine.runtime.waiting import waiting_timer
from engine.store.tables import Incident


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What failed where, in a sentence without anybody's data."""

    sentence: str
    process_id: str | None = None
    element_id: str | None = None


def failure_of(error: BaseException) -> Failure | None:
    """Say what an exception means for the people who look after the case.

    None for an ordinary refusal: nothing failed, and nobody has to look.
    """
    if isinstance(error, ExecutionFailed):
        return Failure(
            sentence=error.sentence, process_id=error.process_id, element_id=error.element_id
        )
    if isinstance(error, Refused | Invalid | NotFound):
        return None
    return Failure(
        sentence=f"The step was stopped by an error in Frontdoor itself ({type(error).__name__}). "
        "The case stands where it stood before; the server's log has the details."
    )


def record(
    session: Session, case_id: int, failure: Failure, *, by: Actor, now: datetime
) -> Incident:
    """Open an incident, in a transaction of its own after the failed one was rolled back.

    A failure that an open incident tells of already is not told twice.
    """
    lock(session, case_id)
    known = session.scalars(
        select(Incident).where(
            Incident.case_id == case_id,
            Incident.resolved_at.is_(None),
            Incident.sentence == failure.sentence,
        )
    ).first()
    if known is not None:
        return known
    incident = Incident(
        case_id=case_id,
        process_id=failure.process_id,
        element_id=failure.element_id,
        sentence=failure.sentence,
        at=now,
    )
    session.add(incident)
    session.flush()
    _audit(session, "incident.recorded", incident, by=by, now=now)
    return incident


def check_of_case(session: Session, incident_id: int, case_id: int) -> None:
    """Raise NotFound when the incident is none of this very case."""
    incident = session.get(Incident, incident_id)
    if incident is None or incident.case_id != case_id:
        raise NotFound("The case has no such incident.")


def retry(session: Session, incident_id: int, *, by: Actor, now: datetime) -> Incident:
    """Close an incident and let the case's timer try again from the beginning.

    Raises NotFound where the actor may not see the case.
    """
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise NotFound(f"there is no incident {incident_id}")
    seen_case(session, incident.case_id, by=by)
    lock(session, incident.case_id)
    session.refresh(incident)
    if incident.resolved_at is not None:
        return incident
    incident.resolved_at, incident.resolved_by = now, by.key
    timer = waiting_timer(session, incident.case_id)
    if timer is not None:
        timer.tries, timer.next_try_at = 0, max(timer.due_at, now)
    _audit(session, "incident.resolved", incident, by=by, now=now)
    return incident


def _audit(session: Session, event: str, incident: Incident, *, by: Actor, now: datetime) -> None:
    about = audit.About(
        subject=f"incident:{incident.id}",
        case_id=incident.case_id,
        detail={"process": incident.process_id, "element": incident.element_id},
    )
    audit.record(session, event, about, by=by.key, now=now)
