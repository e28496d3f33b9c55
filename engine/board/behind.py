"""The clocks, and so the cases, that stand behind a number of the board."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from engine.board.buckets import bucket
from engine.board.counting import OWN, running, within
from engine.board.overview import seen_definition
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime.lines import DeadlineLine, deadline_lines
from engine.store.tables import Deadline

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which clocks: of one limit, in one span of time left, or missed in the week of a Monday.

    `after` is the last one seen.
    """

    process_id: str | None = None
    element_id: str | None = None
    bucket: str | None = None
    missed_in: date | None = None
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A page of clocks, the soonest first; `next` is what `Wanted.after` takes for the next."""

    lines: tuple[DeadlineLine, ...]
    next: str | None


def behind(
    session: Session,
    authority: str,
    wanted: Wanted,
    *,
    by: Actor,
    now: datetime,
    most: int = PAGE,
) -> Behind:
    """Give the clocks behind a number. NotFound where the authority's cases may not be seen."""
    definition = seen_definition(session, authority, by=by)
    query = select(Deadline).where(_missed_or_running(authority, wanted, definition.calendar.zone))
    if wanted.process_id and wanted.element_id:
        query = query.where(
            Deadline.process_id == wanted.process_id, Deadline.element_id == wanted.element_id
        )
    if wanted.bucket:
        query = query.where(within(bucket(wanted.bucket), now))
    if wanted.after:
        due_at, id_ = _place(wanted.after)
        query = query.where(
            or_(Deadline.due_at > due_at, and_(Deadline.due_at == due_at, Deadline.id > id_))
        )
    rows = session.scalars(query.order_by(Deadline.due_at, Deadline.id).limit(most + 1)).all()
    lines = deadline_lines(session, rows[:most], now=now)
    return Behind(lines=lines, next=_mark(rows[most - 1]) if len(rows) > most else None)


def _missed_or_running(authority: str, wanted: Wanted, zone: ZoneInfo) -> ColumnElement[bool]:
    if wanted.missed_in is None:
        return running(authority)
    monday = datetime.combine(wanted.missed_in, time(), tzinfo=zone)
    return and_(
        Deadline.authority == authority,
        Deadline.ended_at >= monday,
        Deadline.ended_at < monday + timedelta(weeks=1),
        Deadline.owner == OWN,
        Deadline.met.is_(False),
    )


def _mark(row: Deadline) -> str:
    return f"{row.due_at.isoformat()}~{row.id}"


def _place(mark: str) -> tuple[datetime, int]:
    due_at, _, id_ = mark.partition("~")
    try:
        found = datetime.fromisoformat(due_at)
        number = int(id_)
    except ValueError:
        raise Invalid("This page of the list does not exist; start again from the board.") from None
    if found.tzinfo is None or number < 0:
        raise Invalid("This page of the list does not exist; start again from the board.")
    return found, number
