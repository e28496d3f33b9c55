"""A contact comes in: the child is found first, then the case starts."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import drafts, intake
from engine.casework import InvalidFacts
from engine.drafts import Draft
from engine.people import Actor
from engine.runtime import start
from web import clock
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.filters import hour
from web.forms import Boxes, change_entries
from web.intake import finding, joining, once, starting
from web.kept import keep_for_later

bp = Blueprint("intake", __name__, template_folder="templates")


@bp.get("/contacts/find")
@requires(Access.CASEWORK)
def find() -> ResponseReturnValue:
    """Ask what is known of the child."""
    with reading() as store:
        page = starting.load(store, actor(), request.args.get("authority"))
        begun = drafts.find_intake(store, page.authority, actor())
    sought = intake.Sought(authority=page.authority, adds="add" in request.args)
    return finding.ask(page, sought, begun=starting.begun(begun))


@bp.post("/contacts/find")
@requires(Access.CASEWORK)
def look() -> ResponseReturnValue:
    """Keep what the child is looked for by, and show who may be meant."""
    with reading() as store:
        page = starting.load(store, actor(), request.form.get("authority"))
    sought = finding.typed(page.authority)
    if problems := intake.problems_of(sought):
        return finding.ask(page, sought, problems), 422
    with writing() as store:
        intake.keep_sought(store, sought, by=actor())
    return redirect(url_for(".found"))


@bp.get("/contacts/found")
@requires(Access.CASEWORK)
def found() -> ResponseReturnValue:
    """The children who may be meant, and why."""
    with reading() as store:
        return finding.show(store, by=actor())


@bp.post("/contacts/found")
@requires(Access.CASEWORK)
def choose() -> ResponseReturnValue:
    """Take what is known of the chosen children into the contact."""
    keys, is_new = request.form.getlist("child"), "new" in request.form
    with reading() as store:
        sought = intake.kept_sought(store, actor())
        if not keys and not is_new:
            return finding.show(store, by=actor(), problem="Choose a child, or a new child"), 422
        page = starting.load(store, actor(), sought.authority)
        begun = starting.begun(drafts.find_intake(store, page.authority, actor()))
    if begun and not sought.adds and "_anew" not in request.form:
        return finding.warn(page, begun)
    with writing() as store:
        boxes = joining.joined(store, page, sought, keys, is_new=is_new, by=actor())
        drafts.keep_intake(store, page.authority, boxes, by=actor(), now=clock.now())
    return redirect(_onwards(page.authority, finds_more="_find" in request.form))


@bp.get("/contacts/new")
@requires(Access.CASEWORK)
def start_page() -> ResponseReturnValue:
    """What must be known of a contact before its procedure starts; a draft is gone on with."""
    with reading() as store:
        page = starting.load(store, actor(), request.args.get("authority"))
        draft = drafts.find_intake(store, page.authority, actor())
        boxes = draft.boxes if draft else starting.first_boxes(page, now=clock.now())
        return starting.show(store, page, boxes, by=actor(), draft=draft)


@bp.post("/contacts/new")
@requires(Access.CASEWORK)
def start_contact() -> ResponseReturnValue:
    """Start a case from a contact, or say what is wrong with what was entered."""
    boxes = _sent()
    with reading() as store:
        page = starting.load(store, actor(), request.form.get("authority"))
    if "_find" in boxes:
        return _find_another(page.authority, boxes)
    if change_entries(boxes):
        return _again(page, boxes)
    sent = starting.submitted(page, boxes)
    if sent.problems:
        return _again(page, boxes, sent.problems), 422
    try:
        case = once.once(boxes, lambda store: _start(store, page, sent.answers))
    except InvalidFacts as invalid:
        return _again(page, boxes, invalid.problems), 422
    flash(f"Contact recorded as case {case['reference']}")
    return redirect(url_for("cases.page", case_id=case["id"]))


@bp.post("/contacts/new/draft")
@requires(Access.CASEWORK)
def save() -> ResponseReturnValue:
    """Save what a person has typed so far: by the script every few seconds, or by a button."""
    boxes = _sent()
    change_entries(boxes)
    authority, now = request.form.get("authority", ""), clock.now()
    with writing() as store:
        draft = drafts.keep_intake(store, authority, boxes, by=actor(), now=now)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=hour(draft.saved_at, now))
    flash("The contact is kept as you left it. It has not started yet.")
    return redirect(url_for("worklist.index"))


@bp.post("/contacts/new/draft/discard")
@requires(Access.CASEWORK)
def discard() -> ResponseReturnValue:
    """Throw the contact that was begun away."""
    with reading() as store:
        page = starting.load(store, actor(), request.form.get("authority"))
    with writing() as store:
        drafts.forget_intake(store, page.authority, by=actor())
    return redirect(url_for(".find", authority=page.authority))


def _keep_for_later(store: Session, boxes: Boxes, person: Actor) -> Draft:
    authority = request.form.get("authority", "")
    return drafts.keep_intake(store, authority, boxes, by=person, now=clock.now())


keep_for_later(bp, ("intake.start_contact", "intake.save"), _keep_for_later)


def _sent() -> Boxes:
    return request.form.to_dict(flat=False)


def _start(store: Session, page: starting.Start, answers: Mapping[str, Any]) -> dict[str, Any]:
    case = start.start(store, page.authority, answers, by=actor(), now=clock.now())
    drafts.forget_intake(store, page.authority, by=actor())
    return {"id": case.id, "reference": case.reference}


def _onwards(authority: str, *, finds_more: bool) -> str:
    if finds_more:
        return url_for(".find", authority=authority, add="yes")
    return url_for(".start_page", authority=authority)


def _find_another(authority: str, boxes: Boxes) -> ResponseReturnValue:
    with writing() as store:
        drafts.keep_intake(store, authority, boxes, by=actor(), now=clock.now())
    return redirect(_onwards(authority, finds_more=True))


def _again(page: starting.Start, boxes: Boxes, problems: Mapping[str, str] | None = None) -> str:
    with reading() as store:
        return starting.show(store, page, boxes, by=actor(), problems=problems)
