import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from engine.errors import Invalid
from engine.store.database import Database, open_engine
from engine.store.settings import Settings, kept_secret
from engine.store.tables import DeploymentSource, Heartbeat
from tests.engine.databases import KEY, empty_database

NOW = datetime(2026, 3, 27, 15, 10, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("cell_size_check", 1),
    ],
)
def test_every_connection_has_the_durable_settings(pragma, value):
    with empty_database() as database, database.reading() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_another_process_that_comes_and_goes_leaves_the_open_file_alone():
    """A second Database in one process must not drop the first one's locks: SQLite's log went."""
    visit = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        " c.execute('SELECT 1 FROM heartbeat'); c.close()"
    )
    with empty_database() as first:
        path = str(first.engine.url.database)
        with first.reading() as session:
            session.execute(text("SELECT count(*) FROM heartbeat"))
        second = Database(first.url, audit_key=KEY)

        subprocess.run([sys.executable, "-c", visit, path], check=True)

        assert Path(f"{path}-wal").exists()
        second.close()


def test_the_file_is_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "made.sqlite3"
    open_engine(f"sqlite:///{path}").dispose()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_instant_keeps_its_microseconds_and_comes_back_in_utc():
    summer = NOW.astimezone(timezone(timedelta(hours=1)))
    with empty_database() as database:
        with database.writing() as session:
            session.add(Heartbeat(name="worker", at=summer))
        with database.reading() as session:
            found = session.get_one(Heartbeat, "worker").at

    assert found == NOW
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused():
    with (
        empty_database() as database,
        pytest.raises(StatementError) as error,
        database.writing() as session,
    ):
        session.add(Heartbeat(name="worker", at=NOW.replace(tzinfo=None)))

    assert isinstance(error.value.orig, Invalid)


def test_a_reading_transaction_cannot_write():
    with empty_database() as database:
        with database.reading() as session:
            session.add(Heartbeat(name="worker", at=NOW))
            with pytest.raises(OperationalError, match="readonly"):
                session.commit()
        with database.writing() as session:
            session.add(Heartbeat(name="worker", at=NOW))


def test_a_writing_transaction_is_rolled_back_by_any_exception():
    with empty_database() as database:
        with pytest.raises(KeyboardInterrupt):
            _write_and_stop(database)
        with database.reading() as session:
            assert session.get(Heartbeat, "worker") is None


def _write_and_stop(database):
    with database.writing() as session:
        session.add(Heartbeat(name="worker", at=NOW))
        session.flush()
        raise KeyboardInterrupt


def test_a_writer_holds_the_lock_from_its_first_moment():
    with empty_database() as database, database.writing() as session:
        session.execute(text("SELECT 1"))
        other = sqlite3.connect(database.engine.url.database, timeout=0.01)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_a_row_that_points_nowhere_is_refused():
    with (
        empty_database() as database,
        pytest.raises(IntegrityError),
        database.writing() as session,
    ):
        session.add(DeploymentSource(deployment_id=99, path="a", content=b""))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://somewhere/x"])
def test_a_database_that_cannot_keep_what_it_is_told_is_refused(url):
    with pytest.raises(Invalid):
        open_engine(url)


def test_settings_default_to_a_database_in_var_with_a_key_made_once(tmp_path):
    settings = Settings.from_env({"FRONTDOOR_VAR": str(tmp_path / "var")})

    settings.open().close()

    assert (tmp_path / "var" / "frontdoor.sqlite3").exists()
    assert kept_secret(tmp_path / "var" / "audit_key") == kept_secret(tmp_path / "var/audit_key")


@pytest.mark.parametrize("key", ["no hex at all", "abcd"])
def test_a_weak_audit_key_is_refused(tmp_path, key):
    settings = Settings.from_env({"FRONTDOOR_VAR": str(tmp_path), "FRONTDOOR_AUDIT_KEY": key})

    with pytest.raises(Invalid, match="FRONTDOOR_AUDIT_KEY"):
        settings.open()


def test_a_database_opens_by_settings_alone(tmp_path):
    database = Settings.from_env(
        {
            "FRONTDOOR_DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}",
            "FRONTDOOR_AUDIT_KEY": "ab" * 32,
        }
    ).open()
    database.close()

    assert isinstance(database, Database)
    assert (tmp_path / "other.sqlite3").exists()
