"""All that happened to a child across cases, in the order of its dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.paging import Part, rows_of
from engine.definitions.model import AuthorityDefinition
from engine.identifiers import spoken
from engine.people import Actor
from engine.store.deployed import definitions_of
from engine.store.tables import Case, Deployment, TimelineEvent

SIZE = 60
_EVENTS = {
    "outcome.reached": "Outcome",
    "decision.taken": "Decided",
    "strategy.decided": "Strategy discussion",
    "message.received": "Arrived",
    "notification.sent": "Told",
    "task.completed": "Done",
    "deadline.missed": "Limit missed",
    "case.withdrawn": "Case withdrawn",
    "case.reopened": "Case reopened",
    "case.started.again": "Case begun again",
}


@dataclass(frozen=True, kw_only=True)
class ChronologyLine:
    """Something that happened in one of the cases."""

    at: datetime
    case_id: int
    reference: str
    kind: str
    words: str
    child: str | None


def chronology(
    session: Session, case_ids: Iterable[int], number: int, *, by: Actor
) -> Part[ChronologyLine]:
    """Give what happened in these cases, the oldest first; those that the actor may not see not."""
    query = (
        select(TimelineEvent, Case.reference, Deployment)
        .join(Case, Case.id == TimelineEvent.case_id)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .where(
            TimelineEvent.case_id.in_(set(case_ids)),
            Case.authority.in_(by.sees),
            TimelineEvent.event.in_(_EVENTS),
        )
        .order_by(TimelineEvent.at, TimelineEvent.id)
    )
    rows, goes_on = rows_of(session, query, number=number, size=SIZE)
    versions = definitions_of(session, {deployment for _, _, deployment in rows})
    lines = tuple(
        ChronologyLine(
            at=row.at,
            case_id=row.case_id,
            reference=reference,
            kind=_EVENTS[row.event],
            words=_words(row, versions[deployment.id]),
            child=row.child,
        )
        for row, reference, deployment in rows
    )
    return Part(lines=lines, number=number, goes_on=goes_on)


def _words(row: TimelineEvent, definition: AuthorityDefinition) -> str:
    if row.event == "outcome.reached":
        outcomes = definition.vocabulary.outcomes
        return outcomes.get(row.detail["outcome"], row.detail["outcome"])
    if row.event == "strategy.decided":
        return spoken(str(row.detail["outcome"]))
    if row.event == "notification.sent":
        told = spoken(f"{row.detail['recipient']}, {row.detail['kind']}")
        return f"{row.name}: {told}"
    return row.name or str(row.detail.get("reason", ""))
