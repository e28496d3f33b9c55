"""Everything that the page of one case shows, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.cases.history import TimelineLine, states, timeline
from engine.cases.mast import Child
from engine.cases.sections import RuleLine
from engine.definitions.model import AuthorityDefinition
from engine.people import Actor
from engine.runtime import confidential
from engine.runtime.lines import DeadlineLine, TaskLine, deadline_lines, task_lines
from engine.store.deployed import DeploymentLine, definition_for, line_of
from engine.store.tables import (
    Case,
    CaseStatus,
    ChildOfCase,
    Deadline,
    Decision,
    Deployment,
    Incident,
    Message,
    Notification,
    Outcome,
    Record,
    UserTask,
)


@dataclass(frozen=True, kw_only=True)
class EffectLine:
    """A notification, record, outcome or message; `word` is the vocabulary's."""

    at: datetime
    word: str  # `recipient:kind` for a notification
    label: str
    element_id: str
    child: str | None
    clauses: tuple[str, ...]
    product: bool = False  # a function of Frontdoor, not of a procedure
    expected: bool = True  # of a message: something waited for it
    by_name: str | None = None  # of a message: who recorded it


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """A decision table that was asked, with the rows that answered."""

    at: datetime
    decision_id: str
    label: str
    inputs: Mapping[str, Any]
    outputs: Any
    rules: tuple[RuleLine, ...]
    child: str | None
    clauses: tuple[str, ...]
    overridden_by_name: str | None  # whose professional judgement took the table's place
    override_reason: str | None
    table_outputs: Any  # what the table said, where it was overridden


@dataclass(frozen=True, kw_only=True)
class IncidentLine:
    """A step that failed."""

    id: int
    process_id: str | None
    element_id: str | None
    sentence: str
    at: datetime
    resolved_at: datetime | None
    resolved_by_name: str | None


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One case with all that belongs to it."""

    id: int
    reference: str
    authority: str
    authority_name: str
    deployment: DeploymentLine
    status: CaseStatus
    received_at: datetime
    received_out_of_hours: bool
    started_at: datetime
    started_by_name: str
    finished_at: datetime | None
    version: int
    children: tuple[Child, ...]
    tasks: tuple[TaskLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    timeline: tuple[TimelineLine, ...]
    notifications: tuple[EffectLine, ...]
    records: tuple[EffectLine, ...]
    outcomes: tuple[EffectLine, ...]
    messages: tuple[EffectLine, ...]
    decisions: tuple[DecisionLine, ...]
    incidents: tuple[IncidentLine, ...]
    elements: Mapping[str, Mapping[str, str]]  # process id → element id → `done` or `open`

    @property
    def open_tasks(self) -> tuple[TaskLine, ...]:
        """The tasks that wait for somebody."""
        return tuple(t for t in self.tasks if t.completed_at is None and t.withdrawn_at is None)


def page(session: Session, case_id: int, *, by: Actor, now: datetime) -> CasePage:
    """Give the page of a case. NotFound where the actor may not see it."""
    case = people.seen_case(session, case_id, by=by)
    definition = definition_for(session, case.deployment_id)
    deployment = line_of(session.get_one(Deployment, case.deployment_id))
    return CasePage(
        id=case.id,
        reference=case.reference,
        authority=case.authority,
        authority_name=definition.name,
        deployment=deployment,
        status=case.status,
        received_at=case.received_at,
        received_out_of_hours=case.received_out_of_hours,
        started_at=case.started_at,
        started_by_name=people.names(session, [case.started_by])[case.started_by],
        finished_at=case.finished_at,
        version=case.version,
        elements=states(session, case.id),
        timeline=timeline(session, case.id, definition),
        **_waiting(session, case, by=by, now=now),
        **_effects(session, case, definition, by=by),
    )


def _waiting(session: Session, case: Case, *, by: Actor, now: datetime) -> dict[str, Any]:
    tasks = session.scalars(
        select(UserTask).where(UserTask.case_id == case.id).order_by(UserTask.id)
    ).all()
    deadlines = session.scalars(
        select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.due_at, Deadline.id)
    ).all()
    children = session.scalars(
        select(ChildOfCase).where(ChildOfCase.case_id == case.id).order_by(ChildOfCase.position)
    )
    return {
        "children": tuple(Child(name=c.name, date_of_birth=c.date_of_birth) for c in children),
        "tasks": task_lines(session, tasks, by=by, now=now),
        "deadlines": deadline_lines(session, deadlines, now=now),
        "incidents": _incidents(session, case.id),
    }


def _effects(
    session: Session, case: Case, definition: AuthorityDefinition, *, by: Actor
) -> dict[str, Any]:
    vocabulary = definition.vocabulary
    hidden = confidential.hidden_in(session, case, by)
    decided = _rows(session, Decision, case.id)
    judges = people.names(session, (row.overridden_by for row in decided))
    return {
        "notifications": tuple(
            _line(row, f"{row.recipient}:{row.kind}", row.name, product=row.product)
            for row in _rows(session, Notification, case.id)
        ),
        "records": tuple(
            _line(row, row.record, vocabulary.records.get(row.record, row.record))
            for row in _rows(session, Record, case.id)
        ),
        "outcomes": tuple(
            _line(row, row.outcome, vocabulary.outcomes.get(row.outcome, row.outcome))
            for row in _rows(session, Outcome, case.id)
        ),
        "messages": _messages(session, case.id),
        "decisions": tuple(_decision(row, definition, hidden, judges) for row in decided),
    }


def _rows(session: Session, table: Any, case_id: int) -> Any:
    return session.scalars(
        select(table).where(table.case_id == case_id).order_by(table.step, table.position)
    ).all()


def _line(row: Any, word: str, label: str, **more: Any) -> EffectLine:
    return EffectLine(
        at=row.at,
        word=word,
        label=label,
        element_id=row.element_id,
        child=row.child,
        clauses=tuple(row.clauses),
        **more,
    )


def _messages(session: Session, case_id: int) -> tuple[EffectLine, ...]:
    rows = _rows(session, Message, case_id)
    named = people.names(session, (row.received_by for row in rows))
    return tuple(
        _line(row, row.message, row.name, expected=row.expected, by_name=named[row.received_by])
        for row in rows
    )


def _decision(
    row: Decision,
    definition: AuthorityDefinition,
    hidden: frozenset[str],
    judges: Mapping[str, str],
) -> DecisionLine:
    decision = definition.decisions[row.decision_id].decisions[row.decision_id]
    rules = decision.table.rules if decision.table else ()
    matched = (rule for rule in rules if rule.id in row.rules)
    return DecisionLine(
        at=row.at,
        decision_id=row.decision_id,
        label=decision.name,
        inputs=confidential.without(row.inputs, hidden),
        outputs=row.outputs,
        rules=tuple(RuleLine(id=rule.id, description=rule.description) for rule in matched),
        child=row.child,
        clauses=tuple(row.clauses),
        overridden_by_name=judges[row.overridden_by] if row.overridden_by else None,
        override_reason=row.override_reason,
        table_outputs=row.table_outputs,
    )


def _incidents(session: Session, case_id: int) -> tuple[IncidentLine, ...]:
    rows = session.scalars(
        select(Incident).where(Incident.case_id == case_id).order_by(Incident.id)
    ).all()
    named = people.names(session, (row.resolved_by for row in rows))
    return tuple(
        IncidentLine(
            id=row.id,
            process_id=row.process_id,
            element_id=row.element_id,
            sentence=row.sentence,
            at=row.at,
            resolved_at=row.resolved_at,
            resolved_by_name=named[row.resolved_by] if row.resolved_by else None,
        )
        for row in rows
    )
