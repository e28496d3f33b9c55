"""The table of the audit trail, which the database itself lets nobody change."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, JsonText


def chain_of(case_id: int | None) -> str:
    """Give the chain to which entries belong: their case's own, or the system's."""
    return "system" if case_id is None else f"case:{case_id}"


class AuditEntry(Base):
    """One thing that somebody did; each entry of a chain seals the one before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("chain", "sequence"),
        UniqueConstraint("chain", "state_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(String(40))  # see `chain_of`
    sequence: Mapped[int]
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(100))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    deployment_id: Mapped[int | None] = mapped_column(ForeignKey("deployment.id"))
    state_version: Mapped[int | None]  # the step that this entry is about, if it is about one
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText)
    previous: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))
