"""Tables of a case: the case itself, its children, its saved state and what went wrong."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    WAITING_FOR_REFERRER = "waiting_for_referrer"
    FINISHED = "finished"


class Case(Base):
    """A contact and all that becomes of it; `version` counts its steps and guards its state."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_authority_status", "authority", "status"),
        Index("ix_case_authority_id", "authority", "id"),
        Index("ix_case_authority_received_at", "authority", "received_at"),
        Index("ix_case_authority_referrer_kind", "authority", "referrer_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    authority: Mapped[str] = mapped_column(String(64))
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), index=True)
    status: Mapped[CaseStatus] = mapped_column(
        Enum(
            CaseStatus,
            name="status",
            native_enum=False,
            create_constraint=True,
            length=24,
            values_callable=lambda kinds: [kind.value for kind in kinds],
        )
    )
    received_at: Mapped[datetime]
    received_out_of_hours: Mapped[bool]
    referrer_kind: Mapped[str | None] = mapped_column(String(20))
    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(100))
    last_step_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy's own attribute
        "version_id_col": version,
        "version_id_generator": False,
    }


class ChildOfCase(Base):
    """A child whom the contact is about."""

    __tablename__ = "child_of_case"
    __table_args__ = (UniqueConstraint("case_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    date_of_birth: Mapped[str | None] = mapped_column(String(40))


class ProcessInstance(Base):
    """The saved state of a case's process instance, as text that is never reformatted."""

    __tablename__ = "process_instance"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    version: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]


class Incident(Base):
    """A step that failed: the case stands where it stood before, and somebody must look."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_case_id_resolved_at", "case_id", "resolved_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    process_id: Mapped[str | None] = mapped_column(String(128))
    element_id: Mapped[str | None] = mapped_column(String(128))
    sentence: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(100))
