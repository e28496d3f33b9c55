"""Procedures side by side: diagrams in step, merged into one, tables, forms and versions."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from engine.compare.comparison import Differences
from engine.compare.merge import merge
from engine.errors import NotFound
from web.auth import Access, requires
from web.compare import drawing, parting, telling, united
from web.compare.sides import Compared, compared
from web.compare.subjects import load
from web.compare.views import bp
from web.database import reading


@bp.get("/diagrams")
@requires(Access.SIGNED_IN)
def diagrams() -> ResponseReturnValue:
    """Diagrams of one id beside each other, and every difference between them."""
    chosen = _compared()
    if not chosen.is_enough:
        return _too_few(chosen)
    found = chosen.found()
    process = _process(chosen, request.args.get("flow"))
    shown = telling.of_diagram(chosen, found.diagrams, process)
    own = [each for each in found.diagrams if each.part == process]
    numbered = [(each, told.number) for each, told in zip(own, shown, strict=True)]
    having = [key for key in chosen.keys if process in chosen.definitions[key].processes]
    return render_template(
        "compare/diagrams.html",
        chosen=chosen,
        process=process,
        told=shown,
        having=having,
        marks={key: telling.marks(chosen, numbered, key, process) for key in having},
        ids={key: chosen.ids_there(key, process) for key in having},
        counts=_counts(chosen, found),
    )


@bp.get("/merged")
@requires(Access.SIGNED_IN)
def merged() -> ResponseReturnValue:
    """One flow of all those compared in one picture: every element shows who has it."""
    chosen = _compared()
    if not chosen.is_enough:
        return _too_few(chosen)
    process = _process(chosen, request.args.get("flow"))
    union = merge(chosen.definitions, process)
    numbers = united.numbers_of(union)
    signs = drawing.signs(chosen.titles)
    return render_template(
        "compare/merged.html",
        chosen=chosen,
        process=process,
        union=union,
        signs=signs,
        steps=united.steps(chosen, union, numbers),
        picture=drawing.picture(union, numbers, signs),
        counts=_counts(chosen, None),
    )


@bp.get("/tables")
@requires(Access.SIGNED_IN)
def tables() -> ResponseReturnValue:
    """The decisions that two take by tables, and in how many regions they part; or one of them."""
    chosen = _compared()
    if not chosen.is_enough:
        return _too_few(chosen)
    decision = request.args.get("decision")
    if decision is None:
        return render_template("compare/tables.html", chosen=chosen, counts=parting.counts(chosen))
    one, other = request.args.get("one", chosen.keys[0]), request.args.get("with", chosen.keys[1])
    if one == other or not {one, other} <= set(chosen.keys):
        raise NotFound("These two procedures are not among those that are compared.")
    pair = chosen.pair(one, other)
    told = parting.wanted(pair, decision)
    if told is None:
        raise NotFound("This decision is not taken by a table on both sides.")
    return render_template(
        "compare/table.html",
        chosen=chosen,
        pair=pair,
        told=told,
        groups=parting.groups(chosen, pair, told),
        codes=parting.codes(pair, told),
        rows=parting.aligned(told),
        sentences=parting.sentences(chosen, pair, told),
    )


@bp.get("/forms")
@requires(Access.SIGNED_IN)
def forms() -> ResponseReturnValue:
    """What the first asks in its forms and another does not, or asks otherwise."""
    chosen = _compared()
    if not chosen.is_enough:
        return _too_few(chosen)
    other = chosen.named(request.args.get("with"))
    found = chosen.found(other).forms
    return render_template(
        "compare/forms.html",
        chosen=chosen,
        other=other,
        parts=telling.of_parts(chosen, found, {}),
        total=len(found),
    )


@bp.get("/diagrams/<key>/<process>.bpmn")
@requires(Access.SIGNED_IN)
def diagram_source(key: str, process: str) -> ResponseReturnValue:
    """The file of a diagram, of any version, for the viewers."""
    with reading() as store:
        definition = load(store, [key])[key]
    if process not in definition.processes:
        raise NotFound(f"{definition.name} has no diagram of that name.")
    return Response(definition.processes[process].source, mimetype="application/xml")


def _compared() -> Compared:
    with reading() as store:
        return compared(store, request.args)


def _too_few(chosen: Compared) -> ResponseReturnValue:
    return render_template("compare/too_few.html", chosen=chosen), 422


def _process(chosen: Compared, wanted: str | None) -> str:
    """The diagram that is asked for; the first flow that there is for none, and for a flow that
    other procedures have."""
    known = {key for each in chosen.definitions.values() for key in each.processes}
    if wanted in known:
        return str(wanted)
    if wanted and wanted not in chosen.flows:
        raise NotFound("None of these procedures has a diagram of that name.")
    return next((flow for flow in chosen.flows if flow in known), min(known))


def _counts(chosen: Compared, found: Differences | None) -> dict[str, int]:
    """The diagrams of all, those of flows first, with how many differences each has."""
    flows = [flow for each in chosen.definitions.values() for flow in each.vocabulary.flows]
    others = sorted(key for each in chosen.definitions.values() for key in each.processes)
    known = set(others)
    told = [each.part for each in found.diagrams] if found else []
    return {key: told.count(key) for key in dict.fromkeys((*flows, *others)) if key in known}
