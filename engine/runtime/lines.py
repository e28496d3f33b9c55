"""Tasks and deadlines as values that lists and pages show, names and labels looked up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.identifiers import spoken
from engine.people import Actor
from engine.store.deployed import definition_for
from engine.store.tables import Case, Deadline, TaskState, UserTask

DeadlineState = Literal["running", "overdue", "met", "missed", "left"]


@dataclass(frozen=True, kw_only=True)
class ListedTask:
    """What every list says of a user task."""

    id: int
    case_id: int
    reference: str
    authority: str
    authority_name: str
    process_id: str
    element_id: str
    name: str
    about: str | None
    role: str
    role_label: str
    child: str | None
    due_at: datetime | None
    deadline_name: str | None
    is_overdue: bool
    claimed_by_name: str | None
    is_mine: bool  # claimed by whoever reads
    zone: ZoneInfo

    @property
    def title(self) -> str:
        """The name, and what the task is about where the name alone does not tell."""
        return f"{self.name}: {self.about}" if self.about else self.name


@dataclass(frozen=True, kw_only=True)
class TaskLine(ListedTask):
    """A user task in any state, with what became of it."""

    state: TaskState
    opened_at: datetime
    claimed_by: str | None
    claimed_at: datetime | None
    completed_by_name: str | None
    completed_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads a list and when, with the names of those who have its tasks, by their keys."""

    by: Actor
    named: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class DeadlineLine:
    """A clock of a case as a list shows it; `explanation` is its arithmetic in words."""

    id: int
    case_id: int
    reference: str
    process_id: str
    element_id: str
    deadline_name: str
    label: str
    due_at: datetime
    started_from: datetime
    amount: int
    unit: str
    strength: str
    owner: str
    explanation: str
    clauses: tuple[str, ...]
    child: str | None
    state: DeadlineState
    warn_at: datetime | None
    missed_at: datetime | None
    ended_at: datetime | None
    met: bool | None
    recorded_late: bool  # met by an act in time, but recorded after the limit


def task_lines(
    session: Session, rows: Sequence[UserTask], *, by: Actor, now: datetime
) -> tuple[TaskLine, ...]:
    """Give user tasks as lines, in the same order."""
    cases = _cases(session, rows)
    limits = {
        row.id: row.deadline_name
        for row in session.scalars(
            select(Deadline).where(Deadline.id.in_({row.deadline_id for row in rows}))
        )
    }
    named = people.names(session, (key for r in rows for key in (r.claimed_by, r.completed_by)))
    reader = Reader(by=by, named=named, now=now)
    return tuple(
        TaskLine(
            **vars(
                listed_task(
                    session, row, cases[row.case_id], limits.get(row.deadline_id or 0), reader
                )
            ),
            state=row.state,
            opened_at=row.opened_at,
            claimed_by=row.claimed_by,
            claimed_at=row.claimed_at,
            completed_by_name=named[row.completed_by] if row.completed_by else None,
            completed_at=row.completed_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


def listed_task(
    session: Session, row: UserTask, case: Case, deadline_name: str | None, reader: Reader
) -> ListedTask:
    """Give what every list says of a task; `deadline_name` is of the limit that binds it."""
    definition = definition_for(session, case.deployment_id)
    return ListedTask(
        id=row.id,
        case_id=case.id,
        reference=case.reference,
        authority=case.authority,
        authority_name=definition.name,
        process_id=row.process_id,
        element_id=row.element_id,
        name=row.name,
        about=row.about,
        role=row.role,
        role_label=definition.roles.get(row.role, row.role),
        child=row.child,
        due_at=row.due_at,
        deadline_name=deadline_name,
        is_overdue=row.ended_at is None and row.due_at is not None and row.due_at < reader.now,
        claimed_by_name=reader.named[row.claimed_by] if row.claimed_by else None,
        is_mine=row.claimed_by == reader.by.key,
        zone=definition.calendar.zone,
    )


def deadline_lines(
    session: Session, rows: Sequence[Deadline], *, now: datetime
) -> tuple[DeadlineLine, ...]:
    """Give clocks as lines, in the same order."""
    cases = _cases(session, rows)
    return tuple(_deadline_line(row, cases[row.case_id], now=now) for row in rows)


def state_of(row: Deadline, *, now: datetime) -> DeadlineState:
    """Say where a clock stands: it is overdue only after its due instant."""
    if row.ended_at is not None:
        return "left" if row.met is None else "met" if row.met else "missed"
    if row.is_secured:
        return "met"
    return "overdue" if row.missed_at is not None or row.due_at < now else "running"


def _cases(session: Session, rows: Iterable[UserTask | Deadline]) -> dict[int, Case]:
    wanted = {row.case_id for row in rows}
    if len(wanted) == 1:  # the page of a case or a task has it already
        return {key: session.get_one(Case, key) for key in wanted}
    return {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(wanted)))}


def _deadline_line(row: Deadline, case: Case, *, now: datetime) -> DeadlineLine:
    state = state_of(row, now=now)
    return DeadlineLine(
        id=row.id,
        case_id=case.id,
        reference=case.reference,
        process_id=row.process_id,
        element_id=row.element_id,
        deadline_name=row.deadline_name,
        label=row.name or spoken(row.deadline_name),
        due_at=row.due_at,
        started_from=row.started_from,
        amount=row.amount,
        unit=row.unit,
        strength=row.strength,
        owner=row.owner,
        explanation=row.explanation,
        clauses=tuple(row.clauses),
        child=row.child,
        state=state,
        warn_at=row.warn_at,
        missed_at=row.missed_at,
        ended_at=row.ended_at,
        met=row.met,
        recorded_late=state == "met" and row.missed_at is not None,
    )
