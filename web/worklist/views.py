"""The worklist."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import worklist
from web import clock
from web.auth import Access, actor, requires
from web.database import reading
from web.worklist import pages

bp = Blueprint("worklist", __name__, template_folder="templates")


@bp.get("/worklist")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """Open user tasks of the person's roles, soonest limit first."""
    role = request.args.get("role") or None
    with reading() as store:
        found = worklist.worklist(store, actor(), now=clock.now(), role=role)
        roles = pages.roles_of(store, actor())
    return render_template("worklist/index.html", worklist=found, roles=roles, role=role)
