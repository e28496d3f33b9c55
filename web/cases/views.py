"""The pages of cases."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import cases
from engine.cases import CaseFilter
from engine.casework import InvalidFacts
from engine.runtime import incident, messages, start
from web import clock
from web.auth import Access, actor, requires
from web.cases import pages, starting
from web.database import reading, writing
from web.forms import change_entries
from web.steps import step

bp = Blueprint("cases", __name__, template_folder="templates")


@bp.get("/cases")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """The newest cases that the person may see, or those that a search finds."""
    search = request.args.get("search", "").strip()
    with reading() as store:
        found = cases.listing(store, actor(), CaseFilter(search=search), now=clock.now())
    return render_template("cases/index.html", cases=found, search=search)


@bp.get("/contacts/new")
@requires(Access.CASEWORK)
def start_page() -> ResponseReturnValue:
    """What must be known of a contact before its procedure starts."""
    with reading() as store:
        page = starting.load(store, actor(), request.args.get("authority"))
    return starting.show(page, starting.first_boxes(page, now=clock.now()))


@bp.post("/contacts/new")
@requires(Access.CASEWORK)
def start_contact() -> ResponseReturnValue:
    """Start a case from a contact, or say what is wrong with what was entered."""
    boxes = request.form.to_dict(flat=False)
    with reading() as store:
        page = starting.load(store, actor(), request.form.get("authority"))
    if change_entries(boxes):
        return starting.show(page, boxes)
    sent = starting.submitted(page, boxes)
    if sent.problems:
        return starting.show(page, boxes, sent.problems), 422
    try:
        with writing() as store:
            case = start.start(store, page.authority, sent.answers, by=actor(), now=clock.now())
    except InvalidFacts as invalid:
        return starting.show(page, boxes, invalid.problems), 422
    flash(f"Contact recorded as case {case.reference}")
    return redirect(url_for(".page", case_id=case.id))


@bp.get("/cases/<int:case_id>")
@requires(Access.CASEWORK)
def page(case_id: int) -> ResponseReturnValue:
    """All that became of a case."""
    with reading() as store:
        found = pages.load(store, case_id, by=actor(), now=clock.now())
    return pages.show(found, drawn=request.args.get("diagram"))


@bp.get("/cases/<int:case_id>/diagrams/<process_id>.bpmn")
@requires(Access.CASEWORK)
def diagram(case_id: int, process_id: str) -> ResponseReturnValue:
    """A diagram of the version that the case runs by, for the viewer."""
    with reading() as store:
        found = pages.load(store, case_id, by=actor(), now=clock.now())
    return Response(pages.process_of(found, process_id).source, mimetype="application/xml")


@bp.post("/cases/<int:case_id>/messages")
@requires(Access.CASEWORK)
def receive(case_id: int) -> ResponseReturnValue:
    """Record something that arrived from outside."""
    boxes = request.form.to_dict(flat=False)
    with reading() as store:
        found = pages.load(store, case_id, by=actor(), now=clock.now())
    sent = pages.arrival(found, boxes)
    if sent.problems:
        return pages.show(found, boxes=boxes, problems=sent.problems), 422
    message, at = pages.arrived(sent)
    with step(lambda _store: case_id) as store:
        was_expected = messages.deliver(store, case_id, message, at=at, by=actor(), now=clock.now())
    flash("Recorded." if was_expected else "Recorded. The procedure was not waiting for it.")
    return redirect(url_for(".page", case_id=case_id))


@bp.post("/cases/<int:case_id>/incidents/<int:incident_id>/retry")
@requires(Access.CASEWORK)
def retry(case_id: int, incident_id: int) -> ResponseReturnValue:
    """Close an incident, so that the case's timers try again."""
    with writing() as store:
        found = pages.load(store, case_id, by=actor(), now=clock.now())
        pages.check_incident(found, incident_id)
        incident.retry(store, incident_id, by=actor(), now=clock.now())
    flash("The step will be tried again.")
    return redirect(url_for(".page", case_id=case_id))
