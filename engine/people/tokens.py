"""Tokens by which a program acts in one role of one authority."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from engine.people.actors import Actor
from engine.store.tables import ApiToken

PREFIX = "fd_"  # lets a scanner of sources recognise a token that leaked


@dataclass(frozen=True, kw_only=True)
class TokenLine:
    """A token as a list shows it."""

    name: str
    authority: str
    role: str
    created_at: datetime
    is_revoked: bool


def create(session: Session, name: str, *, authority: str, role: str, now: datetime) -> str:
    """Make a token and give its text, which is shown once and kept nowhere."""
    if not name.strip():
        raise Invalid("A token needs a name, so that it can be revoked by it")
    if session.scalar(select(ApiToken.id).where(ApiToken.name == name)) is not None:
        raise Invalid(f"There is a token called “{name}” already; choose another name")
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(name=name, token_hash=_hash(token), authority=authority, role=role, created_at=now)
    )
    session.flush()
    return token


def actor_for(session: Session, token: str) -> Actor | None:
    """Give the program that holds the token, or None when it is unknown or revoked."""
    row = session.scalar(select(ApiToken).where(ApiToken.token_hash == _hash(token)))
    if row is None or row.revoked_at is not None:
        return None
    grants = frozenset({(row.authority, row.role)})
    return Actor(kind="token", id=row.id, name=row.name, grants=grants)


def revoke(session: Session, name: str, *, now: datetime) -> None:
    """Make a token worthless from now on."""
    row = _found(session, name)
    row.revoked_at = row.revoked_at or now


def key_of(session: Session, name: str) -> str:
    """Give how the audit trail names a token: by its id, for a name may say whose it is."""
    return f"token:{_found(session, name).id}"


def everything(session: Session) -> tuple[TokenLine, ...]:
    """Give all tokens, by name."""
    return tuple(
        TokenLine(
            name=row.name,
            authority=row.authority,
            role=row.role,
            created_at=row.created_at,
            is_revoked=row.revoked_at is not None,
        )
        for row in session.scalars(select(ApiToken).order_by(ApiToken.name))
    )


def _found(session: Session, name: str) -> ApiToken:
    row = session.scalar(select(ApiToken).where(ApiToken.name == name))
    if row is None:
        raise NotFound(f"there is no token called {name}")
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
