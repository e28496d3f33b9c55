"""Help, glossary and accessibility statement."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.auth import Access, requires
from web.help import glossary as words

bp = Blueprint("help", __name__, template_folder="templates")


@bp.get("/help")
@requires(Access.PUBLIC)
def index() -> ResponseReturnValue:
    """How the work goes, from a contact to an authorised disposal."""
    return render_template("help/index.html")


@bp.get("/help/glossary")
@requires(Access.PUBLIC)
def glossary() -> ResponseReturnValue:
    """What the words mean."""
    return render_template("help/glossary.html", parts=words.parts())


@bp.get("/help/accessibility")
@requires(Access.PUBLIC)
def accessibility() -> ResponseReturnValue:
    """How accessible the pages are, what was tested, and what is known to fall short."""
    return render_template("help/accessibility.html")
