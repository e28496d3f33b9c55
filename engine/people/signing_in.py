"""Signing in with e-mail address and password, slowed down for whoever guesses."""

import hashlib
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.people.accounts import LONGEST_PASSWORD, normalised
from engine.people.actors import Actor, actor_of
from engine.store.tables import LoginFailure, Person

MOST_FAILURES = 5
WINDOW = timedelta(minutes=15)

_HASHER = PasswordHasher()
# Of no password: checked for an unknown address, so that the answer takes as long as for a known.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZS1zYWx0LTE2LWJ5dA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


class TooManyTries(Refused):
    """The account is locked for a while; the message says for how long at most."""


def authenticate(session: Session, email: str, password: str, *, now: datetime) -> Actor | None:
    """Give whoever signs in, or None when address and password do not belong together.

    A failure is a row in the caller's transaction: commit it. Raises TooManyTries, whether the
    password is right or not, after five failures within fifteen minutes.
    """
    address_hash = _address_hash(email)
    _refuse_guessing(session, address_hash, now=now)
    person = session.scalar(select(Person).where(Person.email == normalised(email)))
    known = person is not None and person.disabled_at is None
    matches = _matches(person.password_hash if person and known else _NOBODY, password)
    if person is None or not (known and matches):
        session.add(LoginFailure(email_hash=address_hash, at=now))
        session.flush()
        return None
    session.execute(delete(LoginFailure).where(LoginFailure.email_hash == address_hash))
    if _HASHER.check_needs_rehash(person.password_hash):
        person.password_hash = _HASHER.hash(password)
    return actor_of(session, person)


def forget_failures(session: Session, *, now: datetime) -> None:
    """Remove the failures that lock nobody out any more; many are of addresses unknown here."""
    session.execute(delete(LoginFailure).where(LoginFailure.at <= now - WINDOW))


def has_password(person: Person, password: str) -> bool:
    """Say whether this is the person's password; nothing is counted."""
    return _matches(person.password_hash, password)


def _refuse_guessing(session: Session, address_hash: str, *, now: datetime) -> None:
    failures = session.scalar(
        select(func.count())
        .select_from(LoginFailure)
        .where(LoginFailure.email_hash == address_hash, LoginFailure.at > now - WINDOW)
    )
    if (failures or 0) >= MOST_FAILURES:
        raise TooManyTries(
            "There were too many sign-ins with a wrong password. Try again in 15 minutes."
        )


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password[: LONGEST_PASSWORD + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False


def _address_hash(email: str) -> str:
    return hashlib.sha256(normalised(email).encode()).hexdigest()
