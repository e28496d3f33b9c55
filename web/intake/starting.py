"""The page that a contact starts from: the authority's start form, and what is known already."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from engine import deploy, intake
from engine.casework import start_form
from engine.definitions.model import AuthorityDefinition, Field, Form
from engine.drafts import Draft
from engine.people import Actor
from engine.search_terms import ADDRESS_KEYS, HOUSEHOLD_KEYS
from web import clock
from web.filters import hour
from web.forms import Boxes, Submission, error_summary, fill, questions, submit
from web.intake import once

CHILDREN, CASE_STATUS = "children", "case_status"
EXTRAS, KNOWN_FROM = "extras", "known_from"  # boxes that say what else is asked, and whence it is
_NAME = re.compile(rf"{CHILDREN}\.\d+\.name")
_JOINED = (CHILDREN, CASE_STATUS, *ADDRESS_KEYS, *HOUSEHOLD_KEYS)
_NOTHING = Form(id="", file="", fields=())
_SUGGESTED = (
    "Suggested by earlier cases kept here. Change it where the records or the family say otherwise."
)


@dataclass(frozen=True, kw_only=True)
class Start:
    """The chosen authority with its start form; `authorities` are those to choose from.

    `askable` are the questions of its other forms that a contact may answer already.
    """

    authority: str
    authority_name: str
    authorities: tuple[tuple[str, str], ...]
    form: Form
    askable: Mapping[str, Field]
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A contact that is begun and has not started: whom it is about, as far as that is typed."""

    names: tuple[str, ...]
    saved: str


def begun(draft: Draft | None) -> Begun | None:
    """What to say of a draft where there is one."""
    if draft is None:
        return None
    typed = (texts[0].strip() for box, texts in draft.boxes.items() if _NAME.fullmatch(box))
    names = tuple(name for name in typed if name)
    return Begun(names=names, saved=hour(draft.saved_at, clock.now()))


def load(session: Session, by: Actor, wanted: str | None) -> Start:
    """The start page of the wanted authority, or of the person's first."""
    own = tuple(
        (info.authority, info.name)
        for info in deploy.current(session)
        if by.may_see_cases_of(info.authority)
    )
    names = dict(own)
    if not own or (wanted and wanted not in names):
        raise Forbidden("None of your roles may start a contact there.")
    authority = wanted or own[0][0]
    definition = deploy.current_definition(session, authority)
    return Start(
        authority=authority,
        authority_name=names[authority],
        authorities=own,
        form=start_form(definition) or _NOTHING,
        askable=_askable(definition),
        zone=definition.calendar.zone,
    )


def first_boxes(page: Start, *, now: datetime) -> Boxes:
    """The boxes of a fresh page: received and told just now, unless somebody says otherwise."""
    moment = now.replace(second=0, microsecond=0).isoformat()
    known = {"received_at": moment, "first_contact_at": moment}
    return fill(page.form.fields, known, zone=page.zone)


def asked_as(page: Start, key: str) -> Field:
    """A question of the procedure's other forms, as the page of a new contact asks it."""
    field = replace(page.askable[key], hide=None, required=False)
    if key == CHILDREN:
        return replace(field, label="Which children is the contact about?", description="")
    return replace(field, description=_SUGGESTED) if key == CASE_STATUS else field


def with_fields(form: Form, fields: Iterable[Field]) -> Form:
    """The form with more questions behind its own, but for those that it asks already."""
    own = {field.key for field in form.walk()}
    return replace(form, fields=(*form.fields, *(f for f in fields if f.key not in own)))


def form_of(page: Start, boxes: Boxes) -> Form:
    """The start form with those questions besides whose answers are known already."""
    extras = (key for key in boxes.get(EXTRAS, []) if key in page.askable)
    return with_fields(page.form, (asked_as(page, key) for key in dict.fromkeys(extras)))


def submitted(page: Start, boxes: Boxes) -> Submission:
    """What was entered, and what is wrong with it."""
    return submit(form_of(page, boxes), boxes, {}, zone=page.zone)


def show(
    store: Session,
    page: Start,
    boxes: Boxes,
    *,
    by: Actor,
    problems: Mapping[str, str] | None = None,
    draft: Draft | None = None,
) -> str:
    """The page with what stands in its boxes, what is wrong with it, and whence it is known."""
    clauses_at = url_for("models.clauses", authority=page.authority)
    fields = form_of(page, boxes).fields
    found = questions(fields, boxes, problems or {}, {}, clauses_at=clauses_at)
    known = intake.placed_children(store, boxes.get(KNOWN_FROM, []), by=by)
    return render_template(
        "intake/start.html",
        page=page,
        questions=found,
        problems_found=error_summary(found),
        known=known,
        open_cases=list(dict.fromkeys(child.case for child in known if child.case.is_open)),
        extras=boxes.get(EXTRAS, []),
        saved=hour(draft.saved_at, clock.now()) if draft else "",
        once_box=once.MARK,
        once_mark=(boxes.get(once.MARK) or [once.fresh_mark()])[0],
    )


def _askable(definition: AuthorityDefinition) -> dict[str, Field]:
    fields = (field for form in definition.forms.values() for field in form.walk())
    found: dict[str, Field] = {}
    for field in fields:
        if field.key in _JOINED:
            found.setdefault(str(field.key), field)
    return {key: found[key] for key in _JOINED if key in found}
