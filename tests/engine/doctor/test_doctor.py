from datetime import timedelta

import pytest
from sqlalchemy import text

from engine import doctor, documents
from engine.documents import Upload
from engine.runtime import acts, timers
from tests.engine.runtime.playing import NOW, complete_next, everybody, start_referral

LATE = NOW + timedelta(hours=25)


def examine(database, *, now=NOW):
    with database.reading() as session:
        return doctor.check_invariants(session, now=now)


@pytest.fixture
def case_id(deployed):
    case_id = start_referral(deployed)
    complete_next(deployed, case_id, now=NOW)
    with deployed.writing() as session:
        timers.wake(session, case_id, now=LATE)
    start_referral(deployed)
    _act_on(deployed, case_id)
    upload = Upload(name="note.txt", media_type="text/plain", content=b"A note.")
    with deployed.writing() as session:
        documents.add(session, case_id, upload, by=everybody(), now=LATE)
    return case_id


def _act_on(deployed, case_id):
    """Withdraw the case, reopen it and put a fact of it right."""
    done = {"by": everybody(), "now": LATE}
    with deployed.writing() as session:
        acts.withdraw(session, case_id, "It was recorded twice.", **done)
        acts.reopen(session, case_id, "It was not recorded twice.", **done)
        acts.correct(
            session, case_id, "referrer_kind", "public", reason="A neighbour rang.", **done
        )


def test_a_database_that_nobody_touched_holds_together(deployed, case_id):
    assert examine(deployed) == ()


@pytest.mark.parametrize(
    ("damage", "invariant"),
    [
        ("UPDATE \"case\" SET status = 'finished'", "I1"),
        ("UPDATE timer SET due_at = '2030-01-01 00:00:00.000000' WHERE ended_at IS NULL", "I2"),
        ("UPDATE deadline SET ended_at = NULL, met = NULL", "I2"),
        ("UPDATE user_task SET ended_at = opened_at WHERE ended_at IS NULL", "I3"),
        ("UPDATE user_task SET role = 'nobody' WHERE ended_at IS NULL", "I3"),
        ("DELETE FROM audit_entry WHERE state_version = 2", "I4"),
        ("DELETE FROM audit_entry WHERE state_version = 4", "I4"),
        ('UPDATE "case" SET version = version + 1', "I4"),
        (
            "UPDATE timeline_event SET detail = (SELECT detail FROM timeline_event"
            " WHERE event = 'task.completed' LIMIT 1) WHERE event = 'task.completed'",
            "I5",
        ),
        ("DELETE FROM letter;DELETE FROM notification", "I6"),
        ("UPDATE process_instance SET state = '{}'", "I7"),
        ("UPDATE process_instance SET state = state || ' '", "I7"),
        ("DELETE FROM process_instance", "I7"),
        ("DELETE FROM case_act", "I10"),
        ("UPDATE case_act SET act = 'withdrawn'", "I10"),
        ("DELETE FROM correction", "I10"),
        ("UPDATE decision SET overridden_by = 'person:1', override_reason = 'so'", "I10"),
        ("UPDATE deadline SET due_at = '2030-01-01 00:00:00.000000' WHERE ended_at IS NULL", "I2"),
        ("UPDATE user_task SET due_at = '2030-01-01 00:00:00.000000'", "I3"),
        ("UPDATE user_task SET child = 'Another' WHERE ended_at IS NULL", "I3"),
        ("UPDATE document SET content = CAST('another' AS BLOB)", "I11"),
        ("UPDATE document SET sha256 = 'another'", "I11"),
        ("DELETE FROM document", "I11"),
        ("UPDATE child_of_case SET name = 'Another'", "I12"),
        ("DELETE FROM child_of_case", "I12"),
        ("PRAGMA foreign_keys=OFF;UPDATE child_of_case SET case_id = case_id + 98", "I9"),
    ],
)
def test_damage_is_found_and_named(deployed, case_id, damage, invariant):
    with deployed.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA query_only=OFF")
        raw.execute("DROP TRIGGER audit_entry_no_delete")
        for statement in damage.split(";"):
            raw.execute(statement)
        raw.commit()
        raw.execute("PRAGMA foreign_keys=ON")

    found = examine(deployed)

    assert invariant in {finding.invariant for finding in found}
    assert all(finding.sentence.endswith(".") for finding in found)


def test_a_case_in_which_nothing_waits_is_stuck(deployed, case_id):
    with deployed.writing() as session:
        session.execute(text("UPDATE user_task SET ended_at = opened_at"))
        session.execute(text("UPDATE timer SET ended_at = set_at"))

    assert "I1" in {finding.invariant for finding in examine(deployed)}


def test_a_timer_that_nobody_fires_is_found(deployed):
    start_referral(deployed)

    assert [finding.invariant for finding in examine(deployed, now=LATE)] == ["I8"]
