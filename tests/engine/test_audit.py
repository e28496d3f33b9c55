from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from engine import audit
from tests.engine.databases import empty_database

NOW = datetime(2026, 3, 27, 15, 10, tzinfo=UTC)


def write_three(database):
    with database.writing() as session:
        for minute, event in enumerate(("person.signed_in", "case.viewed", "person.signed_out")):
            about = audit.About(subject="person:1", detail={"minute": minute, "rows": ("a", "b")})
            audit.record(session, event, about, by="person:1", now=NOW + timedelta(minutes=minute))


def flaws(database):
    with database.reading() as session:
        return [flaw.sentence for flaw in audit.verify(session)]


def test_a_trail_that_nobody_touched_verifies():
    with empty_database() as database:
        write_three(database)

        assert flaws(database) == []
        with database.reading() as session:
            assert audit.count(session) == 3


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        ("UPDATE audit_entry SET by = 'person:2' WHERE sequence = 2", "entry 2 is not what was"),
        ("UPDATE audit_entry SET detail = '{}' WHERE sequence = 3", "entry 3 is not what was"),
        ("DELETE FROM audit_entry WHERE sequence = 2", "entry 2 is missing before entry 3"),
        ("DELETE FROM audit_entry WHERE sequence = 1", "entry 1 is missing before entry 2"),
        (
            "UPDATE audit_entry SET sequence = 5 - sequence WHERE sequence > 1",
            "entry 2 does not follow",
        ),
    ],
)
def test_tampering_past_the_triggers_is_named(tampering, sentence):
    with empty_database() as database:
        write_three(database)
        with database.writing() as session:
            session.execute(text("DROP TRIGGER audit_entry_no_update"))
            session.execute(text("DROP TRIGGER audit_entry_no_delete"))
            session.execute(text("DROP INDEX IF EXISTS uq_audit_entry_chain_sequence"))
            for part in _safely(tampering):
                session.execute(text(part))

        assert any(found.startswith(sentence) for found in flaws(database))


def _safely(tampering):
    """Swapping numbers meets the unique key half-way: go over negative ones."""
    if "5 - sequence" not in tampering:
        return [tampering]
    return [
        "UPDATE audit_entry SET sequence = -sequence WHERE sequence > 1",
        "UPDATE audit_entry SET sequence = 5 + sequence WHERE sequence < 0",
    ]


def test_a_trail_sealed_with_another_key_does_not_verify():
    with empty_database() as database:
        write_three(database)
        with database.reading() as session:
            session.info["audit_key"] = b"another key"
            found = list(audit.verify(session))

    assert len(found) == 3
