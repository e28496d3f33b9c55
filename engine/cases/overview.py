"""The first page of a case: where it stands and why, what is next, who acts, what is soonest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.cases.ahead import Following, following
from engine.cases.lately import LastDecision, LastStep, last_decision, last_step
from engine.cases.mast import Mast, last_act
from engine.definitions.model import AuthorityDefinition
from engine.identifiers import spoken
from engine.store.tables import (
    CaseAct,
    Deadline,
    Incident,
    Outcome,
    TimelineEvent,
    UserTask,
)

SHOWN = 40  # tasks, limits or outcomes; a case has fewer, and a page stays light


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A user task that waits, why it does, and what may follow it."""

    id: int
    name: str
    about: str | None
    process_id: str
    process_name: str
    element_id: str
    role_label: str
    child: str | None
    opened_at: datetime
    due_at: datetime | None
    is_overdue: bool
    claimed_by_name: str | None
    clauses: tuple[str, ...]
    following: tuple[Following, ...]


@dataclass(frozen=True, kw_only=True)
class Soonest:
    """The limit of the authority's own that ends first, or ended first and is not met."""

    label: str
    due_at: datetime
    explanation: str
    clauses: tuple[str, ...]
    child: str | None
    strength: str


@dataclass(frozen=True, kw_only=True)
class ChildStands:
    """Where one child's part of the case stands."""

    name: str
    date_of_birth: str | None
    waits_for: tuple[Waiting, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActLine:
    """The case was withdrawn or opened again."""

    act: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A step that failed, and that somebody must look at."""

    id: int
    sentence: str
    element_id: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OutcomeLine:
    """An outcome of the case, or of one child's part of it."""

    label: str
    child: str | None
    at: datetime
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the first page of a case says."""

    waiting: tuple[Waiting, ...]
    soonest: Soonest | None
    running: int
    overdue: int
    waits_for_referrer: tuple[str, ...]  # limits that only the referrer's act meets
    last_step: LastStep | None
    last_decision: LastDecision | None  # while the case goes on
    last_act: ActLine | None
    children: tuple[ChildStands, ...]
    outcomes: tuple[OutcomeLine, ...]
    failed: tuple[Failed, ...]
    started_by_name: str


def overview(
    session: Session,
    top: Mast,
    definition: AuthorityDefinition,
    *,
    now: datetime,
    brief: bool = False,
) -> Overview:
    """Give the first page of a case that the actor was found to see.

    In brief, without what was done last and what failed.
    """
    tasks = _open_tasks(session, top.id)
    clocks = _open_clocks(session, top.id)
    outcomes = _outcomes(session, top.id, definition)
    step = None if brief else last_step(session, top.id)
    act = top.last_act or last_act(session, top.id)
    goes_on = not brief and top.finished_at is None
    decided = last_decision(session, top.id, definition) if goes_on else None
    named = people.names(session, _keys(top, tasks, step, act))
    own = [clock for clock in clocks if clock.owner == "authority" and not clock.is_secured]
    waiting = tuple(_waiting(row, definition, named, now=now) for row in tasks)
    return Overview(
        waiting=waiting,
        soonest=_soonest(own[0]) if own else None,
        running=len(own),
        overdue=sum(clock.due_at < now for clock in own),
        waits_for_referrer=tuple(c.name for c in clocks if c.owner == "referrer"),
        last_step=None if step is None else _step(*step, named),
        last_decision=decided,
        last_act=None if act is None else _act(act, named),
        children=tuple(_children(top, waiting, outcomes)),
        outcomes=outcomes,
        failed=() if brief else _failed(session, top.id),
        started_by_name=named[top.started_by],
    )


def _open_tasks(session: Session, case_id: int) -> Sequence[UserTask]:
    return session.scalars(
        select(UserTask)
        .where(UserTask.case_id == case_id, UserTask.ended_at.is_(None))
        .order_by(UserTask.id)
        .limit(SHOWN)
    ).all()


def _open_clocks(session: Session, case_id: int) -> Sequence[Deadline]:
    return session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id, Deadline.ended_at.is_(None))
        .order_by(Deadline.due_at, Deadline.id)
    ).all()


def _outcomes(
    session: Session, case_id: int, definition: AuthorityDefinition
) -> tuple[OutcomeLine, ...]:
    rows = session.scalars(
        select(Outcome)
        .where(Outcome.case_id == case_id)
        .order_by(Outcome.step.desc(), Outcome.position.desc())
        .limit(SHOWN)
    ).all()
    labels = definition.vocabulary.outcomes
    return tuple(
        OutcomeLine(
            label=labels.get(row.outcome, row.outcome),
            child=row.child,
            at=row.at,
            clauses=tuple(row.clauses),
        )
        for row in reversed(rows)
    )


def _failed(session: Session, case_id: int) -> tuple[Failed, ...]:
    rows = session.scalars(
        select(Incident)
        .where(Incident.case_id == case_id, Incident.resolved_at.is_(None))
        .order_by(Incident.id)
        .limit(SHOWN)
    )
    return tuple(
        Failed(id=row.id, sentence=row.sentence, element_id=row.element_id, at=row.at)
        for row in rows
    )


def _keys(
    top: Mast,
    tasks: Iterable[UserTask],
    step: tuple[TimelineEvent, str] | None,
    act: CaseAct | None,
) -> list[str | None]:
    keys: list[str | None] = [top.started_by, *(row.claimed_by for row in tasks)]
    return [*keys, step[1] if step else None, act.by if act else None]


def _waiting(
    row: UserTask, definition: AuthorityDefinition, named: Mapping[str, str], *, now: datetime
) -> Waiting:
    process = definition.processes[row.process_id]
    return Waiting(
        id=row.id,
        name=row.name,
        about=row.about,
        process_id=row.process_id,
        process_name=process.name or spoken(process.id),
        element_id=row.element_id,
        role_label=definition.roles.get(row.role, row.role),
        child=row.child,
        opened_at=row.opened_at,
        due_at=row.due_at,
        is_overdue=row.due_at is not None and row.due_at < now,
        claimed_by_name=named[row.claimed_by] if row.claimed_by else None,
        clauses=process.elements[row.element_id].clauses,
        following=following(definition, row.process_id, row.element_id),
    )


def _soonest(row: Deadline) -> Soonest:
    return Soonest(
        label=row.name or spoken(row.deadline_name),
        due_at=row.due_at,
        explanation=row.explanation,
        clauses=tuple(row.clauses),
        child=row.child,
        strength=row.strength,
    )


def _step(row: TimelineEvent, by: str, named: Mapping[str, str]) -> LastStep:
    return LastStep(name=row.name, by_name=named[by], at=row.at)


def _act(row: CaseAct, named: Mapping[str, str]) -> ActLine:
    return ActLine(act=row.act, reason=row.reason, by_name=named[row.by], at=row.at)


def _children(
    top: Mast, waiting: Sequence[Waiting], outcomes: Sequence[OutcomeLine]
) -> Iterable[ChildStands]:
    for child in top.children:
        yield ChildStands(
            name=child.name,
            date_of_birth=child.date_of_birth,
            waits_for=tuple(w for w in waiting if w.child in (None, child.name)),
            outcomes=tuple(o.label for o in outcomes if o.child in (None, child.name)),
        )
