"""The search that a person made last is there again, whatever version kept it."""

import pytest

from engine import cases, people
from engine.cases import CaseFilter
from engine.errors import Refused
from engine.people import Actor
from engine.store.tables import PersonView
from tests.engine.runtime.playing import NOW, everybody


@pytest.fixture
def ana(deployed):
    with deployed.writing() as session:
        person = people.create(
            session,
            email="ana@example.test",
            name="Ana Example",
            password="three unrelated words",
            now=NOW,
        )
    return Actor(kind="person", id=person.id, name=person.name)


def kept(database, by):
    with database.reading() as session:
        return cases.kept_search(session, by)


def test_a_search_is_kept_without_the_place_that_was_turned_to(deployed, ana):
    with deployed.writing() as session:
        cases.keep_search(session, CaseFilter(name="Ada", sounds_alike=True, before=9), by=ana)

    assert kept(deployed, ana) == CaseFilter(name="Ada", sounds_alike=True)


def test_what_an_older_version_kept_and_nobody_can_search_for_is_left_out(deployed, ana):
    settings = {"name": "Ada", "school": "Elm Road Primary"}
    with deployed.writing() as session:
        session.add(PersonView(person_id=ana.id, page="cases", settings=settings))

    assert kept(deployed, ana) == CaseFilter(name="Ada")


def test_a_program_keeps_no_search(deployed):
    with deployed.writing() as session, pytest.raises(Refused):
        cases.keep_search(session, CaseFilter(name="Ada"), by=everybody())
