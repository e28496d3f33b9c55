"""The audit trail: append only, each chain numbered without a gap and sealed entry by entry."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from engine.store.audit_log import chain_of
from engine.store.base import to_json
from engine.store.tables import AuditEntry

FIRST_SEAL = "0" * 64


@dataclass(frozen=True, kw_only=True)
class About:
    """What an entry is about: ids only, never a name or free text."""

    subject: str
    case_id: int | None = None
    deployment_id: int | None = None
    state_version: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def chain(self) -> str:
        """The chain that the entry belongs to: its case's own, or the system's."""
        return chain_of(self.case_id)


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """A place where the trail is not what was written."""

    chain: str
    sequence: int
    sentence: str


def record(session: Session, event: str, about: About, *, by: str, now: datetime) -> None:
    """Append an entry to its chain, in the caller's transaction.

    The caller holds the lock of the case; the system's chain is locked here.
    """
    if about.case_id is None:
        _lock_system_chain(session)
    last = _last(session, about.chain)
    entry = AuditEntry(
        chain=about.chain,
        sequence=1 if last is None else last.sequence + 1,
        at=now,
        event=event,
        by=by,
        subject=about.subject,
        case_id=about.case_id,
        deployment_id=about.deployment_id,
        state_version=about.state_version,
        detail=dict(about.detail),
        previous=FIRST_SEAL if last is None else last.seal,
    )
    entry.seal = _seal(entry, session.info["audit_key"])
    session.add(entry)
    session.flush()


def verify(session: Session) -> Iterator[Flaw]:
    """Every place where a chain has a gap, or an entry differs from what was sealed."""
    rows = session.scalars(
        select(AuditEntry)
        .order_by(AuditEntry.chain, AuditEntry.sequence)
        .execution_options(yield_per=500)
    )
    for chain, entries in groupby(rows, key=lambda entry: entry.chain):
        yield from _flaws(chain, entries, session.info["audit_key"])


def count(session: Session) -> int:
    """How many entries the trail has."""
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def _flaws(chain: str, entries: Iterable[AuditEntry], key: bytes) -> Iterator[Flaw]:
    expected, previous = 1, FIRST_SEAL
    for entry in entries:
        if entry.sequence != expected:
            sentence = f"entry {expected} is missing before entry {entry.sequence}"
            yield Flaw(chain=chain, sequence=entry.sequence, sentence=sentence)
        elif entry.previous != previous:
            sentence = f"entry {entry.sequence} does not follow the entry before it"
            yield Flaw(chain=chain, sequence=entry.sequence, sentence=sentence)
        if not hmac.compare_digest(entry.seal, _seal(entry, key)):
            sentence = f"entry {entry.sequence} is not what was written"
            yield Flaw(chain=chain, sequence=entry.sequence, sentence=sentence)
        expected, previous = entry.sequence + 1, entry.seal


def _last(session: Session, chain: str) -> AuditEntry | None:
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.chain == chain)
        .order_by(AuditEntry.sequence.desc())
        .limit(1)
    ).first()


def _seal(entry: AuditEntry, key: bytes) -> str:
    content = to_json(
        {
            "chain": entry.chain,
            "sequence": entry.sequence,
            "at": entry.at.astimezone(UTC).isoformat(),
            "event": entry.event,
            "by": entry.by,
            "subject": entry.subject,
            "case_id": entry.case_id,
            "deployment_id": entry.deployment_id,
            "state_version": entry.state_version,
            "detail": entry.detail,
        }
    )
    return hmac.new(key, (entry.previous + content).encode(), hashlib.sha256).hexdigest()


def _lock_system_chain(session: Session) -> None:
    """Let one writer at a time extend the system's chain; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7062027)"))
