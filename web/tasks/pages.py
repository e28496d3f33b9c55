"""What the page of a user task shows, gathered from the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, url_for
from sqlalchemy.orm import Session

from engine import worklist
from engine.definitions.model import Form
from engine.people import Actor
from engine.runtime import tasks
from engine.runtime.tasks import TaskPage
from engine.worklist import DeadlineLine
from web.forms import Boxes, error_summary, questions


@dataclass(frozen=True, kw_only=True)
class Page:
    """A user task with the limits that run around it, ready to be shown or completed."""

    task: TaskPage
    deadlines: tuple[DeadlineLine, ...]

    @property
    def form(self) -> Form:
        """What the task asks."""
        return self.task.task.form

    @property
    def known(self) -> Mapping[str, Any]:
        """What is known where the task stands."""
        return self.task.task.variables

    @property
    def zone(self) -> ZoneInfo:
        """Where the office's clock hangs."""
        return self.task.definition.calendar.zone

    @property
    def is_taken(self) -> bool:
        """Somebody else has claimed the task."""
        return self.task.claimed_by_name is not None and not self.task.is_mine


def load(session: Session, task_id: int, *, by: Actor, now: datetime) -> Page:
    """Gather the page; Refused when the task has ended, NotFound when it is not the actor's."""
    found = tasks.get(session, task_id, by=by)
    around = {(entry.name, entry.child) for entry in found.task.deadlines}
    limits = worklist.deadlines(session, by, now=now, case_id=found.row.case_id)
    running = (line for line in limits if line.ended_at is None)
    return Page(
        task=found,
        deadlines=tuple(line for line in running if (line.deadline_name, line.child) in around),
    )


def show(page: Page, boxes: Boxes, problems: Mapping[str, str] | None = None) -> str:
    """The page with what stands in its boxes and what is wrong with it."""
    clauses_at = url_for("models.clauses", authority=page.task.definition.id)
    found = questions(page.form.fields, boxes, problems or {}, page.known, clauses_at=clauses_at)
    return render_template(
        "tasks/task.html",
        page=page,
        task=page.task.task,
        questions=found,
        clauses_at=clauses_at,
        problems_found=error_summary(found),
    )
