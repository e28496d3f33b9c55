"""The page that traces each clause of a procedure to where it lives and whether it ran."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engine import deploy
from web.auth import Access, requires
from web.database import reading
from web.models.tracing import trace
from web.models.views import bp


@bp.get("/<authority>/clauses")
@requires(Access.SIGNED_IN)
def clauses(authority: str) -> ResponseReturnValue:
    """The procedure's sections in order, each clause with what became of it."""
    with reading() as store:
        definition = deploy.current_definition(store, authority)
        last_run = deploy.last_run(store, authority)
    return render_template(
        "models/clauses.html", definition=definition, trace=trace(definition, last_run)
    )
