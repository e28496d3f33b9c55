"""Requests that may be sent again: the first answer is kept and given again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.store.tables import IdempotencyKey

LONGEST_KEY = 200


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


def keep(
    session: Session, actor: str, key: str, body: bytes, *, answer: Stored, now: datetime
) -> None:
    """Keep the answer, in the transaction of the act itself: both are saved, or neither."""
    session.add(
        IdempotencyKey(
            actor=actor,
            key=key,
            body_hash=_hash(body),
            status=answer.status,
            answer=answer.answer,
            at=now,
        )
    )
    session.flush()


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
