"""Brings a database to the newest form of the tables, step by numbered step."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from engine.store.database import open_engine


def upgrade(url: str) -> None:
    """Apply every migration that the database lacks, all of them or none."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            _wait_for_turn(connection)
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _wait_for_turn(connection: Connection) -> None:
    """Two servers that start at once migrate one after the other; SQLite's lock is held already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7062026)"))
