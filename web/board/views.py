"""The deadlines board for managers."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import board as boards
from engine.board import BUCKETS, Wanted
from web import clock
from web.auth import Access, actor, requires
from web.board import pages
from web.database import reading

bp = Blueprint("board", __name__, template_folder="templates", url_prefix="/board")


@bp.get("/")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """The boards that the person may see; the only one at once."""
    with reading() as store:
        found = boards.boards_of(store, actor())
    if len(found) == 1:
        return redirect(url_for(".board", authority=found[0][0]))
    return render_template("board/index.html", boards=found)


@bp.get("/<authority>")
@requires(Access.CASEWORK)
def board(authority: str) -> ResponseReturnValue:
    """Time left to each limit by step and team."""
    with reading() as store:
        found = boards.board(store, authority, by=actor(), now=clock.now())
    first = next((line.process_id for line in found.lines), None)
    return render_template(
        "board/board.html", board=found, buckets=BUCKETS, first=first, capped=pages.capped
    )


@bp.get("/<authority>/trend")
@requires(Access.CASEWORK)
def trend(authority: str) -> ResponseReturnValue:
    """What was met and missed, week by week."""
    with reading() as store:
        found = boards.trend(store, authority, by=actor(), now=clock.now())
        names = dict(boards.boards_of(store, actor()))
    return render_template(
        "board/trend.html", trend=found, authority=authority, name=names[authority]
    )


@bp.get("/<authority>/board.<kind>")
@requires(Access.CASEWORK)
def board_file(authority: str, kind: str) -> ResponseReturnValue:
    """The board to take away, with its numbers to the end."""
    with reading() as store:
        found = boards.board(store, authority, by=actor(), now=clock.now(), is_exact=True)
    return _file(kind, "board", f"Board {found.name}", pages.board_table(found))


@bp.get("/<authority>/trend.<kind>")
@requires(Access.CASEWORK)
def trend_file(authority: str, kind: str) -> ResponseReturnValue:
    """What was met and missed to take away."""
    with reading() as store:
        found = boards.trend(store, authority, by=actor(), now=clock.now())
    return _file(kind, "trend", "Met and missed", pages.trend_table(found))


@bp.get("/<authority>/cases")
@requires(Access.CASEWORK)
def cases(authority: str) -> ResponseReturnValue:
    """The cases behind a number of the board."""
    wanted = pages.wanted(request.args)
    with reading() as store:
        found = boards.behind(store, authority, wanted, by=actor(), now=clock.now())
        names = dict(boards.boards_of(store, actor()))
    return render_template(
        "board/cases.html",
        authority=authority,
        name=names[authority],
        found=found,
        wanted=wanted,
        span=_span(wanted),
        asked={k: v for k, v in request.args.to_dict().items() if k != "after"},
    )


@bp.get("/<authority>/cases.<kind>")
@requires(Access.CASEWORK)
def cases_file(authority: str, kind: str) -> ResponseReturnValue:
    """The cases behind a number to take away, at most 5,000."""
    wanted = pages.wanted(request.args)
    with reading() as store:
        found = boards.behind(
            store, authority, wanted, by=actor(), now=clock.now(), most=pages.MOST_EXPORTED
        )
    return _file(kind, "cases", "Cases behind the board", pages.cases_table(found.lines))


@bp.get("/<authority>/diagrams/<process_id>")
@requires(Access.CASEWORK)
def heat(authority: str, process_id: str) -> ResponseReturnValue:
    """A diagram by the time left at its activities, drawn and in words."""
    with reading() as store:
        found = pages.heat(store, authority, process_id, by=actor(), now=clock.now())
    return render_template("board/heat.html", heat=found)


def _span(wanted: Wanted) -> str:
    labels = {bucket.id: bucket.label for bucket in BUCKETS}
    if wanted.missed_in:
        return f"Missed in the week from {wanted.missed_in.day} {wanted.missed_in:%B %Y}"
    if wanted.bucket in (None, "overdue"):
        return labels.get(wanted.bucket or "", "All limits that run")
    return f"{labels.get(wanted.bucket or '', '')} left"


def _file(
    kind: str, name: str, title: str, table: tuple[list[str], list[list[object]]]
) -> Response:
    content = pages.exported(kind, title, *table)
    answer = Response(content, content_type=pages.KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
