"""Tables of what waits in a case: user tasks, drafts of their answers, timers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, JsonText


class TaskState(StrEnum):
    """Where a user task stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class UserTask(Base):
    """A user task that somebody of its role can see, claim and complete."""

    __tablename__ = "user_task"
    __table_args__ = (
        UniqueConstraint("case_id", "task"),
        Index("ix_user_task_worklist", "authority", "role", "ended_at", "due_at"),
        Index("ix_user_task_claimed_by_ended_at", "claimed_by", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    authority: Mapped[str] = mapped_column(String(64))  # of its case, so that lists need no join
    task: Mapped[str] = mapped_column(String(500))
    process_id: Mapped[str] = mapped_column(String(128))
    element_id: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)  # what it is about, in the diagram's words
    role: Mapped[str] = mapped_column(String(64))
    child: Mapped[str | None] = mapped_column(Text)
    form_id: Mapped[str | None] = mapped_column(String(128))
    opened_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(100))
    claimed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None] = mapped_column(String(100))
    completed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # completed or withdrawn: no longer on a worklist
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadline.id"))
    due_at: Mapped[datetime | None]  # of that deadline, the soonest of those that bind the task

    @property
    def state(self) -> TaskState:
        """Where the task stands now."""
        if self.completed_at is not None:
            return TaskState.COMPLETED
        if self.withdrawn_at is not None:
            return TaskState.WITHDRAWN
        return TaskState.OPEN if self.claimed_by is None else TaskState.CLAIMED


class Draft(Base):
    """Answers that a person has typed but not sent."""

    __tablename__ = "draft"

    task_id: Mapped[int] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JsonText)
    saved_at: Mapped[datetime]


class Timer(Base):
    """The next instant at which a case must be woken; at most one per case is waiting."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_due", "ended_at", "due_at"),
        Index(
            "ix_timer_waiting",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    due_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))  # deadline, warning or timer
    set_at: Mapped[datetime]
    tries: Mapped[int]  # counted before the step, so that a step that kills its process counts
    next_try_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # fired, or no longer needed
