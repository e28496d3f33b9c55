"""The pages of one referral: the form that asks for it, and what each authority makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from markupsafe import Markup

from engine import parallel
from engine.parallel import Act, Limit, Parting, Run, Side, Together, WhatIf
from web.citing import cited
from web.filters import sentence, words
from web.parallel import choosing
from web.parallel.asking import MOST_CHILDREN, Asked, local
from web.parallel.library import names
from web.parallel.timeline import by_child, picture

SILENT = "Silent"
_NOT_HERE = "Not on this course"
KINDS = {
    "task": "Task",
    "decided": "Decision",
    "limit": "Limit starts",
    "missed": "Limit passes",
    "told": "Told",
    "record": "Record",
    "outcome": "Outcome",
    "strategy": "Outcome",
    "authorised": "Authorised",
    "message": "Message",
    "stopped": "Ends early",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table side by side: one cell for each authority."""

    title: str
    cells: tuple[Markup | str, ...]


class Said(NamedTuple):
    """What a timeline says of an act; acts that it says the same of stand once."""

    at: str
    kind: str
    text: str
    role: str | None
    clauses: str
    is_product: bool
    asks: str


class Line(NamedTuple):
    """A line of a timeline; no time where it is that of the line before."""

    at: str
    said: Said
    whose: str


def form(asked: Asked, *, problem: str | None = None) -> str:
    """Show the form of a referral that is to be played."""
    library = names(asked.known)
    return render_template(
        "parallel/index.html",
        asked=asked,
        groups=tuple(choosing.groups(asked)),
        takes=tuple(choosing.takes(asked)),
        start=local(asked.referral.start),
        children=len(asked.referral.facts.get("children", ())) or 1,
        most_children=MOST_CHILDREN,
        base=_base(asked),
        library={asked.known[key].name: several for key, several in library.items()},
        problem=problem,
    )


def result(asked: Asked, before: Together, what_if: WhatIf | None, *, sensitivity: bool) -> str:
    """Show what each authority makes of the referral; a part of it where the script asks."""
    together = what_if.after if what_if else before
    at = {key: url_for("models.clauses", authority=d.id) for key, d in asked.chosen.items()}
    is_part = "part" in request.args
    return render_template(
        "parallel/_result.html" if is_part else "parallel/result.html",
        asked=asked,
        together=together,
        first=_first(next(iter(together.partings), None), at),
        end=_first(together.first_end, at),
        cards=[(run, at[key]) for key, run in together.runs.items()],
        changes=tuple(_changes(what_if)) if what_if else (),
        picture=picture(together),
        limits=tuple(_limit_rows(together, at)),
        told=tuple(_rows(together, at, "told")),
        points=tuple(_point_rows(together, at)) if "points" in request.args else None,
        pairs=tuple(_pairs(together)),
        timelines=tuple(_timelines(together)),
        choices=() if is_part else tuple(choosing.what_if(asked, before)),
        sensitivity=_sensitive(together) if sensitivity else None,
        link=url_for(".index", **{"play": ["yes"], **asked.link}),  # type: ignore[arg-type] # words only
        name=_name(asked),
    )


def _name(asked: Asked) -> str:
    return asked.referral.name


def _base(asked: Asked) -> tuple[str, str] | None:
    """Return the word of the address that names where the referral comes from."""
    return next((pair for pair in asked.pairs if pair[0] in ("scenario", "case", "contact")), None)


def _first(
    parting: Parting | None, at: Mapping[str, str]
) -> tuple[str, list[tuple[str, Markup]]] | None:
    """Return where they part, and what each does there."""
    if parting is None:
        return None
    return sentence(parting.about), [
        (side.name, _cell(side, at[key])) for key, side in parting.sides.items()
    ]


def _cell(side: Side, at: str) -> Markup:
    return Markup("{}{}").format(sentence(side.text), _cited(side.clauses, at))


def _changes(what_if: WhatIf) -> Iterator[tuple[str, str, str, str]]:
    for change in what_if.changes:
        before, after = ("; ".join(each) or "none" for each in (change.before, change.after))
        yield change.name, _WHATS[change.what], before, after


_WHATS = {
    "outcome": "Outcome",
    "stopped": "Ends early",
    "authorised": "Authorised by",
    "limits": "Limits",
    "told": "Who is told",
}


def _limit_rows(together: Together, at: Mapping[str, str]) -> Iterator[Row]:
    for point in together.points:
        if point.kind == "limit":
            cells = tuple(
                _limit_cell(together, key, side, at[key]) for key, side in point.sides.items()
            )
            yield Row(title=words(point.word), cells=cells)


def _limit_cell(together: Together, key: str, side: Side, at: str) -> Markup | str:
    if side.state != "does":
        return _absent(side)
    zone = together.definitions[key].calendar.zone
    found = [limit for limit in together.runs[key].limits if limit.name == side.word]
    several = by_child(found, together.runs[key])
    told = dict.fromkeys(_limit_text(limit, whose, zone, at) for limit, whose in several)
    return Markup("<br>").join(told)


def _limit_text(limit: Limit, whose: str, zone: ZoneInfo, at: str) -> Markup:
    due = f"{f'{whose}, ' if whose else ''}{limit.length}: {_when(limit.due, zone)}"
    ends = {True: "met", False: "missed", None: "still runs"}[limit.met]
    strength = "" if limit.strength == "must" else f", {limit.strength}"
    late = ", out of hours" if limit.is_out_of_hours else ""
    return Markup("{}{}{}, {}{}").format(due, strength, late, ends, _cited(limit.clauses, at))


@lru_cache(maxsize=1_000)
def _cited(clauses: tuple[str, ...], at: str) -> Markup:
    return cited(clauses, at)


@lru_cache(maxsize=1_000)
def _when(instant: datetime, zone: ZoneInfo) -> str:
    on = instant.astimezone(zone)
    return f"{on:%a} {on.day} {on:%b} {on:%H:%M}"


def _absent(side: Side) -> str:
    return {"silent": SILENT, "ended": "Ended before"}.get(side.state, _NOT_HERE)


def _rows(together: Together, at: Mapping[str, str], kind: str) -> Iterator[Row]:
    for point in together.points:
        if point.kind == kind:
            who, _, what = point.word.partition(":")
            cells = tuple(
                Markup("Yes{}").format(_cited(side.clauses, at[key]))
                if side.state == "does"
                else _absent(side)
                for key, side in point.sides.items()
            )
            yield Row(title=f"{words(who)} ({words(what).lower()})", cells=cells)


def _point_rows(together: Together, at: Mapping[str, str]) -> Iterator[Row]:
    for point in together.partings:
        cells = tuple(
            _cell(side, at[key]) if side.state == "does" else _absent(side)
            for key, side in point.sides.items()
        )
        yield Row(title=f"{sentence(point.about)}", cells=cells)


def _pairs(together: Together) -> Iterator[tuple[str, str]]:
    for (a, b), parting in together.first_by_pair.items():
        title = f"{together.runs[a].name} and {together.runs[b].name}"
        yield title, sentence(parting.sentence) if parting else "They do not part."


def _timelines(together: Together) -> Iterator[tuple[Run, list[Line]]]:
    for key, run in together.runs.items():
        zone = together.definitions[key].calendar.zone
        several: dict[Said, list[str]] = {}  # what is done for each child alike stands once
        for act in run.acts:
            if act.kind in KINDS:
                several.setdefault(_said(act, zone), []).extend([act.child] if act.child else [])
        yield run, list(_lines(several))


def _said(act: Act, zone: ZoneInfo) -> Said:
    return Said(
        at=_when(act.at, zone),
        kind=KINDS[act.kind],
        text=sentence(act.text),
        role=act.role if act.kind == "task" else None,
        clauses=", ".join(act.clauses),
        is_product=act.is_product,
        asks="; ".join(f"{q.label}{f' – {q.answer}' if q.answer else ''}" for q in act.questions),
    )


def _lines(several: Mapping[Said, Sequence[str]]) -> Iterator[Line]:
    last = ""
    for said, whose in several.items():
        yield Line(at="" if said.at == last else said.at, said=said, whose=", ".join(whose))
        last = said.at


def _sensitive(together: Together) -> list[tuple[str, str, str]]:
    """Return each single change that would change an outcome: the fact, the authority, the end."""
    return [
        (
            f"{words(fact)}: {choosing.said(value).lower()}",
            change.name,
            "; ".join(change.after) or "none",
        )
        for each in parallel.sensitivity(together)
        for fact, value in each.values.items()
        for change in each.changes
        if change.what in ("outcome", "stopped")
    ]
