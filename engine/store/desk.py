"""Tables of what people keep around their work: documents, letters, absences, acts on a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, JsonText


class IntakeDraft(Base):
    """A contact that a person has begun to type in and not started."""

    __tablename__ = "intake_draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    authority: Mapped[str] = mapped_column(String(64), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JsonText)
    saved_at: Mapped[datetime]


class PersonView(Base):
    """How a person last set a page: filters and order, so that the page opens the same way."""

    __tablename__ = "person_view"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    page: Mapped[str] = mapped_column(String(40), primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JsonText)


class Absence(Base):
    """A person is away, and another has their tasks on the worklist meanwhile."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_covered_by_ends_at", "covered_by", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    covered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime]


class Document(Base):
    """A file that belongs to a case; one that is taken out keeps its row and loses its content."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("user_task.id"))
    field: Mapped[str | None] = mapped_column(String(64))  # the question that asked for it
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_by: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime]
    removed_by: Mapped[str | None] = mapped_column(String(100))
    removed_at: Mapped[datetime | None]
    removed_reason: Mapped[str | None] = mapped_column(Text)


class SearchTerm(Base):
    """A word by which a case is found: of a name, how it sounds, a date of birth, an address."""

    __tablename__ = "search_term"
    __table_args__ = (
        Index("ix_search_term_kind_term_case_id", "kind", "term", "case_id"),
        Index("ix_search_term_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    authority: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))  # name, sound, born, address or reference
    term: Mapped[str] = mapped_column(String(100))
    child: Mapped[int | None]  # the position of the child whom it is about


class CaseAct(Base):
    """A case was withdrawn, or opened again, with the reason."""

    __tablename__ = "case_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))  # withdrawn or reopened
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class Correction(Base):
    """A fact of a case was put right; what stood there before stays here."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    fact: Mapped[str] = mapped_column(String(64))
    child: Mapped[str | None] = mapped_column(Text)
    before: Mapped[Any] = mapped_column(JsonText)
    after: Mapped[Any] = mapped_column(JsonText)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class Letter(Base):
    """A notification as it goes out: by e-mail, or ready to print."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_state_next_try_at", "state", "next_try_at"),
        Index("ix_letter_authority_state_next_try_at", "authority", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    notification_id: Mapped[int | None] = mapped_column(ForeignKey("notification.id"), index=True)
    authority: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(320))  # an e-mail address; None: to print
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    clauses: Mapped[list[str]] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(12))  # ready, sending, sent, failed, bounced, printed
    tries: Mapped[int]
    next_try_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    problem: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # sent, bounced or printed
    ended_by: Mapped[str | None] = mapped_column(String(100))  # of a letter: who printed it


class ReferrerAccess(Base):
    """A referrer's way back to what they sent; only a hash of the code that they hold is kept."""

    __tablename__ = "referrer_access"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    referrer_kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]


class PublicRequest(Base):
    """Something that came from the open page, counted to slow down whoever floods it."""

    __tablename__ = "public_request"
    __table_args__ = (Index("ix_public_request_origin_hash_at", "origin_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    origin_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Simulation(Base):
    """Many referrals played through several procedures; how far it is, and what came of it."""

    __tablename__ = "simulation"

    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JsonText)
    done: Mapped[int]
    total: Mapped[int]
    result: Mapped[Any] = mapped_column(JsonText)
    problem: Mapped[str | None] = mapped_column(Text)
    started_by: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[datetime]
    heard_at: Mapped[datetime]  # when it last said how far it is
    ended_at: Mapped[datetime | None]


__all__ = [
    "Absence",
    "CaseAct",
    "Correction",
    "Document",
    "IntakeDraft",
    "Letter",
    "PersonView",
    "PublicRequest",
    "ReferrerAccess",
    "SearchTerm",
    "Simulation",
]
