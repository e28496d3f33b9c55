"""One unit of reading or writing for a request, over the engine's own tables and connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from engine.store.base import Base
from engine.store.database import Database


class _Tables(SQLAlchemy):
    """Flask-SQLAlchemy's sessions on connections that the engine opened and set up."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        database: Database = app.extensions["frontdoor.database"]
        return database.engine


_tables = _Tables(metadata=Base.metadata, session_options={"expire_on_commit": False})


def init_app(app: Flask, database: Database) -> None:
    """Let the views of this application reach the database."""
    app.extensions["frontdoor.database"] = database
    app.config["SQLALCHEMY_DATABASE_URI"] = database.url
    _tables.init_app(app)


@contextmanager
def reading() -> Iterator[Session]:
    """One transaction that sees one state and cannot write."""
    session = _session()
    session.connection(execution_options={"reading": True, "postgresql_readonly": True})
    try:
        yield session
    finally:
        session.close()


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back by any exception."""
    session = _session()
    try:
        with session.begin():
            yield session
    finally:
        session.close()


def _session() -> Session:
    session = _tables.session()
    database: Database = current_app.extensions["frontdoor.database"]
    session.info.update(database.session_info)
    return session
