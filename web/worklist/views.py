"""The worklist."""

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import exports, worklist
from engine.worklist import Wanted
from web import clock, ids
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.worklist import pages, several
from web.worklist.blueprint import bp


@bp.get("/worklist")
@requires(Access.CASEWORK)
def index() -> ResponseReturnValue:
    """Open user tasks, the person's own or those of their roles, soonest limit first."""
    with reading() as store:
        return pages.index(store, actor(), request.args, now=clock.now())


@bp.post("/worklist/filters")
@requires(Access.CASEWORK)
def choose() -> ResponseReturnValue:
    """Keep what the person wants to see."""
    wanted = Wanted.read(request.form.to_dict())
    with writing() as store:
        worklist.remember(store, actor(), wanted)
    return redirect(url_for(".index", show=wanted.whose))


@bp.post("/worklist/filters/clear")
@requires(Access.CASEWORK)
def clear() -> ResponseReturnValue:
    """Show everything again."""
    wanted = Wanted(whose=Wanted.read(request.form.to_dict()).whose)
    with writing() as store:
        worklist.remember(store, actor(), wanted)
    return redirect(url_for(".index", show=wanted.whose))


@bp.get("/worklist/changes")
@requires(Access.CASEWORK, notices=False)
def changes() -> ResponseReturnValue:
    """How much has changed since the page was made, and the counts now."""
    since = request.args.get("since", "")
    with reading() as store:
        whose = pages.wanted_now(store, actor(), request.args).whose
        zone = worklist.choices(store, actor()).zone
        found = worklist.changes(store, actor(), whose, since, now=clock.now(), zone=zone)
    counts = found.counts
    return jsonify(
        changes=found.number,
        overdue=str(counts.overdue),
        today=str(counts.today),
        this_week=str(counts.this_week),
        stamp=counts.stamp,
    )


@bp.post("/worklist/tasks/<int:task_id>/take")
@requires(Access.CASEWORK)
def take(task_id: int) -> ResponseReturnValue:
    """Take over a task of somebody who is away."""
    with writing() as store:
        worklist.take(store, task_id, by=actor(), now=clock.now())
    flash("The task is yours now.")
    return redirect(url_for("tasks.task", task_id=task_id))


@bp.post("/worklist/selected")
@requires(Access.CASEWORK)
def act_on_selected() -> ResponseReturnValue:
    """Claim or release several tasks, or ask who is to get them."""
    task_ids, by, now = several.selected(), actor(), clock.now()
    act = request.form.get("act")
    if act == "reassign" and task_ids:
        return several.ask_to_whom(task_ids)
    if act == "release":
        return several.act_on(
            task_ids, lambda s, id_: worklist.release(s, id_, by=by, now=now), done="released"
        )
    return several.act_on(
        task_ids, lambda s, id_: worklist.take(s, id_, by=by, now=now), done="claimed"
    )


@bp.post("/worklist/reassign")
@requires(Access.CASEWORK)
def reassign() -> ResponseReturnValue:
    """Give tasks to a colleague."""
    task_ids, by, now = several.selected(), actor(), clock.now()
    to = ids.number(request.form.get("to"))
    if to is None:
        return several.ask_to_whom(task_ids, problem="Choose a colleague.")
    return several.act_on(
        task_ids,
        lambda s, id_: worklist.reassign(s, id_, to, by=by, now=now),
        done="reassigned",
    )


@bp.get("/worklist/print")
@requires(Access.CASEWORK)
def on_paper() -> ResponseReturnValue:
    """The open tasks of the person's roles, for a power cut."""
    now = clock.now()
    with reading() as store:
        sheet = worklist.sheet(store, actor(), now=now)
    return render_template("worklist/print.html", sheet=sheet, now=now)


@bp.get("/worklist/tasks.csv")
@requires(Access.CASEWORK)
def as_csv() -> ResponseReturnValue:
    """The open tasks of the person's roles as a file for a spreadsheet."""
    with reading() as store:
        sheet = worklist.sheet(store, actor(), now=clock.now())
    answer = Response(exports.as_csv(pages.COLUMNS, pages.rows(sheet)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="worklist.csv"'
    return answer
