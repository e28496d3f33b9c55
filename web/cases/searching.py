"""The list of cases: the search that a person last made, its pages, and the list to take away."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from flask import Response, render_template, request
from sqlalchemy.orm import Session

from engine import cases, deploy, exports
from engine.cases import CaseFilter, CaseLine, CaseList
from engine.people import Actor
from web import ids
from web.filters import LONDON

MOST_EXPORTED = 2_000
REFERRERS: Mapping[str, str] = {
    "professional": "A professional",
    "public": "A member of the public",
    "family": "A member of the family",
    "child": "The child",
    "internal_staff": "A member of staff",
}
STATUSES: Mapping[str, str] = {
    "open": "Open",
    "waiting_for_referrer": "Waiting for the referrer only",
    "finished": "Finished",
}
_LONGEST = 200  # characters of one box
_FILTERS = ("authority", "status", "referrer_kind", "received_from", "received_to")
_COLUMNS = (
    "Reference", "Authority", "Children", "Received", "Outside office hours", "Who told us",
    "Status", "Open tasks", "Overdue limits", "Incidents",
)  # fmt: skip


def typed() -> CaseFilter:
    """What stands in the boxes of the search."""
    boxes = {
        field.name: request.form.get(field.name, "").strip()[:_LONGEST]
        for field in fields(CaseFilter)
        if field.name not in ("sounds_alike", "before", "after")
    }
    return CaseFilter(**boxes, sounds_alike="sounds_alike" in request.form)  # type: ignore[arg-type] # all are texts


def turned(wanted: CaseFilter) -> CaseFilter:
    """The search, from the case on that the address names."""
    before, after = (ids.number(request.args.get(name)) for name in ("before", "after"))
    return replace(wanted, before=before, after=None if before else after)


def show(
    store: Session,
    wanted: CaseFilter,
    *,
    by: Actor,
    now: datetime,
    problems: Mapping[str, str] | None = None,
) -> str:
    """The page, with the list unless something is wrong with what was typed."""
    found = CaseList(lines=()) if problems else cases.listing(store, by, wanted, now=now)
    own = [line for line in deploy.current(store) if by.may_see_cases_of(line.authority)]
    return render_template(
        "cases/index.html",
        found=found,
        wanted=wanted,
        is_search=replace(wanted, before=None, after=None) != CaseFilter(),
        is_filtered=any(getattr(wanted, name) for name in _FILTERS),
        problems=problems or {},
        problems_found=[{"text": t, "href": f"#{key}"} for key, t in (problems or {}).items()],
        authorities=own,
        referrers=REFERRERS,
        statuses=STATUSES,
        most_exported=MOST_EXPORTED,
    )


def exported(store: Session, wanted: CaseFilter, *, by: Actor, now: datetime) -> Response:
    """The list as a table that a spreadsheet opens, newest first."""
    found = cases.listing(store, by, wanted, now=now, most=MOST_EXPORTED)
    cases.record_export(store, found, by=by, now=now)
    body = exports.as_csv(_COLUMNS, [_row(line) for line in found.lines])
    name = f"cases-{now.astimezone(LONDON):%Y-%m-%d}.csv"
    return Response(
        body,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _row(line: CaseLine) -> tuple[str | int | bool | datetime, ...]:
    return (
        line.reference,
        line.authority_name,
        "; ".join(line.children),
        line.received_at.astimezone(LONDON),
        line.received_out_of_hours,
        REFERRERS.get(line.referrer_kind or "", line.referrer_kind or ""),
        STATUSES[line.status],
        line.open_tasks,
        line.overdue,
        line.incidents,
    )
