"""The pages of one case: each a part of it, light whatever the case has come to."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from engine import cases, intake
from web.auth import Access, actor, requires
from web.cases import arrivals, standing, top
from web.cases.blueprint import bp
from web.database import reading
from web.diagrams import steps
from web.letter_states import LETTER_STATES


@bp.get("/cases/<int:case_id>")
@requires(Access.CASEWORK)
def page(case_id: int) -> ResponseReturnValue:
    """Where a case stands and why, what is next, who acts, and what is soonest."""
    return overview(case_id)


def overview(case_id: int, arrival: arrivals.Arrival | None = None) -> str:
    """The first page, with what was typed of something that arrived."""
    with reading() as store:
        found = top.load(store, case_id)
        view = cases.overview(store, found.mast, found.definition, now=found.now)
    sent = arrival or arrivals.fresh(found.definition, now=found.now)
    return top.show(
        "cases/page.html",
        found,
        part="page",
        view=view,
        questions=sent.questions,
        problems_found=sent.problems,
    )


@bp.get("/cases/<int:case_id>/limits")
@requires(Access.CASEWORK)
def limits(case_id: int) -> ResponseReturnValue:
    """Every limit, with the time left and its arithmetic."""
    with reading() as store:
        found = top.load(store, case_id)
        part = cases.limits(store, found.mast, top.number(), now=found.now)
    return top.show("cases/limits.html", found, part="limits", list=part)


@bp.get("/cases/<int:case_id>/decisions")
@requires(Access.CASEWORK)
def decisions(case_id: int) -> ResponseReturnValue:
    """Every decision with its rule and clause, and the judgement that replaced it."""
    with reading() as store:
        found = top.load(store, case_id)
        part = cases.decisions(store, found.mast, found.definition, top.number(), by=actor())
    return top.show("cases/decisions.html", found, part="decisions", list=part)


@bp.get("/cases/<int:case_id>/known")
@requires(Access.CASEWORK)
def known(case_id: int) -> ResponseReturnValue:
    """What is known, who said it when, and what was put right."""
    with reading() as store:
        found = top.load(store, case_id)
        facts = cases.known(store, case_id, top.number(), by=actor())
    return top.show("cases/known.html", found, part="known", facts=facts, list=facts.part)


@bp.get("/cases/<int:case_id>/letters")
@requires(Access.CASEWORK)
def letters(case_id: int) -> ResponseReturnValue:
    """Everything that was said and sent, and what arrived."""
    with reading() as store:
        found = top.load(store, case_id)
        part = cases.told(store, found.mast, top.number())
        heard = cases.heard(store, found.mast)
    return top.show(
        "cases/letters.html", found, part="letters", list=part, heard=heard, states=LETTER_STATES
    )


@bp.get("/cases/<int:case_id>/history")
@requires(Access.CASEWORK)
def history(case_id: int) -> ResponseReturnValue:
    """What happened, the newest first."""
    with reading() as store:
        found = top.load(store, case_id)
        part = cases.latest(store, case_id, found.definition, top.number())
    return top.show("cases/history.html", found, part="history", list=part)


@bp.get("/cases/<int:case_id>/related")
@requires(Access.CASEWORK)
def related(case_id: int) -> ResponseReturnValue:
    """Other cases about the same child or household, and on which database each is recorded."""
    with reading() as store:
        found = top.load(store, case_id)
        others = intake.related(store, case_id, actor())
    return top.show("cases/related.html", found, part="related", related=others)


@bp.get("/cases/<int:case_id>/chronology")
@requires(Access.CASEWORK)
def chronology(case_id: int) -> ResponseReturnValue:
    """What happened in all cases about the same child, in the order of its dates."""
    with reading() as store:
        found = top.load(store, case_id)
        others = intake.related(store, case_id, actor())
        ids = [case_id, *(other.case.id for other in others)]
        part = cases.chronology(store, ids, top.number(), by=actor())
    return top.show("cases/chronology.html", found, part="related", list=part, related=others)


@bp.get("/cases/<int:case_id>/diagram")
@requires(Access.CASEWORK)
def diagram_page(case_id: int) -> ResponseReturnValue:
    """Where the case stands in its diagrams, drawn and in words."""
    with reading() as store:
        found = top.load(store, case_id)
        marks = standing.marks(store, found)
    process = standing.process_of(found, request.args.get("diagram") or marks.first)
    states = marks.states(process.id)
    return top.show(
        "cases/diagram.html",
        found,
        part="diagram_page",
        process=process,
        entered=marks.entered,
        states=states,
        steps=steps(found.definition, process.id, states),
    )


@bp.get("/cases/<int:case_id>/diagrams/<process_id>.bpmn")
@requires(Access.CASEWORK)
def diagram(case_id: int, process_id: str) -> ResponseReturnValue:
    """A diagram of the version that the case runs by, for the viewer."""
    with reading() as store:
        found = top.load(store, case_id)
    return Response(standing.process_of(found, process_id).source, mimetype="application/xml")
