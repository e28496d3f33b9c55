from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.errors import Invalid, NotFound, Refused
from engine.execution import ExecutionFailed
from engine.people import Actor
from engine.runtime import idempotency, incident, messages
from engine.store.tables import AuditEntry, Case, Message
from tests.engine.runtime.playing import NOW, everybody, start_case


def deliver(database, case_id, message, *, at=NOW, by=None):
    with database.writing() as session:
        return messages.deliver(session, case_id, message, at=at, by=by or everybody(), now=NOW)


def test_a_message_that_nobody_waits_for_is_recorded_and_changes_nothing(database):
    case_id = start_case(database)

    assert deliver(database, case_id, "new_information", at=NOW - timedelta(hours=1)) is False

    with database.reading() as session:
        row = session.query(Message).one()
        entry = session.query(AuditEntry).filter_by(event="message.received").one()
        assert (row.expected, row.at) == (False, NOW - timedelta(hours=1))
        assert entry.state_version == session.get_one(Case, case_id).version == 2


@pytest.mark.parametrize(
    ("message", "at"),
    [
        ("a_postcard", NOW),
        ("new_information", NOW + timedelta(minutes=1)),
        ("new_information", datetime(1899, 12, 31, tzinfo=UTC)),
        ("new_information", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
    ],
)
def test_a_message_that_cannot_be_is_refused(database, message, at):
    case_id = start_case(database)

    with pytest.raises(Invalid):
        deliver(database, case_id, message, at=at)


def test_an_instant_without_an_offset_is_the_authoritys_local_time(database):
    case_id = start_case(database)

    deliver(database, case_id, "new_information", at=datetime(2026, 9, 22, 11, 0))  # noqa: DTZ001

    with database.reading() as session:
        assert session.query(Message).one().at == datetime(2026, 9, 22, 10, 0, tzinfo=UTC)


def test_a_case_takes_no_message_from_strangers_and_a_missing_case_none_at_all(database):
    case_id = start_case(database)
    stranger = Actor(kind="person", id=1, name="S")

    with pytest.raises(NotFound):
        deliver(database, case_id, "new_information", by=stranger)
    with pytest.raises(NotFound):
        deliver(database, case_id + 1, "new_information")


def test_the_same_request_gets_the_same_answer_and_another_body_is_refused(database):
    with database.writing() as session:
        assert idempotency.find(session, "token:1", "k1", b"{}") is None
        answer = idempotency.Stored(status=201, answer={"id": 7})
        idempotency.take(session, "token:1", "k1", b"{}", now=NOW)
        idempotency.keep(session, "token:1", "k1", answer=answer)

    with database.writing() as session:
        assert idempotency.find(session, "token:1", "k1", b"{}") == answer
        assert idempotency.find(session, "token:2", "k1", b"{}") is None
        with pytest.raises(Invalid):
            idempotency.find(session, "token:1", "k1", b"[]")
        with pytest.raises(Invalid):
            idempotency.find(session, "token:1", "k" * 201, b"{}")


def test_a_key_that_another_took_first_is_told_from_a_bug(database):
    with database.writing() as session:
        idempotency.take(session, "token:1", "k1", b"{}", now=NOW)

    with pytest.raises(idempotency.SentTwice), database.writing() as session:
        idempotency.take(session, "token:1", "k1", b"{}", now=NOW)


@pytest.mark.parametrize("error", [Refused("no"), Invalid("no"), NotFound("no")])
def test_an_ordinary_refusal_is_no_incident(error):
    assert incident.failure_of(error) is None


def test_a_failed_step_names_its_element_and_a_bug_names_no_data():
    failed = incident.failure_of(ExecutionFailed("contact", "on_record", "No way out."))
    bug = incident.failure_of(KeyError("Ada Example"))

    assert (failed.process_id, failed.element_id, failed.sentence) == (
        "contact",
        "on_record",
        "No way out.",
    )
    assert "KeyError" in bug.sentence
    assert "Ada" not in bug.sentence
