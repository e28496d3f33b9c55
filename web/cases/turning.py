"""A case is withdrawn, or opened again: who may, why, and what it comes to."""

from collections.abc import Mapping
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.casework import IS_FINISHED, IS_OPEN, InvalidFacts
from engine.definitions.model import Field, Form
from engine.errors import Refused
from engine.runtime import acts, judgement
from web.auth import Access, actor, requires
from web.cases import top
from web.cases.blueprint import bp
from web.cases.top import Top
from web.database import reading
from web.forms import Boxes, Submission, error_summary, fill, questions, submit
from web.steps import step

_LENGTH = {"minLength": acts.SHORTEST_REASON, "maxLength": acts.LONGEST_REASON}
REASON = Field(
    key="reason",
    type="textarea",
    label="Why?",
    description="It stays in the case’s history, with your name.",
    required=True,
    validation=_LENGTH,
    properties={"error.required": "Give the reason"},
)
_RECEIVED = Field(
    key="received_at",
    type="datetime",
    subtype="datetime",
    label="When did the new information arrive?",
    description="Limits count from then.",
    required=True,
)


@bp.get("/cases/<int:case_id>/withdraw")
@requires(Access.CASEWORK)
def withdraw_page(case_id: int) -> ResponseReturnValue:
    """What withdrawing comes to, and why it is done."""
    return _show(_found(case_id, "withdraw"), "withdraw", {})


@bp.post("/cases/<int:case_id>/withdraw")
@requires(Access.CASEWORK)
def withdraw(case_id: int) -> ResponseReturnValue:
    """Take a case off everybody's desk."""
    return _act(case_id, "withdraw", "The case is withdrawn.")


@bp.get("/cases/<int:case_id>/reopen")
@requires(Access.CASEWORK)
def reopen_page(case_id: int) -> ResponseReturnValue:
    """What reopening comes to, and why it is done."""
    found = _found(case_id, "reopen")
    moment = found.now.replace(second=0, microsecond=0).isoformat()
    zone = found.definition.calendar.zone
    boxes = fill(_fields(found, "reopen"), {"received_at": moment}, zone=zone)
    return _show(found, "reopen", boxes)


@bp.post("/cases/<int:case_id>/reopen")
@requires(Access.CASEWORK)
def reopen(case_id: int) -> ResponseReturnValue:
    """Let a withdrawn case go on, or take a finished one through the procedure again."""
    return _act(case_id, "reopen", "The case is open again.")


def _act(case_id: int, act: str, done: str) -> ResponseReturnValue:
    found = _found(case_id, act)
    boxes = request.form.to_dict(flat=False)
    form = Form(id=act, file="", fields=_fields(found, act))
    sent = submit(form, boxes, {}, zone=found.definition.calendar.zone)
    if sent.problems:
        return _show(found, act, boxes, sent.problems), 422
    try:
        with step(lambda _store: case_id) as store:
            _do(store, found, act, sent)
    except InvalidFacts as invalid:
        return _show(found, act, boxes, invalid.problems), 422
    flash(done)
    return redirect(url_for(".page", case_id=case_id))


def _found(case_id: int, act: str) -> Top:
    """The case; NotYourJudgement for whoever may do neither, Refused where it cannot be done."""
    with reading() as store:
        found = top.load(store, case_id)
    judgement.require(found.definition, actor())
    if act == "withdraw" and not found.mast.may_withdraw:
        raise Refused(IS_FINISHED)
    if act == "reopen" and not found.mast.may_reopen:
        raise Refused(IS_OPEN)
    return found


def _fields(found: Top, act: str) -> tuple[Field, ...]:
    begins_again = act == "reopen" and not found.mast.is_withdrawn
    return (_RECEIVED, REASON) if begins_again else (REASON,)


def _show(found: Top, act: str, boxes: Boxes, problems: Mapping[str, str] | None = None) -> str:
    asked = questions(_fields(found, act), boxes, problems or {}, {})
    return top.show(
        f"cases/{act}.html", found, questions=asked, problems_found=error_summary(asked)
    )


def _do(store: Session, found: Top, act: str, sent: Submission) -> None:
    reason = str(sent.answers["reason"])
    if act == "withdraw":
        acts.withdraw(store, found.mast.id, reason, by=actor(), now=found.now)
        return
    since = sent.answers.get("received_at")
    arrived = datetime.fromisoformat(since) if since else None
    acts.reopen(store, found.mast.id, reason, by=actor(), now=found.now, received_at=arrived)
