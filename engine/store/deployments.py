"""Tables of deployed versions: what an authority's files said on the day they were deployed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, JsonText


class Deployment(Base):
    """One version of an authority's definition, named by the fingerprint of its sources."""

    __tablename__ = "deployment"
    __table_args__ = (
        UniqueConstraint("authority", "number"),
        UniqueConstraint("authority", "fingerprint"),
        Index(
            "ix_deployment_current",
            "authority",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    authority: Mapped[str] = mapped_column(String(64))
    authority_name: Mapped[str] = mapped_column(String(200))
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str] = mapped_column(String(100))
    is_current: Mapped[bool]


class DeploymentSource(Base):
    """One file of a deployed version, byte for byte."""

    __tablename__ = "deployment_source"

    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ScenarioRun(Base):
    """The last time that a version's own scenarios were played, and which file held them."""

    __tablename__ = "scenario_run"

    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"), primary_key=True)
    ran_at: Mapped[datetime]
    fingerprint: Mapped[str] = mapped_column(String(64))  # SHA-256 of the scenario file


class ScenarioResult(Base):
    """What one scenario of that run came to, and the clauses that it exercised."""

    __tablename__ = "scenario_result"

    deployment_id: Mapped[int] = mapped_column(
        ForeignKey("scenario_run.deployment_id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    passed: Mapped[bool]
    clauses: Mapped[list[str]] = mapped_column(JsonText)
