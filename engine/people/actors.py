"""The actor of a request: a person, a program or the clock, with what it may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import Person, PersonRole

ANALYST = "analyst"  # reads procedures and compares them, and sees no case
EVERYWHERE = "*"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody or something that acts; `grants` are pairs of authority and role."""

    kind: Literal["person", "token", "system"]
    id: int | str
    name: str
    grants: frozenset[tuple[str, str]] = frozenset()

    @property
    def key(self) -> str:
        """How tables and the audit trail name the actor: an id, never a name."""
        return f"{self.kind}:{self.id}"

    @property
    def authorities(self) -> tuple[str, ...]:
        """The authorities in which the actor holds a role, in alphabetical order."""
        return tuple(sorted({authority for authority, _ in self.grants} - {EVERYWHERE}))

    @property
    def sees(self) -> tuple[str, ...]:
        """The authorities whose cases the actor may see, in alphabetical order."""
        seen = {authority for authority, role in self.grants if role != ANALYST}
        return tuple(sorted(seen - {EVERYWHERE}))

    def holds(self, authority: str, role: str) -> bool:
        """Say whether the actor holds the role in the authority."""
        return (authority, role) in self.grants

    def roles_in(self, authority: str) -> frozenset[str]:
        """The roles that the actor holds in the authority."""
        return frozenset(role for place, role in self.grants if place == authority)

    def may_see_cases_of(self, authority: str) -> bool:
        """Whoever holds a role of the authority's procedure sees its cases."""
        return bool(self.roles_in(authority) - {ANALYST})


SYSTEM = Actor(kind="system", id="timers", name="Frontdoor")


def actor_of(session: Session, person: Person) -> Actor:
    """Give the person with the roles that they hold now."""
    return named(
        person, session.scalars(select(PersonRole).where(PersonRole.person_id == person.id))
    )


def named(person: Person, held: Iterable[PersonRole]) -> Actor:
    """Give the person with these roles."""
    grants = frozenset((row.authority, row.role) for row in held)
    return Actor(kind="person", id=person.id, name=person.name, grants=grants)
