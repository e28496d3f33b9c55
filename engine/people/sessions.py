"""Signed-in sessions, kept on the server: the browser holds an id, the table its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.people.actors import Actor, named
from engine.store.tables import Person, PersonRole, WebSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)
REMEMBERED = timedelta(hours=24)  # after its end, so that what is typed then can still be kept


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session that is still good."""

    actor: Actor
    csrf_secret: str
    ends_at: datetime  # when it ends unless it is used before
    needs_touch: bool  # a minute has passed since the table last heard of it


def start(session: Session, person_id: int, *, now: datetime) -> str:
    """Sign a person in and give the id that only their browser will know."""
    session_id = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            id_hash=_hash(session_id),
            person_id=person_id,
            csrf_secret=secrets.token_hex(32),
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.flush()
    return session_id


def resume(session: Session, session_id: str, *, now: datetime) -> SignedIn | None:
    """Give who is signed in, or None: unknown, idle too long, too old, or account closed."""
    found = _found(session, session_id)
    if found is None or now >= _ends_at(found[0]):
        return None
    row, actor = found
    return SignedIn(
        actor=actor,
        csrf_secret=row.csrf_secret,
        ends_at=_ends_at(row),
        needs_touch=now >= row.last_seen_at + TOUCH_EVERY,
    )


def whose_was(session: Session, session_id: str, *, now: datetime) -> Actor | None:
    """Give who was signed in until their time was out; nobody where they signed out themselves.

    They are not signed in: all that may be done for them is to keep what they had typed.
    """
    found = _found(session, session_id)
    if found is None or now < _ends_at(found[0]) or now >= _ends_at(found[0]) + REMEMBERED:
        return None
    return found[1]


def touch(session: Session, session_id: str, *, now: datetime) -> datetime | None:
    """Say that the session is in use, and give when it ends now; one that was ended stays ended."""
    row = session.get(WebSession, _hash(session_id))
    if row is None or now >= _ends_at(row):
        return None
    row.last_seen_at = max(row.last_seen_at, now)
    return _ends_at(row)


def end(session: Session, session_id: str) -> None:
    """Sign out: the id is worth nothing from now on."""
    session.execute(delete(WebSession).where(WebSession.id_hash == _hash(session_id)))


def end_all(session: Session, person_id: int) -> None:
    """Sign a person out everywhere."""
    session.execute(delete(WebSession).where(WebSession.person_id == person_id))


def forget_expired(session: Session, *, now: datetime) -> None:
    """Remove the rows of sessions that have been over for a day."""
    before = now - REMEMBERED
    over = (WebSession.expires_at <= before) | (WebSession.last_seen_at <= before - IDLE)
    session.execute(delete(WebSession).where(over))


def _found(session: Session, session_id: str) -> tuple[WebSession, Actor] | None:
    """The session with the person and their roles, in one question to the database."""
    rows = session.execute(
        select(WebSession, Person, PersonRole)
        .join(Person, Person.id == WebSession.person_id)
        .outerjoin(PersonRole, PersonRole.person_id == Person.id)
        .where(WebSession.id_hash == _hash(session_id), Person.disabled_at.is_(None))
    ).all()
    if not rows:
        return None
    held = (role for _, _, role in rows if role is not None)
    return rows[0][0], named(rows[0][1], held)


def _ends_at(row: WebSession) -> datetime:
    return min(row.expires_at, row.last_seen_at + IDLE)


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
