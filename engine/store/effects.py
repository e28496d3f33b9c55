"""Tables of what the steps of a case came to, one row for each effect."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.sql.schema import SchemaItem

from engine.store.base import Base, JsonText

# What the board asks is answered by an index alone, however many cases there are.
_BOARD = (
    "authority",
    "owner",
    "ended_at",
    "is_secured",
    "process_id",
    "element_id",
    "due_at",
    "met",
)


class OfStep:
    """Columns that every effect has: its place (case, step, position), time and element."""

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805 - SQLAlchemy passes the class
        return (UniqueConstraint("case_id", "step", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    step: Mapped[int]
    position: Mapped[int]
    at: Mapped[datetime]
    process_id: Mapped[str] = mapped_column(String(128))
    element_id: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(Text)
    clauses: Mapped[list[str]] = mapped_column(JsonText)
    child: Mapped[str | None] = mapped_column(Text)


class TimelineEvent(OfStep, Base):
    """An effect as a whole: the case's history, from which every trace can be told again."""

    __tablename__ = "timeline_event"

    event: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText)


class Deadline(OfStep, Base):
    """A clock of the case, with the arithmetic that set it."""

    __tablename__ = "deadline"

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805 - SQLAlchemy passes the class
        return (
            UniqueConstraint("case_id", "step", "position"),
            UniqueConstraint("case_id", "deadline"),
            Index("ix_deadline_ended_at_due_at", "ended_at", "due_at"),
            Index("ix_deadline_board", *_BOARD),
        )

    authority: Mapped[str] = mapped_column(String(64))  # of its case, so that lists need no join
    deadline: Mapped[str] = mapped_column(String(500))
    deadline_name: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime]
    started_from: Mapped[datetime]
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(40))
    strength: Mapped[str] = mapped_column(String(40))
    owner: Mapped[str] = mapped_column(String(20))
    explanation: Mapped[str] = mapped_column(Text)
    warn_at: Mapped[datetime | None]
    is_secured: Mapped[bool]  # the act's own instant is known and in time: it cannot be missed
    missed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]  # when whoever must act was last reminded of it
    ended_at: Mapped[datetime | None]
    met: Mapped[bool | None]


class Notification(OfStep, Base):
    """Somebody is to be told something."""

    __tablename__ = "notification"

    recipient: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(40))
    product: Mapped[bool]


class Record(OfStep, Base):
    """Something was written down where the procedure says so."""

    __tablename__ = "record"

    record: Mapped[str] = mapped_column(String(64))


class Outcome(OfStep, Base):
    """The case, or one child's part of it, came to this."""

    __tablename__ = "outcome"

    outcome: Mapped[str] = mapped_column(String(64))


class Decision(OfStep, Base):
    """A decision table was asked; `rules` are the rows that matched."""

    __tablename__ = "decision"

    decision_id: Mapped[str] = mapped_column(String(128))
    inputs: Mapped[dict[str, Any]] = mapped_column(JsonText)
    outputs: Mapped[Any] = mapped_column(JsonText)
    rules: Mapped[list[str]] = mapped_column(JsonText)
    overridden_by: Mapped[str | None] = mapped_column(String(100))
    override_reason: Mapped[str | None] = mapped_column(Text)
    table_outputs: Mapped[Any | None] = mapped_column(JsonText)  # what the table said instead


class Message(OfStep, Base):
    """A message arrived from outside."""

    __tablename__ = "message"

    message: Mapped[str] = mapped_column(String(64))
    expected: Mapped[bool]
    received_by: Mapped[str] = mapped_column(String(100))
