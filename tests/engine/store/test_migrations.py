from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from engine.store import migrations
from engine.store.base import Instant
from engine.store.database import open_engine
from engine.store.tables import metadata
from tests.engine.databases import empty_database


def test_the_migrations_make_exactly_the_tables_that_the_code_knows():
    with empty_database() as database, database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_can_be_made_in_postgresql_too(table):
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))

    assert "DATETIME" not in statement
    assert " JSON" not in statement
    for column in table.columns:
        assert not isinstance(column.type, Instant) or column.type.impl.timezone


def test_upgrading_twice_changes_nothing(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    migrations.upgrade(url)

    migrations.upgrade(url)

    engine = open_engine(url)
    assert "case" in inspect(engine).get_table_names()
    engine.dispose()


def test_migrations_are_numbered_in_one_line():
    files = sorted(Path(migrations.__file__).parent.glob("versions/0*.py"))
    numbers = [file.name[:4] for file in files]

    assert numbers == [f"{n:04d}" for n in range(1, len(files) + 1)]


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_itself_refuses_to_change_the_audit_trail(change):
    entry = (
        "INSERT INTO audit_entry (chain, sequence, at, event, by, subject, detail, previous, seal)"
        " VALUES ('system', 1, '2026-03-27 15:10:00', 'a.b', 'c', 'd', '{}', '', '')"
    )
    with empty_database() as database:
        with database.writing() as session:
            session.execute(text(entry))
        with pytest.raises(IntegrityError, match="append only"), database.writing() as session:
            session.execute(text(change))
