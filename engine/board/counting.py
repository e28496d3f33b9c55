"""Counts clocks and tasks along their indexes, and no further than a reader cares."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from engine.board.buckets import BUCKETS, Bucket
from engine.store.tables import Deadline, UserTask

OWN = "authority"  # the owner of a clock that the authority itself must meet
MOST = 1_000  # what is more than this is told as "more than"
_IN_ONE = 400  # counts in one statement; SQLite takes 500

Place = tuple[str, str]  # a limit: the ids of its diagram and of its boundary event


def running(authority: str) -> ColumnElement[bool]:
    """The authority's own clocks that run and can still be missed."""
    return and_(
        Deadline.authority == authority,
        Deadline.owner == OWN,
        Deadline.ended_at.is_(None),
        Deadline.is_secured == false(),
    )


def within(bucket: Bucket, now: datetime) -> ColumnElement[bool]:
    """The clocks that end in a bucket's span; at its due instant a clock is not overdue yet."""
    if bucket.until == timedelta():
        return Deadline.due_at < now
    bounds = [Deadline.due_at >= now]
    if bucket.after:
        bounds.append(Deadline.due_at > now + bucket.after)
    if bucket.until:
        bounds.append(Deadline.due_at <= now + bucket.until)
    return and_(*bounds)


def clocks(
    session: Session, authority: str, *, now: datetime, is_exact: bool
) -> dict[Place, dict[str, int]]:
    """Count running clocks by limit and bucket; unless exact, one more than MOST is the most."""
    found = {place: {bucket.id: 0 for bucket in BUCKETS} for place in _limits(session, authority)}
    places = list(found)
    counts = [
        _count(
            select(literal(1)).where(_at(authority, place), within(bucket, now)),
            (literal(number), literal(bucket.id)),
            is_exact=is_exact,
        )
        for number, place in enumerate(places)
        for bucket in BUCKETS
    ]
    for number, bucket_id, count in _all(session, counts):
        found[places[number]][bucket_id] = count
    return found


def tasks(session: Session, authority: str, roles: Iterable[str]) -> dict[str, int]:
    """Count the open user tasks of each role; one more than MOST is the most."""
    counts = [
        _count(
            select(literal(1)).where(
                UserTask.authority == authority, UserTask.role == role, UserTask.ended_at.is_(None)
            ),
            (literal(role), null()),
            is_exact=False,
        )
        for role in roles
    ]
    return {role: count for role, _, count in _all(session, counts)}


def _at(authority: str, place: Place) -> ColumnElement[bool]:
    process_id, element_id = place
    return and_(
        running(authority), Deadline.process_id == process_id, Deadline.element_id == element_id
    )


def _count(rows: Select[Any], told: tuple[Any, Any], *, is_exact: bool) -> Select[Any, Any, Any]:
    counted = (rows if is_exact else rows.limit(MOST + 1)).subquery()
    return select(*told, func.count()).select_from(counted)


def _all(session: Session, counts: Sequence[Select[Any, Any, Any]]) -> Iterator[Any]:
    for at in range(0, len(counts), _IN_ONE):
        yield from session.execute(union_all(*counts[at : at + _IN_ONE]))


def _limits(session: Session, authority: str) -> list[Place]:
    """The limits on which a clock runs, by leaps along the index: a row each, not all clocks."""
    first = select(func.min(Deadline.process_id).label("process_id")).where(running(authority))
    processes = first.cte("processes", recursive=True)
    further = select(func.min(Deadline.process_id)).where(
        running(authority), Deadline.process_id > processes.c.process_id
    )
    processes = processes.union_all(
        select(further.scalar_subquery()).where(processes.c.process_id.is_not(None))
    )
    of_process = and_(running(authority), Deadline.process_id == processes.c.process_id)
    lowest = select(func.min(Deadline.element_id)).where(of_process).scalar_subquery()
    elements = (
        select(processes.c.process_id, lowest.label("element_id"))
        .where(processes.c.process_id.is_not(None))
        .cte("elements", recursive=True)
    )
    higher = select(func.min(Deadline.element_id)).where(
        running(authority),
        Deadline.process_id == elements.c.process_id,
        Deadline.element_id > elements.c.element_id,
    )
    elements = elements.union_all(
        select(elements.c.process_id, higher.scalar_subquery()).where(
            elements.c.element_id.is_not(None)
        )
    )
    rows = session.execute(
        select(elements.c.process_id, elements.c.element_id).where(
            elements.c.element_id.is_not(None)
        )
    )
    return [(row[0], row[1]) for row in rows]
