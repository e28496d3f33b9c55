"""Signed-in sessions, kept on the server: the browser holds an id, the table its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.people.actors import Actor, actor_of
from engine.store.tables import Person, WebSession

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session that is still good."""

    actor: Actor
    csrf_secret: str
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
    row = session.get(WebSession, _hash(session_id))
    if row is None or now >= row.expires_at or now >= row.last_seen_at + IDLE:
        return None
    person = session.get_one(Person, row.person_id)
    if person.disabled_at is not None:
        return None
    return SignedIn(
        actor=actor_of(session, person),
        csrf_secret=row.csrf_secret,
        needs_touch=now >= row.last_seen_at + TOUCH_EVERY,
    )


def touch(session: Session, session_id: str, *, now: datetime) -> None:
    """Say that the session is in use; one that has ended meanwhile stays ended."""
    row = session.get(WebSession, _hash(session_id))
    if row is not None:
        row.last_seen_at = max(row.last_seen_at, now)


def end(session: Session, session_id: str) -> None:
    """Sign out: the id is worth nothing from now on."""
    session.execute(delete(WebSession).where(WebSession.id_hash == _hash(session_id)))


def end_all(session: Session, person_id: int) -> None:
    """Sign a person out everywhere."""
    session.execute(delete(WebSession).where(WebSession.person_id == person_id))


def forget_expired(session: Session, *, now: datetime) -> None:
    """Remove the rows of sessions that are over."""
    over = (WebSession.expires_at <= now) | (WebSession.last_seen_at <= now - IDLE)
    session.execute(delete(WebSession).where(over))


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
