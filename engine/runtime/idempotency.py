"""Requests that may be sent again: the first answer is kept and given again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.errors import Invalid, Refused
from engine.store.tables import IdempotencyKey

LONGEST_KEY = 200
_NO_ANSWER = 0  # the status of a key that is taken; nobody but its own transaction sees it


class SentTwice(Refused):
    """The same request is being answered at this very moment; look again for its answer."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The answer to a request that was made before."""

    status: int
    answer: Any


def find(session: Session, actor: str, key: str, body: bytes) -> Stored | None:
    """Give the answer of the same request, or None when it is new.

    Raises Invalid when the key was used with another body.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Invalid(f"An Idempotency-Key has 1 to {LONGEST_KEY} characters")
    row = session.get(IdempotencyKey, (actor, key))
    if row is None:
        return None
    if row.body_hash != _hash(body):
        raise Invalid("This Idempotency-Key was used with another request; take a new key")
    return Stored(status=row.status, answer=row.answer)


def take(session: Session, actor: str, key: str, body: bytes, *, now: datetime) -> None:
    """Take a key before the act, so that an equal request waits for this one's answer.

    Raises SentTwice, and leaves a transaction to be rolled back, when another took it first.
    """
    session.add(
        IdempotencyKey(
            actor=actor, key=key, body_hash=_hash(body), status=_NO_ANSWER, answer=None, at=now
        )
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise SentTwice("The same request is being answered just now; send it again.") from error


def keep(session: Session, actor: str, key: str, *, answer: Stored) -> None:
    """Keep the answer, in the transaction of the act itself: both are saved, or neither."""
    row = session.get_one(IdempotencyKey, (actor, key))
    row.status, row.answer = answer.status, answer.answer
    session.flush()


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
