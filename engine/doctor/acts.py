"""Examines what people did to a case as a whole: withdrawn, reopened, corrected, overridden."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.casework import CaseRun
from engine.store.tables import Case, CaseAct, Correction, Decision, TimelineEvent

_TOLD = {
    "case.withdrawn": "withdrawn",
    "case.reopened": "reopened",
    "case.started.again": "reopened",
    "fact.corrected": "corrected",
}


def acts_of(session: Session, case: Case, run: CaseRun) -> Iterator[str]:
    """Say where acts, their lines in the timeline and the saved state tell different things."""
    acts = session.scalars(
        select(CaseAct.act).where(CaseAct.case_id == case.id).order_by(CaseAct.id)
    ).all()
    if run.is_withdrawn != (acts[-1:] == ["withdrawn"]):
        yield "What was last done to the case as a whole is not what its saved state says."
    done = Counter(acts)
    done["corrected"] = _count(session, Correction, case)
    told = Counter(_TOLD[event] for event in _events(session, case))
    for act in ("withdrawn", "reopened", "corrected"):
        if done[act] != told[act]:
            yield f"The timeline tells {told[act]} times that it was {act}, and not {done[act]}."
    yield from _judgements(session, case)


def _judgements(session: Session, case: Case) -> Iterator[str]:
    rows = session.scalars(
        select(Decision).where(Decision.case_id == case.id, Decision.overridden_by.is_not(None))
    )
    marked = {(row.step, row.position) for row in rows if row.override_reason}
    events = session.scalars(
        select(TimelineEvent).where(
            TimelineEvent.case_id == case.id, TimelineEvent.event == "decision.taken"
        )
    )
    told = {(event.step, event.position) for event in events if event.detail.get("override")}
    if marked != told:
        yield "The timeline tells of other overridden decisions than are marked."


def _events(session: Session, case: Case) -> list[str]:
    rows = session.scalars(
        select(TimelineEvent.event).where(
            TimelineEvent.case_id == case.id, TimelineEvent.event.in_(_TOLD)
        )
    )
    return list(rows)


def _count(session: Session, table: type[Correction], case: Case) -> int:
    query = select(func.count()).select_from(table).where(table.case_id == case.id)
    return session.scalar(query) or 0
