"""What was done in a case last, and what was decided last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.model import AuthorityDefinition
from engine.dmn.explain.results import result_in_words
from engine.store.tables import Decision, TimelineEvent
from engine.store.timeline import told


@dataclass(frozen=True, kw_only=True)
class LastStep:
    """What was done last, and by whom."""

    name: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LastDecision:
    """What was decided last, by which rule; `is_judged` says that a person overrode the table."""

    label: str
    result: str
    rule: str
    clauses: tuple[str, ...]
    child: str | None
    is_judged: bool


def last_step(session: Session, case_id: int) -> tuple[TimelineEvent, str] | None:
    """Give the last answer or message, with who gave it."""
    found = session.execute(
        told(case_id, ("task.completed", "message.received"))
        .order_by(TimelineEvent.step.desc(), TimelineEvent.position.desc())
        .limit(1)
    ).first()
    return None if found is None else (found[0], found[1])


def last_decision(
    session: Session, case_id: int, definition: AuthorityDefinition
) -> LastDecision | None:
    """Give the last decision, without what was known for it."""
    row = session.scalars(
        select(Decision)
        .where(Decision.case_id == case_id)
        .order_by(Decision.step.desc(), Decision.position.desc())
        .limit(1)
    ).first()
    return None if row is None else in_few_words(row, definition)


def in_few_words(row: Decision, definition: AuthorityDefinition) -> LastDecision:
    """Give a decision without what was known for it."""
    decision = definition.decisions[row.decision_id].decisions[row.decision_id]
    rules = decision.table.rules if decision.table else ()
    return LastDecision(
        label=decision.name,
        result=result_in_words(decision, row.outputs),
        rule="; ".join(rule.description for rule in rules if rule.id in row.rules),
        clauses=tuple(row.clauses),
        child=row.child,
        is_judged=row.overridden_by is not None,
    )
