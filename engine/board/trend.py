"""Which limits were met and missed, week by week, under the clause that sets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from engine.board.counting import OWN, Place
from engine.board.overview import limit_and_step, limit_name, seen_definition
from engine.definitions.model import AuthorityDefinition
from engine.people import Actor
from engine.store.tables import Deadline

WEEKS = 8


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week from Monday, and how many clocks ended in it."""

    monday: datetime
    met: int
    missed: int

    @property
    def share(self) -> float | None:
        """Which part was met; None where nothing ended."""
        ended = self.met + self.missed
        return self.met / ended if ended else None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One limit over the weeks, the earliest first."""

    process_id: str
    element_id: str
    limit: str
    clauses: tuple[str, ...]
    strength: str
    weeks: tuple[Week, ...]

    @property
    def met(self) -> int:
        """How many were met in all the weeks."""
        return sum(week.met for week in self.weeks)

    @property
    def missed(self) -> int:
        """How many were missed in all the weeks."""
        return sum(week.missed for week in self.weeks)


def trend(session: Session, authority: str, *, by: Actor, now: datetime) -> tuple[Trend, ...]:
    """Give the trend of every limit that ended in the last weeks, the present one included.

    Weeks begin on Monday by the authority's clock. NotFound where its cases may not be seen.
    """
    definition = seen_definition(session, authority, by=by)
    mondays = _mondays(now, definition.calendar.zone)
    found: dict[Place, dict[tuple[int, bool], int]] = {}
    for place, week, met, number in _counts(session, authority, mondays):
        found.setdefault(place, {})[week, met] = number
    lines = (_trend(definition, place, numbers, mondays) for place, numbers in found.items())
    return tuple(sorted(lines, key=_most_missed))


def _trend(
    definition: AuthorityDefinition,
    place: Place,
    numbers: Mapping[tuple[int, bool], int],
    mondays: list[datetime],
) -> Trend:
    limit, _ = limit_and_step(definition, place)
    return Trend(
        process_id=place[0],
        element_id=place[1],
        limit=limit_name(limit, place[1]),
        clauses=limit.clauses if limit else (),
        strength=limit.properties.get("source.strength", "must") if limit else "",
        weeks=tuple(
            Week(
                monday=monday,
                met=numbers.get((week, True), 0),
                missed=numbers.get((week, False), 0),
            )
            for week, monday in enumerate(mondays[:-1])
        ),
    )


def _most_missed(line: Trend) -> tuple[object, ...]:
    return -line.missed, line.clauses, line.limit, line.process_id, line.element_id


def _mondays(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """The starts of the weeks, and of the next one."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    this = today - timedelta(days=today.weekday())
    return [this + timedelta(weeks=n) for n in range(1 - WEEKS, 2)]


def _counts(
    session: Session, authority: str, mondays: list[datetime]
) -> list[tuple[Place, int, bool, int]]:
    counted = union_all(
        *(
            select(
                Deadline.process_id,
                Deadline.element_id,
                literal(week).label("week"),
                Deadline.met,
                func.count().label("number"),
            )
            .where(
                Deadline.authority == authority,
                Deadline.ended_at >= start,
                Deadline.ended_at < end,
                Deadline.owner == OWN,
                Deadline.met.is_not(None),
            )
            .group_by(Deadline.process_id, Deadline.element_id, Deadline.met)
            for week, (start, end) in enumerate(pairwise(mondays))
        )
    )
    return [
        ((process_id, element_id), week, bool(met), number)
        for process_id, element_id, week, met, number in session.execute(counted)
    ]
