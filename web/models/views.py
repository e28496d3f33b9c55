"""Read-only pages of each authority's diagrams, with their text version."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engine import deploy
from engine.errors import NotFound
from web import clock
from web.auth import Access, requires
from web.database import reading
from web.diagrams import steps
from web.models import pages

bp = Blueprint("models", __name__, template_folder="templates", url_prefix="/procedures")


@bp.get("/")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """The authorities whose procedure is deployed."""
    with reading() as store:
        found = [
            (info, deploy.current_definition(store, info.authority))
            for info in deploy.current(store)
        ]
    return render_template("models/index.html", deployed=found)


@bp.get("/<authority>/<process_id>")
@requires(Access.SIGNED_IN)
def diagram(authority: str, process_id: str) -> ResponseReturnValue:
    """One diagram, drawn and in words."""
    with reading() as store:
        definition = deploy.current_definition(store, authority)
    if process_id not in definition.processes:
        raise NotFound(f"{definition.name} has no diagram of that name.")
    return render_template(
        "models/diagram.html",
        definition=definition,
        process=definition.processes[process_id],
        steps=steps(definition, process_id, {}),
    )


@bp.get("/<authority>/<process_id>.bpmn")
@requires(Access.SIGNED_IN)
def source(authority: str, process_id: str) -> ResponseReturnValue:
    """The diagram's file, for the viewer."""
    with reading() as store:
        definition = deploy.current_definition(store, authority)
    if process_id not in definition.processes:
        raise NotFound(f"{definition.name} has no diagram of that name.")
    return Response(definition.processes[process_id].source, mimetype="application/xml")


@bp.get("/<authority>/decisions/<decision_id>")
@requires(Access.SIGNED_IN)
def decision(authority: str, decision_id: str) -> ResponseReturnValue:
    """One decision table, to read and to try; what is tried stands in the address alone."""
    with reading() as store:
        definition = deploy.current_definition(store, authority)
    if decision_id not in definition.decisions:
        raise NotFound(f"{definition.name} has no decision table of that name.")
    return pages.decision(
        definition, decision_id, boxes=request.args.to_dict(flat=False), now=clock.now()
    )
