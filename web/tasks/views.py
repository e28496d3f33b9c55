"""The page of one user task, and what is done with it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Refused
from engine.runtime import tasks
from web import clock
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.forms import change_entries, fill, submit
from web.steps import step
from web.tasks import pages
from web.typed import typed

bp = Blueprint("tasks", __name__, template_folder="templates")


@bp.post("/tasks/<int:task_id>/claim")
@requires(Access.CASEWORK)
def claim(task_id: int) -> ResponseReturnValue:
    """Take a user task, so that nobody else does it at the same time."""
    with writing() as store:
        tasks.claim(store, task_id, by=actor(), now=clock.now())
    return redirect(url_for(".task", task_id=task_id))


@bp.post("/tasks/<int:task_id>/release")
@requires(Access.CASEWORK)
def release(task_id: int) -> ResponseReturnValue:
    """Give a user task back to its role."""
    with writing() as store:
        tasks.release(store, task_id, by=actor(), now=clock.now())
    flash("The task is back on the worklist of its role.")
    return redirect(url_for("worklist.index"))


@bp.get("/tasks/<int:task_id>")
@requires(Access.CASEWORK)
def task(task_id: int) -> ResponseReturnValue:
    """What a user task asks, filled in with what is known."""
    with reading() as store:
        page = pages.load(store, task_id, by=actor(), now=clock.now())
    return pages.show(page, fill(page.form.fields, page.known, zone=page.zone))


@bp.post("/tasks/<int:task_id>")
@requires(Access.CASEWORK)
def complete(task_id: int) -> ResponseReturnValue:
    """Complete a user task, or say what is wrong with the answers."""
    boxes = request.form.to_dict(flat=False)
    with reading() as store:
        page = pages.load(store, task_id, by=actor(), now=clock.now())
    if change_entries(boxes):
        return pages.show(page, boxes)
    sent = submit(page.form, boxes, page.known, zone=page.zone)
    if sent.problems:
        return pages.show(page, boxes, sent.problems), 422
    with step(lambda _store: page.task.row.case_id) as store:
        tasks.complete(store, task_id, sent.answers, by=actor(), now=clock.now())
    flash(f"Completed: {page.task.task.name}")
    return redirect(url_for("cases.page", case_id=page.task.row.case_id))


@bp.errorhandler(Refused)
def refuse(refused: Refused) -> ResponseReturnValue:
    """Say who was faster and when, and give back what was typed."""
    return render_template("tasks/conflict.html", sentence=str(refused), typed=typed()), 409
