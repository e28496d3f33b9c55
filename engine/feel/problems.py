"""What can go wrong with FEEL text: no syntax, too much work, or a step without an answer."""

from dataclasses import dataclass
from typing import NamedTuple

from engine.errors import Invalid


class Place(NamedTuple):
    """Where in the text something stands; both count from 1."""

    line: int
    column: int
    source: str | None = None  # the id of the diagram's element, where the text is in one


class SyntaxProblem(Invalid):
    """The text is not FEEL; says where and what was expected."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(f"{message} (line {place.line}, column {place.column})")
        self.message = message
        self.line = place.line
        self.column = place.column


class LimitExceeded(Invalid):
    """The evaluation would take more time or memory than an expression may have."""


class Failure(Exception):
    """A step has no answer; caught at the step and turned into null and a warning."""


@dataclass(frozen=True, kw_only=True)
class Warning_:  # noqa: N801 - "Warning" alone would hide Python's own
    """Why an expression became null, and where in its text."""

    message: str
    line: int | None = None
    column: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        place = f" (line {self.line}, column {self.column})" if self.line else ""
        return f"{where}{self.message}{place}"
