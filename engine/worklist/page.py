"""One page of a worklist: found by its place, so that nothing is skipped or shown twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine import absences
from engine.people import Actor
from engine.store.tables import UserTask
from engine.worklist.counts import Counts, counts
from engine.worklist.lines import WorklistLine, lines
from engine.worklist.places import Place, Turn
from engine.worklist.reach import WINDOW, Reach, reach
from engine.worklist.wanted import Wanted

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """Open tasks, soonest limit first; `before` and `after` are the places to turn from."""

    lines: tuple[WorklistLine, ...]
    counts: Counts
    before: str | None
    after: str | None
    looked_at: int | None  # where the filters were held only against so many tasks


def worklist(
    session: Session,
    actor: Actor,
    wanted: Wanted | None = None,
    *,
    now: datetime,
    zone: ZoneInfo,
    turn: Turn | None = None,
) -> Worklist:
    """Give a page of the worklist; days and weeks are those of the zone."""
    wanted = wanted or Wanted()
    covered = absences.covered(session, actor, now=now)
    shown = reach(actor, wanted, covered)
    counted = counts(session, actor, wanted.whose, covered, now=now, zone=zone)
    found = _turned(session, shown, turn)
    chosen = select(UserTask.id).where(UserTask.id.in_(place.id for place in found.places))
    shows = lines(session, chosen, by=actor, covered=covered, now=now) if found.places else ()
    return Worklist(
        lines=shows,
        counts=counted,
        before=str(found.before) if found.before else None,
        after=str(found.after) if found.after else None,
        looked_at=found.looked_at,
    )


@dataclass(frozen=True, kw_only=True)
class _Found:
    places: tuple[Place, ...] = ()
    before: Place | None = None
    after: Place | None = None
    looked_at: int | None = None


def _turned(session: Session, shown: Reach, turn: Turn | None) -> _Found:
    """Find the places on the page, and those from which it is turned."""
    places = _places(session, shown.page(turn, most=PAGE + 1))
    has_more = len(places) > PAGE
    if turn is not None and turn.way == "before":
        if not has_more:  # the first page again, and a whole one
            return _turned(session, shown, None)
        back = places[PAGE - 1 :: -1]
        return _Found(places=back, before=back[0], after=back[-1])
    before = None if turn is None else (places[0] if places else turn.place)
    if has_more:
        return _Found(places=places[:PAGE], before=before, after=places[PAGE - 1])
    ends = _places(session, shown.end_of_window(turn)) if shown.has_window else ()
    return _Found(
        places=places,
        before=before,
        after=ends[0] if ends else None,
        looked_at=WINDOW if ends else None,
    )


def _places(session: Session, query: Select[Any]) -> tuple[Place, ...]:
    return tuple(Place(due_at=row.due_at, id=row.id) for row in session.execute(query))
