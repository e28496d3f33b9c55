"""The page on which answers are checked before they count, and the press that makes them count."""

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask import request as posted
from flask.typing import ResponseReturnValue

from engine import drafts
from engine.casework import InvalidAnswers, Override
from engine.runtime import tasks
from engine.runtime.preview import Preview
from web import clock
from web.auth import Access, actor, requires
from web.database import reading
from web.forms import Boxes, Submission
from web.steps import step
from web.tasks import checking, pages, receiving
from web.tasks.blueprint import bp
from web.tasks.pages import Page

Overrides = tuple[Override, ...]

_CHANGED = (
    "What would follow is not what this page showed before. Read it again before you confirm."
)


@bp.get("/tasks/<int:task_id>/check")
@requires(Access.CASEWORK)
def check(task_id: int) -> ResponseReturnValue:
    """The answers once more, with what follows from them."""
    try:
        with reading() as store:
            page = pages.load_answers(store, task_id, by=actor(), now=clock.now())
            sent = checking.submitted(page)
            if page.draft is None or not page.may_fill or sent.problems:
                return redirect(url_for(".task", task_id=task_id))
            ahead = checking.look_ahead(store, page, sent.answers)
    except InvalidAnswers as invalid:
        return _wrong(task_id, invalid.problems)
    return checking.show(page, ahead, {})


@bp.post("/tasks/<int:task_id>/check")
@requires(Access.CASEWORK)
def confirm(task_id: int) -> ResponseReturnValue:
    """Complete the task with the draft's answers, if what follows is what the person has read."""
    boxes = receiving.boxes_sent()
    try:
        with reading() as store:
            page = pages.load_answers(store, task_id, by=actor(), now=clock.now())
            sent = checking.submitted(page)
            if page.draft is None or sent.problems:
                raise InvalidAnswers(sent.problems)
            plain = checking.look_ahead(store, page, sent.answers)
            chosen = checking.overrides(plain.decisions, boxes)
            ahead = checking.look_ahead(store, page, sent.answers, chosen) if chosen else plain
    except InvalidAnswers as invalid:
        return _wrong(task_id, invalid.problems)
    return _confirmed(page, boxes, sent, (plain, ahead, chosen))


def _confirmed(
    page: Page, boxes: Boxes, sent: Submission, judged: tuple[Preview, Preview, Overrides]
) -> ResponseReturnValue:
    plain, ahead, chosen = judged
    if ahead.problem and chosen:
        return checking.show(page, plain, boxes, refusal=ahead.problem), 422
    if checking.wants_to_look():
        return checking.show(page, ahead, boxes)
    if not ahead.problem and posted.form.get("seen") != checking.seen(page, ahead):
        return checking.show(page, ahead, boxes, notice=_CHANGED), 409
    row = page.task.row
    with step(lambda _store: row.case_id) as store:
        tasks.complete(store, row.id, sent.answers, by=actor(), now=clock.now(), overrides=chosen)
        drafts.forget(store, row.id, by=actor())
    flash(f"Completed: {page.task.task.name}")
    return redirect(url_for("cases.page", case_id=row.case_id))


def _wrong(task_id: int, problems: Mapping[str, str]) -> ResponseReturnValue:
    """The questions again, with what is wrong with the answers."""
    with reading() as store:
        page = pages.load(store, task_id, by=actor(), now=clock.now())
    return pages.show(page, page.own_boxes, problems), 422
