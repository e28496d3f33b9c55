"""The frame of every page of a case: its top, its parts, and where its clauses stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from engine import cases
from engine.cases import Mast
from engine.definitions.model import AuthorityDefinition
from web import clock, ids
from web.auth import actor

PARTS: Mapping[str, str] = {  # endpoint → what the navigation calls it
    "page": "Overview",
    "limits": "Limits",
    "decisions": "Decisions",
    "known": "What is known",
    "letters": "Letters",
    "documents_list": "Documents",
    "history": "History",
    "related": "Related cases",
    "diagram_page": "Diagram",
}
STATUSES: Mapping[str, tuple[str, str]] = {  # in words, and the colour of the tag
    "open": ("Open", "blue"),
    "waiting_for_referrer": ("Waiting for the referrer only", "yellow"),
    "finished": ("Finished", "grey"),
    "withdrawn": ("Withdrawn", "orange"),
}


@dataclass(frozen=True, kw_only=True)
class Top:
    """A case that the caller may see, with the version of the procedure that it runs by."""

    mast: Mast
    definition: AuthorityDefinition
    now: datetime


def load(store: Session, case_id: int) -> Top:
    """Find a case; NotFound when the caller may not see it."""
    mast, definition = cases.mast(store, case_id, by=actor())
    return Top(mast=mast, definition=definition, now=clock.now())


def show(template: str, top: Top, *, part: str = "", **more: Any) -> str:
    """A page of a case; `part` is the endpoint that the navigation marks."""
    status = "withdrawn" if top.mast.is_withdrawn else top.mast.status.value
    return render_template(
        template,
        case=top.mast,
        definition=top.definition,
        clauses_at=url_for("models.clauses", authority=top.definition.id),
        now=top.now,
        part=part,
        parts=PARTS,
        status=STATUSES[status],
        **more,
    )


def number() -> int:
    """The part of a long list that is asked for; the first for anything that is none."""
    return ids.number(request.args.get("part")) or 1
