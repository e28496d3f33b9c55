"""What the worklist shows beside its tasks, gathered from the engine."""

from sqlalchemy.orm import Session

from engine import deploy
from engine.people import Actor
from web.filters import words


def roles_of(session: Session, by: Actor) -> tuple[tuple[str, str], ...]:
    """The person's roles with their labels, for choosing one on the worklist."""
    held = {
        role: deploy.current_definition(session, authority).roles.get(role, words(role))
        for authority in by.authorities
        for role in sorted(by.roles_in(authority))
    }
    return tuple(held.items())
