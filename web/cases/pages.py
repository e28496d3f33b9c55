"""What the page of a case shows, gathered from the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from sqlalchemy.orm import Session

from engine import cases, deploy
from engine.cases import CasePage
from engine.definitions.model import AuthorityDefinition, Field, Form, Option, ProcessDefinition
from engine.errors import NotFound
from engine.people import Actor
from web.cases.standing import drawn_first, entered, states
from web.diagrams import steps
from web.forms import Boxes, Submission, error_summary, fill, questions, submit


@dataclass(frozen=True, kw_only=True)
class Found:
    """A case with the version of the procedure that it runs by."""

    case: CasePage
    definition: AuthorityDefinition
    loaded_at: datetime


def load(session: Session, case_id: int, *, by: Actor, now: datetime) -> Found:
    """Gather a case; NotFound when the actor may not see it."""
    case = cases.page(session, case_id, by=by, now=now)
    definition = deploy.definition_for(session, case.deployment.id)
    return Found(case=case, definition=definition, loaded_at=now)


def process_of(found: Found, process_id: str) -> ProcessDefinition:
    """A diagram of the case's version. Raises NotFound when it has none of that id."""
    process = found.definition.processes.get(process_id)
    if process is None:
        raise NotFound("The procedure has no diagram of that name.")
    return process


def check_incident(found: Found, incident_id: int) -> None:
    """Raise NotFound when the incident is none of this very case."""
    if incident_id not in {line.id for line in found.case.incidents}:
        raise NotFound("The case has no such incident.")


def show(
    found: Found,
    *,
    drawn: str | None = None,
    boxes: Boxes | None = None,
    problems: Mapping[str, str] | None = None,
) -> str:
    """The page, with one of the case's diagrams drawn."""
    process = process_of(found, drawn or drawn_first(found.case))
    marks = states(found.case, found.definition, process.id)
    form = _arrival_form(found)
    asked = questions(form.fields, boxes or _now(found, form), problems or {}, {})
    return render_template(
        "cases/page.html",
        case=found.case,
        definition=found.definition,
        process=process,
        entered=entered(found.case, found.definition),
        states=marks,
        steps=steps(found.definition, process.id, marks),
        questions=asked,
        problems_found=error_summary(asked),
    )


def arrival(found: Found, boxes: Boxes) -> Submission:
    """What was entered about something that arrived from outside."""
    return submit(_arrival_form(found), boxes, {}, zone=found.definition.calendar.zone)


def arrived(sent: Submission) -> tuple[str, datetime]:
    """The message that arrived, and when."""
    return str(sent.answers["message"]), datetime.fromisoformat(str(sent.answers["arrived_at"]))


def _arrival_form(found: Found) -> Form:
    messages = found.definition.vocabulary.messages
    options = tuple(Option(value=id_, label=sentence) for id_, sentence in messages.items())
    what = Field(
        key="message", type="radio", label="What has arrived?", required=True, options=options
    )
    when = Field(
        key="arrived_at",
        type="datetime",
        subtype="datetime",
        label="When did it arrive?",
        required=True,
    )
    return Form(id="arrival", file="", fields=(what, when))


def _now(found: Found, form: Form) -> Boxes:
    moment = found.loaded_at.replace(second=0, microsecond=0).isoformat()
    return fill(form.fields, {"arrived_at": moment}, zone=found.definition.calendar.zone)
