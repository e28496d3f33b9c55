"""A fact of a case is put right: what stood there stays, and what it led to is named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.casework import InvalidAnswers
from engine.definitions.model import Field, Form
from engine.runtime import acts
from engine.runtime.acts import Corrected
from engine.runtime.known import Known
from web.auth import Access, actor, requires
from web.cases import top
from web.cases.blueprint import bp
from web.cases.top import Top
from web.cases.turning import REASON
from web.database import reading
from web.forms import Boxes, change_entries, error_summary, fill, questions, submit
from web.steps import step

_WHY = replace(REASON, key="correction_reason", label="Why is it put right?")


@dataclass(frozen=True, kw_only=True)
class Page:
    """The fact that is to be put right, as its question asks for it."""

    top: Top
    known: Known

    @property
    def form(self) -> Form:
        """The question, and why."""
        asked = replace(self.known.field, hide=None, required=True)
        return Form(id="correction", file="", fields=(asked, _WHY))


@bp.get("/cases/<int:case_id>/correct/<fact>/<int:number>")
@requires(Access.CASEWORK)
def correct_page(case_id: int, fact: str, number: int) -> ResponseReturnValue:
    """The question again, with what is known; `number` counts the children that it was asked of."""
    page = _load(case_id, fact, number)
    zone = page.top.definition.calendar.zone
    return _show(page, fill(page.form.fields, {fact: page.known.value}, zone=zone))


@bp.post("/cases/<int:case_id>/correct/<fact>/<int:number>")
@requires(Access.CASEWORK)
def correct(case_id: int, fact: str, number: int) -> ResponseReturnValue:
    """Put the fact right, and say what was decided with the old answer."""
    page = _load(case_id, fact, number)
    boxes = request.form.to_dict(flat=False)
    if change_entries(boxes):
        return _show(page, boxes)
    sent = submit(page.form, boxes, {}, zone=page.top.definition.calendar.zone)
    if sent.problems:
        return _show(page, boxes, sent.problems), 422
    try:
        with step(lambda _store: case_id) as store:
            done = acts.correct(
                store,
                case_id,
                fact,
                sent.answers[fact],
                child=page.known.child,
                reason=str(sent.answers[_WHY.key or ""]),
                by=actor(),
                now=page.top.now,
            )
    except InvalidAnswers as invalid:
        return _show(page, boxes, invalid.problems), 422
    flash(_said(page.known.field, done))
    return redirect(url_for(".known", case_id=case_id))


def _load(case_id: int, fact: str, number: int) -> Page:
    with reading() as store:
        found = top.load(store, case_id)
        known = acts.correctable(store, case_id, fact, number, by=actor())
    return Page(top=found, known=known)


def _show(page: Page, boxes: Boxes, problems: Mapping[str, str] | None = None) -> str:
    asked = questions(page.form.fields, boxes, problems or {}, {})
    return top.show(
        "cases/correct.html",
        page.top,
        known=page.known,
        questions=asked,
        problems_found=error_summary(asked),
    )


def _said(field: Field, done: Corrected) -> str:
    text = f"Put right: {field.label or done.fact.replace('_', ' ')}."
    if done.decisions:
        labels = "; ".join(dict.fromkeys(decision.label for decision in done.decisions))
        text += f" Decided with the old answer: {labels}"
        text += "" if labels.endswith(("?", ".")) else "."
    if done.limits:
        text += f" Still counted from the old answer: {'; '.join(done.limits)}."
    return text
