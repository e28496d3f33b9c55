"""The page that a contact starts from: the authority's start form, filled in with the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden

from engine import deploy
from engine.casework import start_form
from engine.definitions.model import Form
from engine.people import Actor
from web.forms import Boxes, Submission, error_summary, fill, questions, submit

_NOTHING = Form(id="", file="", fields=())


@dataclass(frozen=True, kw_only=True)
class Start:
    """The chosen authority with its start form; `authorities` are those to choose from."""

    authority: str
    authority_name: str
    authorities: tuple[tuple[str, str], ...]
    form: Form
    zone: ZoneInfo


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
        zone=definition.calendar.zone,
    )


def first_boxes(page: Start, *, now: datetime) -> Boxes:
    """The boxes of a fresh page: received and told just now, unless somebody says otherwise."""
    moment = now.replace(second=0, microsecond=0).isoformat()
    known = {"received_at": moment, "first_contact_at": moment}
    return fill(page.form.fields, known, zone=page.zone)


def submitted(page: Start, boxes: Boxes) -> Submission:
    """What was entered, and what is wrong with it."""
    return submit(page.form, boxes, {}, zone=page.zone)


def show(page: Start, boxes: Boxes, problems: Mapping[str, str] | None = None) -> str:
    """The page with what stands in its boxes and what is wrong with it."""
    clauses_at = url_for("models.clauses", authority=page.authority)
    found = questions(page.form.fields, boxes, problems or {}, {}, clauses_at=clauses_at)
    return render_template(
        "cases/start.html", page=page, questions=found, problems_found=error_summary(found)
    )
