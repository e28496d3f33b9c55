import pytest
from sqlalchemy import delete, select

from engine.runtime import backfill
from engine.store.tables import ProcessInstance, SearchTerm
from tests.engine.runtime.playing import start_case

FAMILY = {
    "children": [{"name": "Rowan Ashdown", "date_of_birth": "2017-05-04"}, {"name": "Robin Birch"}],
    "family_address": "12 Elm Road, SE1 9AB",
    "household_members": "Hazel Ashdown and her brother",
}


def terms(database):
    table = SearchTerm
    with database.reading() as session:
        found = session.execute(
            select(table.case_id, table.authority, table.kind, table.term, table.child)
        )
        return sorted(tuple(map(str, row)) for row in found)


def forget(database, *ids):
    with database.writing() as session:
        session.execute(delete(SearchTerm).where(SearchTerm.case_id.in_(ids)))


@pytest.fixture
def cases(deployed):
    """Five cases, the first two of them of a family."""
    return [start_case(deployed, **(FAMILY if number < 2 else {})) for number in range(5)]


def test_a_case_without_terms_gets_those_that_its_steps_would_have_written(deployed, cases):
    before = terms(deployed)
    assert {"rowan", "2017-05-04", "12 elm road", "ashdown hazel"} <= {row[3] for row in before}
    forget(deployed, *cases[1:])
    assert terms(deployed) != before
    told = []

    assert backfill.give_terms(deployed, tell=told.append) == 4

    assert terms(deployed) == before
    assert told == [4]


def test_it_goes_on_where_it_was_stopped(deployed, cases, monkeypatch):
    before = terms(deployed)
    forget(deployed, *cases)
    monkeypatch.setattr(backfill, "MOST_AT_ONCE", 2)

    class Stopped(Exception):
        pass

    def stop(done):
        raise Stopped

    with pytest.raises(Stopped):
        backfill.give_terms(deployed, tell=stop)
    assert {row[0] for row in terms(deployed)} == {str(id_) for id_ in cases[:2]}

    told = []
    assert backfill.give_terms(deployed, tell=told.append) == 3
    assert told == [2, 3]
    assert terms(deployed) == before


def test_a_transaction_that_fails_half_way_leaves_nothing_of_itself(deployed, cases, monkeypatch):
    forget(deployed, *cases)
    give = backfill._give

    def fails_at_third(session, case_id):
        assert case_id != cases[2]
        give(session, case_id)

    monkeypatch.setattr(backfill, "_give", fails_at_third)

    with pytest.raises(AssertionError):
        backfill.give_terms(deployed, tell=lambda _done: None)

    assert terms(deployed) == []


def test_where_every_case_has_terms_nothing_is_done(deployed, cases):
    before = terms(deployed)
    told = []

    assert backfill.give_terms(deployed, tell=told.append) == 0

    assert (told, terms(deployed)) == ([], before)


def test_a_case_that_cannot_be_read_is_found_by_its_reference_and_stops_no_other(deployed, cases):
    before = terms(deployed)
    forget(deployed, *cases)
    with deployed.writing() as session:
        session.get_one(ProcessInstance, cases[0]).state = "{}"

    assert backfill.give_terms(deployed, tell=lambda done: None) == len(cases)

    damaged = str(cases[0])
    kept = [row for row in before if row[0] != damaged or row[2] == "reference"]
    assert terms(deployed) == kept
