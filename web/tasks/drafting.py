"""Drafts of a task's answers, and what becomes of the text when a task cannot be completed."""

from typing import Any

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from engine import drafts
from engine.drafts import Draft
from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from engine.runtime import tasks
from web import clock
from web.auth import Access, actor, is_signed_in, requires
from web.database import reading, writing
from web.filters import hour
from web.forms import Boxes, change_entries, typed_rows
from web.kept import keep_for_later
from web.tasks import pages, receiving
from web.tasks.blueprint import bp

# What posts the boxes of a form.
_TYPING = frozenset({"tasks.complete", "tasks.save", "tasks.claim", "tasks.release"})

MOST_READ = 20_000_000  # bytes of one request, files and all


class _TooLargeTogether(RequestEntityTooLarge):
    """More than may be sent at once, in a request that was read nevertheless."""


@bp.post("/tasks/<int:task_id>/draft")
@requires(Access.CASEWORK)
def save(task_id: int) -> ResponseReturnValue:
    """Save what a person has typed so far: by the script every few seconds, or by a button."""
    boxes = receiving.boxes_sent()
    change_entries(boxes)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=_saved_by_script(task_id, boxes))
    receiving.keep_draft(task_id, boxes)
    with reading() as store:
        page = pages.load(store, task_id, by=actor(), now=clock.now())
    if problems := receiving.keep_files(page):
        return pages.show(page, boxes, problems), 422
    flash(f"Your draft was saved at {page.saved_at}. The task waits for you on the worklist.")
    return redirect(url_for("worklist.index"))


@bp.post("/tasks/<int:task_id>/draft/discard")
@requires(Access.CASEWORK)
def discard(task_id: int) -> ResponseReturnValue:
    """Throw a person's own draft away."""
    with writing() as store:
        drafts.forget(store, task_id, by=actor())
    flash("Your draft is gone. The page shows what is known.")
    return redirect(url_for(".task", task_id=task_id))


def _keep_for_later(store: Session, boxes: Boxes, person: Actor) -> Draft | None:
    task_id = int((request.view_args or {})["task_id"])
    if not receiving.said(boxes):
        return None
    return drafts.keep(store, task_id, boxes, by=person, now=clock.now())


keep_for_later(bp, _TYPING, _keep_for_later)


@bp.errorhandler(Refused)
def refuse(refused: Refused) -> ResponseReturnValue:
    """Say who was faster and when, and give back what was typed, kept as a draft."""
    task_id = int((request.view_args or {})["task_id"])
    _try_to_keep(task_id)
    with reading() as store:
        case_id = tasks.found(store, task_id, by=actor())[1].id
        draft = drafts.find(store, task_id, actor())
        form = drafts.form_of(store, task_id, by=actor())
    boxes: Boxes = draft.boxes if draft else {}
    return render_template(
        "tasks/conflict.html",
        sentence=str(refused),
        task_id=task_id,
        case_id=case_id,
        saved=hour(draft.saved_at, clock.now()) if draft else "",
        typed=typed_rows(form.fields, boxes) if form else (),
    ), 409


@bp.url_value_preprocessor
def read_more(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Read more than is kept, so that the text beside files that are too large is not lost."""
    request.max_content_length = MOST_READ


@bp.before_request
def weigh() -> None:
    """Refuse files that are too large together, once it is known who sends them."""
    most = current_app.config["MAX_CONTENT_LENGTH"]
    if is_signed_in() and (request.content_length or 0) > most:
        raise _TooLargeTogether


@bp.errorhandler(RequestEntityTooLarge)
def refuse_too_much(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how much may be sent at once; the text is kept as a draft where it could be read."""
    task_id = (request.view_args or {}).get("task_id", 0)
    if isinstance(error, _TooLargeTogether):
        _try_to_keep(task_id)
    with reading() as store:
        draft = drafts.find(store, task_id, actor()) if is_signed_in() else None
    return render_template(
        "tasks/too_much.html",
        task_id=task_id,
        saved=hour(draft.saved_at, clock.now()) if draft else "",
    ), 413


def _saved_by_script(task_id: int, boxes: Boxes) -> str:
    """When it was saved; nothing once the task has ended, for then nobody waits for the text."""
    now = clock.now()
    with writing() as store:
        draft = drafts.keep(store, task_id, boxes, by=actor(), now=now, if_open=True)
    return hour(draft.saved_at, now) if draft else ""


def _try_to_keep(task_id: int) -> None:
    boxes = receiving.boxes_sent()
    if request.endpoint not in _TYPING or not receiving.said(boxes):
        return
    try:
        receiving.keep_draft(task_id, boxes)
    except (Invalid, NotFound, Refused):
        return  # a role that was taken away meanwhile has no draft either
