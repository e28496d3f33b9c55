"""Earlier cases of a child: where each stands, and on which database it is recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.store.deployed import definitions_of
from engine.store.tables import Case, CaseStatus, Deployment, Record

DATABASES = ("statutory_database", "early_help_database")  # records that say which database


@dataclass(frozen=True, kw_only=True)
class EarlierCase:
    """A case that is known already, in one line."""

    id: int
    reference: str
    authority: str
    authority_name: str
    status: CaseStatus
    received_at: datetime
    recorded: tuple[str, ...]  # the databases that a record of the case names

    @property
    def is_open(self) -> bool:
        """Whether anything of the case is still to be done or awaited."""
        return self.status is not CaseStatus.FINISHED


def earlier(session: Session, ids: Collection[int]) -> dict[int, EarlierCase]:
    """Give the cases of these ids, newest first."""
    rows = session.execute(
        select(Case, Deployment)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .where(Case.id.in_(sorted(ids)))
        .order_by(Case.id.desc())
    ).all()
    recorded = _recorded(session, rows)
    return {
        case.id: EarlierCase(
            id=case.id,
            reference=case.reference,
            authority=case.authority,
            authority_name=deployment.authority_name,
            status=case.status,
            received_at=case.received_at,
            recorded=recorded.get(case.id, ()),
        )
        for case, deployment in rows
    }


def _recorded(
    session: Session, cases: Sequence[Row[Case, Deployment]]
) -> dict[int, tuple[str, ...]]:
    versions = {case.id: deployment for case, deployment in cases}
    rows = session.execute(
        select(Record.case_id, Record.record)
        .where(Record.case_id.in_(sorted(versions)), Record.record.in_(DATABASES))
        .order_by(Record.case_id, Record.step, Record.position)
    ).all()
    read = definitions_of(session, {versions[case_id] for case_id, _ in rows})
    found: dict[int, dict[str, None]] = {}
    for case_id, record in rows:
        words = read[versions[case_id].id].vocabulary.records
        found.setdefault(case_id, {})[words.get(record, record)] = None
    return {case_id: tuple(labels) for case_id, labels in found.items()}
