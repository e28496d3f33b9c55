"""Tables of running the service: repeated requests, and signs of life."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, JsonText


class IdempotencyKey(Base):
    """The answer to a request that may be sent again with the same key."""

    __tablename__ = "idempotency_key"

    actor: Mapped[str] = mapped_column(String(100), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[Any] = mapped_column(JsonText)
    at: Mapped[datetime]


class Heartbeat(Base):
    """When a part of the service last said that it is alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]
