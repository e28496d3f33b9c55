"""What happens to a running case from outside: something arrived, a failed step is tried again."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.runtime import incident, messages
from web import clock
from web.auth import Access, actor, requires
from web.cases import arrivals, top
from web.cases.blueprint import bp
from web.cases.case import overview
from web.database import reading, writing
from web.steps import step


@bp.post("/cases/<int:case_id>/messages")
@requires(Access.CASEWORK)
def receive(case_id: int) -> ResponseReturnValue:
    """Record something that arrived from outside."""
    boxes = request.form.to_dict(flat=False)
    with reading() as store:
        found = top.load(store, case_id)
    sent = arrivals.sent(found.definition, boxes)
    if sent.problems:
        return overview(case_id, arrivals.again(found.definition, boxes, sent.problems)), 422
    message, at = arrivals.arrived(sent)
    with step(lambda _store: case_id) as store:
        was_expected = messages.deliver(store, case_id, message, at=at, by=actor(), now=clock.now())
    flash("Recorded." if was_expected else "Recorded. The procedure was not waiting for it.")
    return redirect(url_for(".page", case_id=case_id))


@bp.post("/cases/<int:case_id>/incidents/<int:incident_id>/retry")
@requires(Access.CASEWORK)
def retry(case_id: int, incident_id: int) -> ResponseReturnValue:
    """Close an incident, so that the case's timers try again."""
    with writing() as store:
        top.load(store, case_id)
        incident.check_of_case(store, incident_id, case_id)
        incident.retry(store, incident_id, by=actor(), now=clock.now())
    flash("The step will be tried again.")
    return redirect(url_for(".page", case_id=case_id))
