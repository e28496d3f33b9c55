"""People for tests that are not about passwords."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from engine import people
from engine.people import Actor, accounts
from engine.store.database import Database
from engine.store.tables import Person

PASSWORD = "a long password for tests"
SINCE = datetime(2026, 9, 22, 10, 5, tzinfo=UTC)


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Hash with argon2's smallest numbers meanwhile; tests of `engine.people` keep its own."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", quick)
        yield


def create(session: Session, *, email: str, name: str, now: datetime = SINCE) -> Person:
    """Let one more person sign in, with the password of all tests, at next to no cost."""
    with quick_passwords():
        return people.create(session, email=email, name=name, password=PASSWORD, now=now)


def make_person(database: Database, name: str, *roles: str, authority: str = "southwark") -> Actor:
    """Make somebody who holds these roles of an authority."""
    with database.writing() as session:
        person = create(session, email=f"{name.lower()}@example.test", name=name.title())
        for role in roles:
            people.grant(session, person.id, authority, role)
        return people.actor_of(session, person)
