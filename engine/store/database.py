"""Opens the database: SQLite in a file, or PostgreSQL, with the settings that keep what is said."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from engine.errors import Invalid

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
    "PRAGMA cell_size_check=ON",
)
POSTGRESQL_OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "timezone=UTC",
        "statement_timeout=15s",
        "lock_timeout=3s",
        "idle_in_transaction_session_timeout=30s",
        "synchronous_commit=on",
    )
)


class Database:
    """A database and the key that seals its audit trail; hands out one session per transaction."""

    def __init__(self, url: str, *, audit_key: bytes) -> None:
        """Open the database at `url`; nothing is created in it, see `migrations.upgrade`."""
        self.url = url
        self.engine = open_engine(url)
        self.session_info = {"audit_key": audit_key}  # every session carries it
        self._reader = self.engine.execution_options(reading=True, postgresql_readonly=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back by any exception."""
        with self._session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that sees one state and cannot write."""
        with self._session(self._reader) as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _session(self, bind: Engine) -> Session:
        return Session(bind, expire_on_commit=False, info=self.session_info)


def open_engine(url: str) -> Engine:
    """Give an engine for a SQLite file or a PostgreSQL database, set up for durability."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"options": POSTGRESQL_OPTIONS},
        )
    raise Invalid(
        "The database must be SQLite (sqlite:///path) or PostgreSQL (postgresql+psycopg:)"
    )


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise Invalid("A SQLite database must be a file: sqlite:///path")
    _make_private_file(Path(url.database))
    # The driver begins nothing by itself: every transaction is begun by `_begin`, in the open.
    engine = create_engine(url, hide_parameters=True, connect_args={"isolation_level": None})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private_file(path: Path) -> None:
    """Make sure that the file is there and private.

    One that is there is never opened here: closing any descriptor of a file drops every lock that
    the process holds on it, and SQLite's would be among them.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _set_pragmas(connection: Any, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    """Begin a writing unit with its lock in hand, so that it never fails half-way for a lock."""
    reading = bool(connection.get_execution_options().get("reading"))
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
