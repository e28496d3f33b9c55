"""The lines of a worklist, with all that they show, from a few joined statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from engine import people
from engine.people import Actor
from engine.runtime.lines import ListedTask, Reader, listed_task
from engine.store.deployed import definition_for
from engine.store.tables import Case, ChildOfCase, Deadline, Deployment, UserTask


@dataclass(frozen=True, kw_only=True)
class WorklistLine(ListedTask):
    """An open task as the worklist shows it."""

    children: tuple[str, ...]  # of the task where it is about one, otherwise of the case
    strength: str | None  # must or should, of the limit
    covered_name: str | None  # of the absent person who has it and whom the reader covers
    may_act: bool  # the reader holds its role
    questions: tuple[str, ...]  # what it asks


def lines(
    session: Session,
    places: Select[Any],
    *,
    by: Actor,
    covered: Mapping[str, str],
    now: datetime,
) -> tuple[WorklistLine, ...]:
    """Give the tasks whose ids are selected, soonest limit first."""
    rows = _rows(session, places)
    children = _children(session, {row.UserTask.case_id for row in rows})
    named = people.names(session, (row.UserTask.claimed_by for row in rows))
    reader = Reader(by=by, named=named, now=now)
    return tuple(
        _line(session, row, reader, covered, children.get(row.Case.id, ())) for row in rows
    )


def chosen(
    session: Session, actor: Actor, task_ids: Collection[int], *, now: datetime
) -> tuple[WorklistLine, ...]:
    """Give those of the tasks that the actor may see, whether they are open or not."""
    places = select(UserTask.id).where(
        UserTask.id.in_(task_ids), UserTask.authority.in_(actor.sees)
    )
    return lines(session, places, by=actor, covered={}, now=now)


def _rows(
    session: Session, places: Select[Any]
) -> Sequence[Row[UserTask, Case, Deployment, str, str]]:
    found = places.subquery()
    return session.execute(
        select(UserTask, Case, Deployment, Deadline.deadline_name, Deadline.strength)
        .join_from(found, UserTask, UserTask.id == found.c.id)
        .join(Case, Case.id == UserTask.case_id)
        .join(Deployment, Deployment.id == Case.deployment_id)
        .outerjoin(Deadline, Deadline.id == UserTask.deadline_id)
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.id)
    ).all()


def _children(session: Session, case_ids: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for case_id, name in session.execute(
        select(ChildOfCase.case_id, ChildOfCase.name)
        .where(ChildOfCase.case_id.in_(case_ids))
        .order_by(ChildOfCase.case_id, ChildOfCase.position)
    ):
        found.setdefault(case_id, []).append(name)
    return found


def _line(
    session: Session,
    row: Row[UserTask, Case, Deployment, str, str],
    reader: Reader,
    covered: Mapping[str, str],
    children: Sequence[str],
) -> WorklistLine:
    task, case = row.UserTask, row.Case
    form = definition_for(session, case.deployment_id).forms.get(task.form_id or "")
    return WorklistLine(
        **vars(listed_task(session, task, case, row.deadline_name, reader)),
        children=(task.child,) if task.child else tuple(children),
        strength=row.strength,
        covered_name=covered.get(task.claimed_by or ""),
        may_act=reader.by.holds(case.authority, task.role),
        questions=() if form is None else tuple(f.label for f in form.walk() if f.key and f.label),
    )
