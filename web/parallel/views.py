"""One referral through several procedures: what they do."""

from collections.abc import Iterable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import exports, parallel, simulations
from engine.errors import Invalid
from engine.simulations import OneAtATime
from web import clock
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.parallel import many as pages_of_many
from web.parallel import pages, takeaway
from web.parallel.asking import Asked, NoneDeployed, asked

bp = Blueprint("parallel", __name__, template_folder="templates", url_prefix="/compare")


@bp.errorhandler(NoneDeployed)
def none_deployed(_problem: NoneDeployed) -> ResponseReturnValue:
    """Say what there is to do, where nothing has been deployed yet."""
    return render_template("parallel/none.html"), 404


@bp.get("/referral")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Ask for a referral; with one in the address, show what each authority makes of it."""
    try:
        wanted = _asked()
        if "play" not in request.args:
            return pages.form(wanted)
        before = parallel.run(wanted.chosen, wanted.referral)
        what_if = parallel.what_if(before, wanted.what_if) if wanted.what_if else None
    except Invalid as problem:
        return pages.form(_what_is_well(), problem=str(problem)), 422
    return pages.result(wanted, before, what_if, sensitivity="sensitivity" in request.args)


@bp.get("/referral.csv")
@requires(Access.SIGNED_IN)
def as_csv() -> ResponseReturnValue:
    """What each authority makes of the referral, as a table."""
    table = exports.as_csv(takeaway.TIMELINE, takeaway.timeline(_together()))
    return _file(table, exports.CSV_TYPE, "referral.csv")


@bp.get("/referral.xlsx")
@requires(Access.SIGNED_IN)
def as_xlsx() -> ResponseReturnValue:
    """What each authority makes of the referral, as a workbook."""
    table = exports.as_xlsx("Timelines", takeaway.TIMELINE, takeaway.timeline(_together()))
    return _file(table, exports.XLSX_TYPE, "referral.xlsx")


@bp.get("/many")
@requires(Access.SIGNED_IN)
def many() -> ResponseReturnValue:
    """Ask what is to be played."""
    return pages_of_many.form()


@bp.post("/many")
@requires(Access.SIGNED_IN)
def start() -> ResponseReturnValue:
    """Start a simulation."""
    try:
        number = pages_of_many.start()
    except Invalid as problem:
        return pages_of_many.form(str(problem)), 422
    except OneAtATime as problem:
        return pages_of_many.form(str(problem)), 409
    return redirect(url_for(".simulation", id=number))


@bp.get("/many/<int:id>")
@requires(Access.SIGNED_IN)
def simulation(id: int) -> ResponseReturnValue:
    """How far a simulation is, and its figures once it is done."""
    return pages_of_many.show(pages_of_many.load(id))


@bp.post("/many/<int:id>/cancel")
@requires(Access.SIGNED_IN)
def cancel(id: int) -> ResponseReturnValue:
    """Cancel one's own simulation."""
    with writing() as store:
        simulations.cancel(store, id, by=actor(), now=clock.now())
    flash("The simulation was cancelled.")
    return redirect(url_for(".simulation", id=id))


@bp.get("/many/<int:id>/figures/<key>")
@requires(Access.SIGNED_IN)
def figure(id: int, key: str) -> ResponseReturnValue:
    """The referrals that a figure counts."""
    page = request.args.get("page", default=1, type=int)
    return pages_of_many.listed(pages_of_many.load(id), key, max(1, page))


@bp.get("/many/<int:id>.csv")
@requires(Access.SIGNED_IN)
def figures_as_csv(id: int) -> ResponseReturnValue:
    """The figures as a table."""
    rows = takeaway.figures(pages_of_many.figures(pages_of_many.load(id)))
    return _file(exports.as_csv(takeaway.FIGURES, rows), exports.CSV_TYPE, "simulation.csv")


@bp.get("/many/<int:id>.xlsx")
@requires(Access.SIGNED_IN)
def figures_as_xlsx(id: int) -> ResponseReturnValue:
    """The figures as a workbook."""
    rows = takeaway.figures(pages_of_many.figures(pages_of_many.load(id)))
    table = exports.as_xlsx("Figures", takeaway.FIGURES, rows)
    return _file(table, exports.XLSX_TYPE, "simulation.xlsx")


def _asked(*, without: Iterable[str] = ()) -> Asked:
    words = request.args.copy()
    for name in without:
        words.poplist(name)
    with reading() as store:
        return asked(store, words, by=actor(), now=clock.now())


def _what_is_well() -> Asked:
    """Read the address without what is wrong in it, so that the rest need not be chosen again."""
    for name in ("start", "children"):
        try:
            return _asked(without=[name])
        except Invalid:
            continue
    return _asked(without=list(request.args))


def _together() -> parallel.Together:
    wanted = _asked()
    together = parallel.run(wanted.chosen, wanted.referral)
    return parallel.what_if(together, wanted.what_if).after if wanted.what_if else together


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
