"""People's accounts: made, given roles, given a new password, disabled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from engine.people.actors import SYSTEM
from engine.people.sessions import end_all
from engine.store.tables import ApiToken, Person, PersonRole

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128

_HASHER = PasswordHasher()
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person as a list shows them."""

    id: int
    email: str
    name: str
    is_disabled: bool
    grants: tuple[tuple[str, str], ...]


def create(session: Session, *, email: str, name: str, password: str, now: datetime) -> Person:
    """Make an account that has no role yet."""
    address = normalised(email)
    if not _EMAIL.fullmatch(address):
        raise Invalid(f"“{email}” is no e-mail address; write it like name@example.org")
    if not name.strip():
        raise Invalid("A person needs a name")
    if session.scalar(select(Person.id).where(Person.email == address)) is not None:
        raise Invalid(f"{address} has an account already")
    person = Person(
        email=address, name=name.strip(), password_hash=hashed(password, address), created_at=now
    )
    session.add(person)
    session.flush()
    return person


def find(session: Session, email: str) -> Person:
    """Give the person with this e-mail address."""
    person = session.scalar(select(Person).where(Person.email == normalised(email)))
    if person is None:
        raise NotFound(f"nobody has the e-mail address {email}")
    return person


def grant(session: Session, person_id: int, authority: str, role: str) -> None:
    """Give a person a role; one that they hold already stays theirs."""
    if session.get(PersonRole, (person_id, authority, role)) is None:
        session.add(PersonRole(person_id=person_id, authority=authority, role=role))
        session.flush()


def revoke(session: Session, person_id: int, authority: str, role: str) -> None:
    """Take a role from a person; it counts from their next request."""
    held = session.get(PersonRole, (person_id, authority, role))
    if held is None:
        raise NotFound(f"the person does not hold the role {role} in {authority}")
    session.delete(held)
    session.flush()


def set_password(session: Session, person_id: int, password: str) -> None:
    """Give a person a new password and end their sessions."""
    person = session.get_one(Person, person_id)
    person.password_hash = hashed(password, person.email)
    end_all(session, person_id)


def disable(session: Session, person_id: int, *, now: datetime) -> None:
    """Close an account: its sessions end at once, its roles go; the name stays in the records."""
    session.get_one(Person, person_id).disabled_at = now
    session.execute(delete(PersonRole).where(PersonRole.person_id == person_id))
    end_all(session, person_id)


def everybody(session: Session) -> tuple[PersonLine, ...]:
    """Give all people with their roles, by e-mail address."""
    grants: dict[int, list[tuple[str, str]]] = {}
    for row in session.scalars(
        select(PersonRole).order_by(PersonRole.person_id, PersonRole.authority, PersonRole.role)
    ):
        grants.setdefault(row.person_id, []).append((row.authority, row.role))
    return tuple(
        PersonLine(
            id=person.id,
            email=person.email,
            name=person.name,
            is_disabled=person.disabled_at is not None,
            grants=tuple(grants.get(person.id, ())),
        )
        for person in session.scalars(select(Person).order_by(Person.email))
    )


def names(session: Session, keys: Iterable[str | None]) -> dict[str, str]:
    """Give the names that belong to actors' keys; each is read once in a session."""
    wanted = {key for key in keys if key}
    found: dict[str, str] = session.info.setdefault("names", {})
    new = wanted - set(found)
    ids = {kind: [_id(key) for key in new if key.startswith(kind)] for kind in _KINDS}
    found.update({key: SYSTEM.name for key in new if key.startswith("system:")})
    for kind, table in _KINDS.items():
        if not ids[kind]:
            continue
        rows = session.execute(select(table.id, table.name).where(table.id.in_(ids[kind])))
        found.update({f"{kind}{id_}": name for id_, name in rows})
    return {key: found.get(key, key) for key in wanted}


def _id(key: str) -> int:
    number = key.partition(":")[2]
    return int(number) if number.isdecimal() else 0


def normalised(email: str) -> str:
    """Give an e-mail address in the one form in which it is kept."""
    return email.strip().lower()


def hashed(password: str, email: str) -> str:
    """Give the password's argon2id hash; a password that is easily guessed is refused."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; "
            "three or four unrelated words do well"
        )
    if email.split("@")[0] in password.lower() or len(set(password)) < SHORTEST_PASSWORD // 3:
        raise Invalid("This password is too easy to guess; three or four unrelated words do well")
    return _HASHER.hash(password)


_KINDS: dict[str, type[Person] | type[ApiToken]] = {"person:": Person, "token:": ApiToken}
