"""The page of one user task, and what is done with it."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine import drafts
from engine.casework import InvalidAnswers
from engine.runtime import tasks
from engine.runtime.preview import Preview
from web import clock
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.forms import change_entries, submit
from web.steps import step
from web.tasks import checking, pages, receiving
from web.tasks.blueprint import bp


@bp.post("/tasks/<int:task_id>/claim")
@requires(Access.CASEWORK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take a user task, so that nobody else does it at the same time; what was typed is kept."""
    if unkept := _kept_on_the_way(task_id):
        return unkept
    with writing() as store:
        tasks.claim(store, task_id, by=actor(), now=clock.now())
    return redirect(url_for(".task", task_id=task_id))


@bp.post("/tasks/<int:task_id>/release")
@requires(Access.CASEWORK)
def release(task_id: int) -> ResponseReturnValue:
    """Give a user task back to its role; what was typed is kept."""
    if unkept := _kept_on_the_way(task_id):
        return unkept
    with writing() as store:
        tasks.release(store, task_id, by=actor(), now=clock.now())
    flash("The task is back on the worklist of its role.")
    return redirect(url_for("worklist.index"))


@bp.get("/tasks/<int:task_id>")
@requires(Access.CASEWORK)
def task(task_id: int) -> ResponseReturnValue:
    """What a user task asks, with the person's draft or what is known in its boxes."""
    with reading() as store:
        page = pages.load(store, task_id, by=actor(), now=clock.now())
    wanted = request.args.get("change", "")
    return pages.show(page, page.own_boxes, focus=wanted, restored=page.draft is not None)


@bp.post("/tasks/<int:task_id>")
@requires(Access.CASEWORK)
def complete(task_id: int) -> ResponseReturnValue:
    """Complete a user task, or say what is wrong with the answers, or ask to check them first."""
    boxes, taken_out = receiving.boxes_sent(), request.form.get("_take_out", "")
    page = _loaded(task_id)
    unkept = receiving.keep_files(page)
    receiving.take_out(page, taken_out)
    if request.files or taken_out:
        page = _loaded(task_id)
    place = change_entries(boxes)
    if place or taken_out:
        return pages.show(page, boxes, focus=place)
    return _submitted(page, boxes, unkept)


def _kept_on_the_way(task_id: int) -> ResponseReturnValue | None:
    """Keep what a button at the head of the form sends along; the page, where a file cannot be."""
    boxes = receiving.boxes_sent()
    if not receiving.said(boxes):
        return None  # pressed on the worklist
    page = _loaded(task_id)
    problems = receiving.keep_files(page)
    if receiving.said(boxes) != receiving.said(page.own_boxes):
        receiving.keep_draft(task_id, boxes)
    return (pages.show(page, boxes, problems), 422) if problems else None


def _loaded(task_id: int) -> pages.Page:
    with reading() as store:
        return pages.load(store, task_id, by=actor(), now=clock.now())


def _look_ahead(page: pages.Page, answers: Mapping[str, Any]) -> Preview:
    with reading() as store:
        return checking.look_ahead(store, page, answers)


def _submitted(
    page: pages.Page, boxes: dict[str, list[str]], unkept: dict[str, str]
) -> ResponseReturnValue:
    row = page.task.row
    sent = submit(page.form, checking.with_files(page, boxes), page.known, zone=page.zone)
    problems = {**sent.problems, **unkept}
    try:
        ahead = None if problems or not page.may_fill else _look_ahead(page, sent.answers)
    except InvalidAnswers as invalid:
        problems = invalid.problems
    if problems:
        if page.may_fill:
            receiving.keep_draft(row.id, boxes)
        return pages.show(page, boxes, problems), 422
    if ahead is not None and checking.is_weighty(page, ahead):
        receiving.keep_draft(row.id, boxes)
        return redirect(url_for(".check", task_id=row.id))
    with step(lambda _store: row.case_id) as store:
        tasks.complete(store, row.id, sent.answers, by=actor(), now=clock.now())
        drafts.forget(store, row.id, by=actor())
    flash(f"Completed: {page.task.task.name}")
    return redirect(url_for("cases.page", case_id=row.case_id))
