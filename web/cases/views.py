"""The list of cases: searched, turned, taken away."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine import cases
from engine.cases import CaseFilter
from web import clock
from web.auth import Access, actor, requires
from web.cases import searching
from web.cases.blueprint import bp
from web.database import reading, writing


@bp.get("/cases")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """The newest cases that the person may see, or those that their search finds."""
    with reading() as store:
        wanted = searching.turned(cases.kept_search(store, actor()))
        return searching.show(store, wanted, by=actor(), now=clock.now())


@bp.post("/cases")
@requires(Access.CASEWORK)
def search() -> ResponseReturnValue:
    """Keep what is searched for on the server, so that no address carries a name."""
    wanted = CaseFilter() if "_clear" in request.form else searching.typed()
    if problems := cases.problems_of(wanted):
        with reading() as store:
            now = clock.now()
            return searching.show(store, wanted, by=actor(), now=now, problems=problems), 422
    with writing() as store:
        cases.keep_search(store, wanted, by=actor())
    return redirect(url_for(".index"))


@bp.post("/cases/export")
@requires(Access.CASEWORK)
def export() -> ResponseReturnValue:
    """The list that the person's search finds, to take away; the audit trail keeps that it went."""
    now = clock.now()
    with writing() as store:
        return searching.exported(store, cases.kept_search(store, actor()), by=actor(), now=now)
