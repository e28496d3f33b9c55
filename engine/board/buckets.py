"""How much time is left until a limit ends, in the few steps that people act by."""

from dataclasses import dataclass
from datetime import timedelta

from engine.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A span of time left: more than `after`, up to `until` itself; None is without end.

    `warmth` is how urgent it is, from 4, overdue, down to 0.
    """

    id: str
    label: str
    after: timedelta | None
    until: timedelta | None
    warmth: int


BUCKETS = (
    Bucket(id="overdue", label="Overdue", after=None, until=timedelta(), warmth=4),
    Bucket(
        id="two_hours", label="Up to 2 hours", after=timedelta(), until=timedelta(hours=2), warmth=3
    ),
    Bucket(
        id="day",
        label="Up to 24 hours",
        after=timedelta(hours=2),
        until=timedelta(hours=24),
        warmth=2,
    ),
    Bucket(
        id="three_days",
        label="Up to 3 days",
        after=timedelta(hours=24),
        until=timedelta(days=3),
        warmth=1,
    ),
    Bucket(id="later", label="More than 3 days", after=timedelta(days=3), until=None, warmth=0),
)


def bucket(id_: str) -> Bucket:
    """Give a bucket by its id. Raises NotFound when there is none."""
    for found in BUCKETS:
        if found.id == id_:
            return found
    raise NotFound("The board has no such span of time.")
