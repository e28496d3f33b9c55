"""Procedures side by side: the matrix of what they say, its overview, its print and downloads."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from engine import exports
from engine.compare import SECTIONS, table_of
from web.auth import Access, requires
from web.compare import choosing, pages, printing
from web.database import reading

bp = Blueprint("compare", __name__, template_folder="templates", url_prefix="/compare")

FILE = "comparison"
TITLES = {section.id: section.title for section in SECTIONS}


@bp.get("")
@requires(Access.SIGNED_IN)
def index() -> ResponseReturnValue:
    """Choose what is compared, and see where it parts."""
    with reading() as store:
        chosen = choosing.chosen(store, request.args)
    status = 422 if chosen.problem else 200
    return render_template("compare/index.html", page=pages.overview(chosen)), status


@bp.get("/<section>")
@requires(Access.SIGNED_IN)
def section(section: str) -> ResponseReturnValue:
    """One section of the matrix."""
    if section not in TITLES:
        abort(404)
    with reading() as store:
        chosen = choosing.chosen(store, request.args)
    if chosen.problem:
        return render_template("compare/index.html", page=pages.overview(chosen)), 422
    page = pages.section(chosen, section, request.args.get("page", "1"))
    return render_template("compare/matrix.html", page=page)


@bp.get("/print")
@requires(Access.SIGNED_IN)
def print_pack() -> ResponseReturnValue:
    """One part of what is made for paper: the overview, the matrix, or every difference."""
    with reading() as store:
        chosen = choosing.chosen(store, request.args)
    if chosen.problem:
        return render_template("compare/index.html", page=pages.overview(chosen)), 422
    page = printing.part(chosen, request.args.get("part", "1"))
    return render_template("compare/print.html", page=page)


@bp.get("/matrix.csv")
@requires(Access.SIGNED_IN)
def as_csv() -> ResponseReturnValue:
    """The matrix as a CSV file."""
    return _download("csv")


@bp.get("/matrix.xlsx")
@requires(Access.SIGNED_IN)
def as_xlsx() -> ResponseReturnValue:
    """The matrix as a workbook."""
    return _download("xlsx")


def _download(kind: str) -> ResponseReturnValue:
    with reading() as store:
        chosen = choosing.chosen(store, request.args)
    if chosen.problem:
        return render_template("compare/index.html", page=pages.overview(chosen)), 422
    columns, lines = table_of(chosen.rows(), chosen.titles, base=chosen.choice.base)
    made = (
        exports.as_csv(columns, lines)
        if kind == "csv"
        else exports.as_xlsx("Procedures side by side", columns, lines)
    )
    answer = Response(made, content_type=exports.CSV_TYPE if kind == "csv" else exports.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename={FILE}.{kind}"
    return answer
