"""What stands at the top of every page of a case: whose it is, and where it stands."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.model import AuthorityDefinition
from engine.people import Actor, seen_case
from engine.runtime import judgement
from engine.runtime.acts import WITHDRAWN
from engine.store.deployed import definition_for
from engine.store.tables import Case, CaseAct, CaseStatus, ChildOfCase, Deployment


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child whom the contact is about."""

    name: str
    date_of_birth: str | None


@dataclass(frozen=True, kw_only=True)
class Mast:
    """A case as every page of it names it, and what whoever looks may do with it as a whole."""

    id: int
    reference: str
    authority: str
    authority_name: str
    status: CaseStatus
    last_act: CaseAct | None  # of a case that is finished
    children: tuple[Child, ...]
    received_at: datetime
    received_out_of_hours: bool
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    may_judge: bool
    held: tuple[object, ...] = field(repr=False)  # rows, so that nothing reads them again

    @property
    def is_withdrawn(self) -> bool:
        """Somebody has taken the case off everybody's desk."""
        return self.last_act is not None and self.last_act.act == WITHDRAWN

    @property
    def may_withdraw(self) -> bool:
        """Whoever looks may take the case off everybody's desk."""
        return self.may_judge and self.status is not CaseStatus.FINISHED

    @property
    def may_reopen(self) -> bool:
        """Whoever looks may open the case again: nobody but the referrer has anything to do."""
        return self.may_judge and self.status is not CaseStatus.OPEN


def mast(session: Session, case_id: int, *, by: Actor) -> tuple[Mast, AuthorityDefinition]:
    """Give the top of a case's pages. NotFound where the actor may not see the case."""
    both = session.execute(  # in one statement
        select(Case, Deployment)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .where(Case.id == case_id)
    ).first()
    case = seen_case(session, case_id, by=by)
    definition = definition_for(session, case.deployment_id)
    children = session.scalars(
        select(ChildOfCase).where(ChildOfCase.case_id == case.id).order_by(ChildOfCase.position)
    )
    act = last_act(session, case.id) if case.status is CaseStatus.FINISHED else None
    found = Mast(
        id=case.id,
        reference=case.reference,
        authority=case.authority,
        authority_name=definition.name,
        status=case.status,
        last_act=act,
        children=tuple(Child(name=c.name, date_of_birth=c.date_of_birth) for c in children),
        received_at=case.received_at,
        received_out_of_hours=case.received_out_of_hours,
        started_at=case.started_at,
        started_by=case.started_by,
        finished_at=case.finished_at,
        may_judge=judgement.may_judge(definition, by),
        held=() if both is None else tuple(both),
    )
    return found, definition


def last_act(session: Session, case_id: int) -> CaseAct | None:
    """Give how the case was last withdrawn or opened again, if it ever was."""
    return session.scalars(
        select(CaseAct).where(CaseAct.case_id == case_id).order_by(CaseAct.id.desc()).limit(1)
    ).first()
