"""The audit trail of a case, for whoever asks who did what when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.errors import NotFound
from engine.people import Actor
from engine.store.tables import AuditEntry, Case


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One entry of the trail."""

    sequence: int
    at: datetime
    event: str
    by: str
    by_name: str
    subject: str
    state_version: int | None


def audit_trail(session: Session, case_id: int, *, by: Actor) -> tuple[AuditLine, ...]:
    """Give what was done in a case, in order. NotFound where the actor may not see it."""
    seen(session, case_id, by=by)
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.case_id == case_id).order_by(AuditEntry.sequence)
    ).all()
    named = people.names(session, (row.by for row in rows))
    return tuple(
        AuditLine(
            sequence=row.sequence,
            at=row.at,
            event=row.event,
            by=row.by,
            by_name=named[row.by],
            subject=row.subject,
            state_version=row.state_version,
        )
        for row in rows
    )


def seen(session: Session, case_id: int, *, by: Actor) -> Case:
    """Give a case that the actor may see; for others it does not exist."""
    case = session.get(Case, case_id)
    if case is None or not by.may_see_cases_of(case.authority):
        raise NotFound(f"there is no case {case_id}")
    return case
