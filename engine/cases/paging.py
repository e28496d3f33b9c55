"""A long list of one case, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

Line = TypeVar("Line")
MOST_PAGES = 10_000


@dataclass(frozen=True, kw_only=True)
class Part(Generic[Line]):
    """A part of a list; `number` counts from 1."""

    lines: tuple[Line, ...]
    number: int
    goes_on: bool


def rows_of(session: Session, query: Any, *, number: int, size: int) -> tuple[Sequence[Any], bool]:
    """Give the rows of one part of a query, and whether more come after them."""
    number = max(1, min(number, MOST_PAGES))
    rows = session.execute(query.offset((number - 1) * size).limit(size + 1)).all()
    return rows[:size], len(rows) > size
