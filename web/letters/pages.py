"""Words and choices of the pages of letters."""

from sqlalchemy.orm import Session

from engine import deploy
from engine.people import Actor

FIRST = "ready"


def authorities_of(session: Session, by: Actor) -> tuple[tuple[str, str], ...]:
    """The authorities whose letters the person may see, with their names."""
    return tuple(
        (line.authority, line.name)
        for line in deploy.current(session)
        if by.may_see_cases_of(line.authority)
    )
