"""The worklist on paper, for when the power or the network is gone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.people import Actor
from engine.worklist.lines import WorklistLine, lines
from engine.worklist.reach import Reach, team
from engine.worklist.wanted import Wanted

MOST_ON_PAPER = 500


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Open tasks, soonest limit first, and what each kind of task asks, by its name."""

    lines: tuple[WorklistLine, ...]
    asked: tuple[tuple[str, tuple[str, ...]], ...]
    is_cut: bool  # there are more than fit


def sheet(session: Session, actor: Actor, *, now: datetime) -> Sheet:
    """Give the open tasks of the actor's roles, at most five hundred."""
    reached = Reach(sources=tuple(team(actor, Wanted())))
    places = reached.page(None, most=MOST_ON_PAPER + 1)
    found = lines(session, places, by=actor, covered={}, now=now)
    shown = found[:MOST_ON_PAPER]
    asked = {line.name: line.questions for line in shown if line.questions}
    return Sheet(lines=shown, asked=tuple(sorted(asked.items())), is_cut=len(found) > len(shown))
