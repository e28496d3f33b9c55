"""Who is away, and who covers for them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import absences, worklist
from engine.absences import Leave
from engine.errors import Invalid, Refused
from web import clock, ids
from web.auth import Access, actor, requires
from web.database import reading, writing
from web.worklist.blueprint import bp

Problems = Mapping[str, str]

PARTS = ("day", "month", "year")
FOCUS = {"person": "person", "cover": "cover", "first": "first-day", "last": "last-day"}


@bp.get("/worklist/absences")
@requires(Access.CASEWORK)
def away() -> ResponseReturnValue:
    """Absences that run or are to come, and a form for another."""
    return _show({})


@bp.post("/worklist/absences")
@requires(Access.CASEWORK)
def add_absence() -> ResponseReturnValue:
    """Say who is away, or what is wrong with what was entered."""
    with reading() as store:
        zone = worklist.choices(store, actor()).zone
    problems = dict(_problems(request.form))
    if problems:
        return _show(problems), 422
    try:
        with writing() as store:
            absences.add(store, _leave(request.form, zone), by=actor(), now=clock.now())
    except (Invalid, Refused) as wrong:
        able = _able(ids.number(request.form.get("person")))
        sentence = f"{wrong} {able}" if isinstance(wrong, absences.BadCover) else str(wrong)
        return _show({_about(wrong): sentence}), 422
    flash("The cover is arranged.")
    return redirect(url_for(".away"))


@bp.post("/worklist/absences/<int:id>/end")
@requires(Access.CASEWORK)
def end_absence(id: int) -> ResponseReturnValue:
    """End an absence, or take it back before it has begun."""
    with writing() as store:
        absences.end(store, id, by=actor(), now=clock.now())
    flash("The absence has ended.")
    return redirect(url_for(".away"))


def _show(problems: Problems) -> str:
    now, by = clock.now(), actor()
    with reading() as store:
        coming = absences.coming(store, by, now=now)
        colleagues = absences.colleagues(store, by)
        arranged = absences.may_arrange_for(store, by)
        zone = worklist.choices(store, by).zone
    return render_template(
        "worklist/absences.html",
        coming=coming,
        colleagues=colleagues,
        staff=[colleague for colleague in colleagues if colleague.id in arranged],
        zone=zone,
        moment=timedelta(microseconds=1),
        boxes=request.form,
        problems=problems,
        problems_found=[
            {"text": problems[name], "href": f"#{focus}"}
            for name, focus in FOCUS.items()
            if name in problems
        ],
    )


def _able(person_id: int | None) -> str:
    """Who shares a role with the person who is away, or what to do where nobody does."""
    with reading() as store:
        colleagues = absences.colleagues(store, actor())
    grants = next((one.grants for one in colleagues if one.id == person_id), frozenset())
    able = [one.name for one in colleagues if one.grants & grants and one.id != person_id]
    if not able:
        return "Nobody does yet: ask whoever looks after accounts to give somebody the role."
    return f"That is: {', '.join(able)}."


def _problems(boxes: Mapping[str, str]) -> Problems:
    found = {}
    if ids.number(boxes.get("person")) is None:
        found["person"] = "Choose who is away."
    if ids.number(boxes.get("cover")) is None:
        found["cover"] = "Choose who covers."
    for name, label in (("first", "first day"), ("last", "last day")):
        if _day(boxes, name) is None:
            found[name] = f"Enter the {label} away as a day, a month and a year."
    return found


def _leave(boxes: Mapping[str, str], zone: ZoneInfo) -> Leave:
    first, last = _day(boxes, "first"), _day(boxes, "last")
    assert first is not None
    assert last is not None
    return Leave(
        person_id=int(boxes["person"]),
        covered_by=int(boxes["cover"]),
        starts_at=datetime.combine(first, time(), tzinfo=zone),
        ends_at=datetime.combine(last + timedelta(days=1), time(), tzinfo=zone),
    )


def _day(boxes: Mapping[str, str], name: str) -> date | None:
    try:
        day, month, year = (int(boxes.get(f"{name}-{part}", "")) for part in PARTS)
        return date(year, month, day) if year < date.max.year else None
    except (OverflowError, ValueError):
        return None


def _about(wrong: Exception) -> str:
    """The box at which the sentence belongs."""
    return {absences.BadCover: "cover", absences.NotYours: "person"}.get(type(wrong), "last")
