"""A place in the worklist, from which the page before and the page after are found."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Self

from engine.errors import Invalid

NO_LIMIT = "none"
_NUMBER = re.compile(r"[0-9]{1,18}")  # every database holds so many digits


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a task stands in the list: by its limit, those without one last, then by its id."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        """Write the place so that an address can carry it."""
        due = NO_LIMIT if self.due_at is None else self.due_at.isoformat()
        return f"{due}~{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a place from an address; raises Invalid where it is none."""
        due, _, number = text.rpartition("~")
        try:
            at = None if due == NO_LIMIT else datetime.fromisoformat(due)
            if at is not None and at.tzinfo is None:
                raise ValueError
            if not _NUMBER.fullmatch(number):
                raise ValueError
            return cls(due_at=at, id=int(number))
        except ValueError as error:
            raise Invalid("This is no place in the worklist. Start from its first page.") from error


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Which way somebody turns the page, and from where."""

    way: Literal["after", "before"]
    place: Place

    @classmethod
    def read(cls, *, after: str | None, before: str | None) -> Self | None:
        """Read the turn from an address; without a place it is the first page."""
        if after:
            return cls(way="after", place=Place.read(after))
        return cls(way="before", place=Place.read(before)) if before else None
