"""What the worklist's pages show, gathered from the engine."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask import render_template, url_for
from sqlalchemy.orm import Session

from engine import worklist
from engine.people import Actor
from engine.worklist import Choices, Sheet, Turn, Wanted
from web.filters import words

COLUMNS = (
    "Limit",
    "Must or should",
    "Name of the limit",
    "Task",
    "Case",
    "Children",
    "Role",
    "Authority",
    "Claimed by",
)


def wanted_now(session: Session, by: Actor, asked: Mapping[str, str]) -> Wanted:
    """What the person chose last, of those whose tasks the address names."""
    kept = worklist.remembered(session, by)
    shows = asked.get("show")
    return replace(kept, whose="mine" if shows == "mine" else "team") if shows else kept


def index(session: Session, by: Actor, asked: Mapping[str, str], *, now: datetime) -> str:
    """A page of the worklist."""
    wanted = wanted_now(session, by, asked)
    turn = Turn.read(after=asked.get("after"), before=asked.get("before"))
    choices = worklist.choices(session, by)
    found = worklist.worklist(session, by, wanted, now=now, zone=choices.zone, turn=turn)
    return render_template(
        "worklist/index.html",
        worklist=found,
        wanted=wanted,
        choices=choices,
        chosen=tuple(_chosen(wanted, choices)),
        turns=_turns(found, wanted),
        is_first=turn is None,
        changes_at=url_for(".changes", show=wanted.whose, since=found.counts.stamp),
        now=now,
    )


def rows(sheet: Sheet) -> list[list[str]]:
    """The worklist as rows of a table for a spreadsheet."""
    return [
        [
            line.due_at.astimezone(line.zone).strftime("%Y-%m-%d %H:%M") if line.due_at else "",
            line.strength or "",
            words(line.deadline_name) if line.deadline_name else "",
            line.title,
            line.reference,
            ", ".join(line.children),
            line.role_label,
            line.authority_name,
            line.claimed_by_name or "",
        ]
        for line in sheet.lines
    ]


def _turns(found: worklist.Worklist, wanted: Wanted) -> dict[str, str]:
    """The addresses of the pages before and after, where there are such."""
    addresses = {
        "before": found.before and url_for(".index", show=wanted.whose, before=found.before),
        "after": found.after and url_for(".index", show=wanted.whose, after=found.after),
    }
    return {way: address for way, address in addresses.items() if address}


def _chosen(wanted: Wanted, choices: Choices) -> list[str]:
    """The filters that are set, in words."""
    labels = [
        dict(choices.authorities).get(wanted.authority, wanted.authority),
        dict(choices.processes).get(wanted.process_id, wanted.process_id),
        dict(choices.roles).get(wanted.role, wanted.role),
        f"child’s name: {wanted.child}" if wanted.child else "",
        f"referrer: {words(wanted.referrer_kind).lower()}" if wanted.referrer_kind else "",
        f"{wanted.strength} be done" if wanted.strength else "",
    ]
    return [label for label in labels if label]
