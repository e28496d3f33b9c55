"""How many tasks are overdue, due today and due this week, counted no further than is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from engine.people import Actor
from engine.store.tables import AuditEntry, UserTask
from engine.worklist.reach import Condition, Reach, reach
from engine.worklist.wanted import Wanted, Whose

MOST_COUNTED = 500


@dataclass(frozen=True, kw_only=True)
class Count:
    """A number, exact up to five hundred."""

    number: int

    def __str__(self) -> str:
        """Write the number, or that there are more."""
        return f"{MOST_COUNTED}+" if self.number > MOST_COUNTED else str(self.number)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Open tasks by when their limit ends: in local days, weeks ending on Sunday.

    `stamp` names the newest act at the time of counting, for asking what has changed since.
    """

    overdue: Count
    today: Count
    this_week: Count  # later than today
    all: Count
    mine: Count
    stamp: str


def counts(
    session: Session,
    actor: Actor,
    whose: Whose,
    covered: Mapping[str, str],
    *,
    now: datetime,
    zone: ZoneInfo,
) -> Counts:
    """Count the tasks of a worklist, and the person's own, in one statement.

    Filters leave nothing out here: what is overdue stays in sight, and only an index is read.
    """
    shown = reach(actor, Wanted(whose=whose), covered)
    own = reach(actor, Wanted(whose="mine"), covered)
    midnight, week_end = _ends(now, zone)
    due = UserTask.due_at
    row = session.execute(
        select(
            _number(shown, due < now).label("overdue"),
            _number(shown, due >= now, due < midnight).label("today"),
            _number(shown, due >= midnight, due < week_end).label("this_week"),
            _number(shown).label("all"),
            _number(own).label("mine"),
            select(func.max(AuditEntry.id)).scalar_subquery().label("act"),
            select(func.max(UserTask.id)).scalar_subquery().label("task"),
        )
    ).one()
    return Counts(
        overdue=Count(number=row.overdue),
        today=Count(number=row.today),
        this_week=Count(number=row.this_week),
        all=Count(number=row.all),
        mine=Count(number=row.mine),
        stamp=f"{row.act or 0}.{row.task or 0}",
    )


def _number(reach: Reach, *conditions: Condition) -> ScalarSelect[int]:
    found = reach.some(*conditions, most=MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(found).scalar_subquery()


def _ends(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Give the local midnights that end today and this week."""
    today = now.astimezone(zone).date()
    days = (1, 7 - today.weekday())
    first, last = (datetime.combine(today + timedelta(days=n), time(), tzinfo=zone) for n in days)
    return first, last
