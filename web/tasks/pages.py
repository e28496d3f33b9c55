"""What the page of a user task shows, gathered from the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, url_for
from sqlalchemy.orm import Session

from engine import absences, documents, drafts, worklist
from engine.cases import Before, before
from engine.cases.answered import Origin, is_decided_afresh, origins
from engine.cases.answered import done as completed
from engine.definitions.model import Field, Form
from engine.documents import DocumentLine
from engine.drafts import Draft
from engine.people import Actor
from engine.runtime import tasks
from engine.runtime.tasks import TaskPage
from engine.worklist import DeadlineLine
from web.filters import hour, moment
from web.forms import Answered, Beside, Boxes, asked, error_summary, fill, questions, said

FILES = "filepicker"
_ALWAYS_OPEN = frozenset({"dynamiclist", FILES})
_LINES = {
    "start": "Answered by {who} when the contact was started, {at}",
    "task": "Answered by {who}, {at}",
    "correction": "Corrected by {who}, {at}",
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A user task with the limits that run around it, ready to be shown or completed."""

    task: TaskPage
    deadlines: tuple[DeadlineLine, ...]
    draft: Draft | None
    origins: Mapping[str, Origin]
    files: Mapping[str, tuple[DocumentLine, ...]]  # by field
    loaded_at: datetime
    before: Before | None = None
    holders: tuple[str, ...] = ()  # who can do it, where whoever asks cannot

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

    @property
    def may_fill(self) -> bool:
        """Whether whoever asks can fill the task in now."""
        return self.task.may_act and not self.is_taken

    @property
    def saved_at(self) -> str:
        """When the draft was saved, in words; empty where there is none."""
        return hour(self.draft.saved_at, self.loaded_at) if self.draft else ""

    @property
    def file_fields(self) -> tuple[Field, ...]:
        """The questions that ask for files."""
        return file_fields(self.form)

    @property
    def first_boxes(self) -> Boxes:
        """The boxes with what is known; what this task decides itself is left open."""
        known = {
            key: value
            for key, value in self.known.items()
            if not is_decided_afresh(key, self.origins.get(key))
        }
        return fill(self.form.fields, known, zone=self.zone)

    @property
    def own_boxes(self) -> Boxes:
        """The boxes as the person left them: their draft, or what is known."""
        return dict(self.draft.boxes) if self.draft else self.first_boxes


def load(session: Session, task_id: int, *, by: Actor, now: datetime) -> Page:
    """Gather the page; Refused when the task has ended, NotFound when it is not the actor's."""
    held = tasks.found(session, task_id, by=by)  # so that nobody reads them twice
    case, done = held[1], completed(session, held[1].id)
    page = load_answers(session, task_id, by=by, now=now)
    definition, waiting = page.task.definition, page.task.task
    around = {(entry.name, entry.child) for entry in waiting.deadlines}
    limits = worklist.deadlines(session, by, now=now, case_id=case.id) if around else ()
    running = (line for line in limits if line.ended_at is None)
    return replace(
        page,
        deadlines=tuple(line for line in running if (line.deadline_name, line.child) in around),
        origins=origins(session, case.id, definition, waiting, done),
        before=before(session, case.id, definition, waiting, done) if waiting.clauses else None,
        holders=() if page.task.may_act else _holders(session, page, by),
    )


def load_answers(session: Session, task_id: int, *, by: Actor, now: datetime) -> Page:
    """Gather what a person has answered, without what only the page with the questions shows."""
    found = tasks.get(session, task_id, by=by)
    return Page(
        task=found,
        deadlines=(),
        draft=drafts.find(session, task_id, by),
        origins={},
        files=_files(session, found),
        loaded_at=now,
    )


def show(
    page: Page,
    boxes: Boxes,
    problems: Mapping[str, str] | None = None,
    *,
    focus: str = "",
    restored: bool = False,
) -> str:
    """The page with what stands in its boxes and what is wrong with it.

    `focus` names the question that is to be changed, or the place in a list to go on at.
    """
    clauses_at = url_for("models.clauses", authority=page.task.definition.id)
    beside = Beside(
        answered=_answered(page, boxes, problems or {}, focus), files=page.files, focus=focus
    )
    found = questions(
        page.form.fields, boxes, problems or {}, page.known, clauses_at=clauses_at, beside=beside
    )
    return render_template(
        "tasks/task.html",
        page=page,
        task=page.task.task,
        questions=found,
        clauses_at=clauses_at,
        restored=restored,
        problems_found=error_summary(found),
    )


def _holders(session: Session, page: Page, by: Actor) -> tuple[str, ...]:
    needed = (page.task.definition.id, page.task.row.role)
    found = absences.colleagues(session, by)
    return tuple(colleague.name for colleague in found if needed in colleague.grants)


def file_fields(form: Form) -> tuple[Field, ...]:
    """The questions of a form that ask for files."""
    return tuple(field for field in form.walk() if field.type == FILES and field.key)


def _files(session: Session, found: TaskPage) -> dict[str, tuple[DocumentLine, ...]]:
    if not file_fields(found.task.form):
        return {}
    lines = documents.of_task(session, found.row.case_id, found.row.id)
    fields = {line.field for line in lines if line.field}
    return {field: tuple(line for line in lines if line.field == field) for field in fields}


def _answered(
    page: Page, boxes: Boxes, problems: Mapping[str, str], focus: str
) -> dict[str, Answered]:
    """Who answered what stands in the boxes, as long as it still stands there."""
    found = {}
    for field in asked(page.form.fields):
        key = str(field.key)
        origin = page.origins.get(key)
        if origin is None or is_decided_afresh(key, origin):
            continue
        known = fill((field,), page.known, zone=page.zone)
        if any(boxes.get(name, [""]) != texts for name, texts in known.items()):
            continue
        is_settled = origin.elsewhere and origin.same_question
        is_open = field.type in _ALWAYS_OPEN or key in problems or key == focus
        found[key] = Answered(
            value=said(field, known, key),
            line=_LINES[origin.how].format(who=origin.by_name, at=moment(origin.at)),
            folded=is_settled and not is_open,
        )
    return found
