import re
from datetime import UTC, datetime, timedelta

import pytest

from engine.casework import InvalidFacts
from engine.errors import NotFound
from engine.people import Actor
from engine.runtime import start
from engine.store.tables import AuditEntry, Case, CaseStatus, ProcessInstance
from tests.engine.databases import empty_database
from tests.engine.runtime.playing import AUTHORITY, NOW, everybody, open_rows, start_case


def test_a_case_starts_with_state_tasks_and_audit_entry(database):
    case_id = start_case(database)

    with database.reading() as session:
        case = session.get_one(Case, case_id)
        assert case.status is CaseStatus.OPEN
        assert case.version == session.get_one(ProcessInstance, case_id).version == 1
        entries = session.query(AuditEntry).filter_by(case_id=case_id).all()
        assert [(e.sequence, e.event, e.state_version) for e in entries] == [(1, "case.started", 1)]
    assert len(open_rows(database, case_id)) == 1


def test_people_name_a_case_by_a_reference_that_nobody_guesses(database):
    ids = [start_case(database) for _ in range(3)]

    with database.reading() as session:
        references = {session.get_one(Case, case_id).reference for case_id in ids}
    assert len(references) == 3
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", reference) for reference in references)


@pytest.mark.parametrize(
    ("received_at", "is_out_of_hours"),
    [
        (datetime(2026, 9, 22, 10, 5, tzinfo=UTC), False),
        (datetime(2026, 9, 22, 19, 0, tzinfo=UTC), True),
        (datetime(2026, 9, 26, 10, 0, tzinfo=UTC), True),
    ],
)
def test_a_case_received_out_of_hours_is_marked(database, received_at, is_out_of_hours):
    case_id = start_case(database, now=received_at)

    with database.reading() as session:
        assert session.get_one(Case, case_id).received_out_of_hours is is_out_of_hours


def test_a_fact_that_is_none_is_refused_and_nothing_is_kept(database):
    facts = {"received_at": NOW, "contact_channel": "carrier pigeon"}
    with pytest.raises(InvalidFacts) as error, database.writing() as session:
        start.start(session, AUTHORITY, facts, by=everybody(), now=NOW)

    assert list(error.value.problems) == ["contact_channel"]
    with database.reading() as session:
        assert session.query(Case).count() == 0


def test_a_contact_from_the_future_is_refused(database):
    facts = {"received_at": NOW + timedelta(minutes=1)}
    with database.writing() as session, pytest.raises(InvalidFacts):
        start.start(session, AUTHORITY, facts, by=everybody(), now=NOW)


def test_whoever_holds_no_role_in_the_authority_starts_no_case_there(database):
    stranger = Actor(kind="person", id=1, name="S", grants=frozenset({("elsewhere", "manager")}))
    with database.writing() as session, pytest.raises(start.NoRoleHere):
        start.start(session, AUTHORITY, {}, by=stranger, now=NOW)


def test_an_authority_that_is_not_deployed_is_not_found():
    with (
        empty_database() as database,
        database.writing() as session,
        pytest.raises(NotFound),
    ):
        start.start(session, AUTHORITY, {}, by=everybody(), now=NOW)
