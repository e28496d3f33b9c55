"""A case on paper: its summary, and the record of its decisions."""

from flask.typing import ResponseReturnValue

from engine import cases
from web.auth import Access, actor, requires
from web.cases import top
from web.cases.blueprint import bp
from web.database import reading

MOST = 200  # decisions of one record


@bp.get("/cases/<int:case_id>/print")
@requires(Access.CASEWORK)
def print_summary(case_id: int) -> ResponseReturnValue:
    """The case on a few sheets: where it stands, its limits, what it came to."""
    with reading() as store:
        found = top.load(store, case_id)
        view = cases.overview(store, found.mast, found.definition, now=found.now, brief=True)
        part = cases.limits(store, found.mast, 1, now=found.now)
    return top.show("cases/print_summary.html", found, view=view, list=part)


@bp.get("/cases/<int:case_id>/decisions/print")
@requires(Access.CASEWORK)
def print_decisions(case_id: int) -> ResponseReturnValue:
    """What was decided, by whom, by which rule and clause, authorised by whom, and overridden."""
    with reading() as store:
        found = top.load(store, case_id)
        part = cases.decisions(store, found.mast, found.definition, 1, by=actor(), size=MOST)
        steps = cases.authorised(store, case_id, found.definition)
    return top.show("cases/print_decisions.html", found, list=part, authorised=steps)
