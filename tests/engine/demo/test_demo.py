import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine import definitions, demo, deploy, doctor, people
from engine.cases import listing
from engine.casework import CaseRun
from engine.demo.stories import week
from engine.people import Actor
from engine.scenarios.read import Scenario
from engine.scenarios.run import play
from engine.store.tables import Case, Person
from tests.engine.databases import empty_database
from tests.engine.runtime.playing import ROOT
from tests.persons import quick_passwords

NOW = datetime(2026, 9, 23, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One authority that is right, and one that has hardly been begun."""
    root = tmp_path_factory.mktemp("procedures")
    for part in ("bpmn/shared", "dmn/shared", "bpmn/southwark", "dmn/southwark"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "bpmn/vocabulary.toml", root / "bpmn")
    (root / "bpmn/begun").mkdir()
    (root / "bpmn/begun/authority.toml").write_text('name = "Begun"')
    return root


@pytest.fixture(scope="module")
def seeded(folder):
    with empty_database() as database, quick_passwords():
        first = demo.seed(database, folder, var=folder, password=None, now=NOW)
        second = demo.seed(database, folder, var=folder, password=None, now=NOW)
        yield database, first, second


def test_seeding_twice_adds_nothing(seeded):
    database, first, second = seeded

    assert first.deployed == ("southwark",)
    assert first.cases > 0
    assert (second.deployed, second.cases, second.password) == ((), 0, first.password)
    with database.reading() as session:
        assert session.query(Case).count() == first.cases


def test_an_authority_that_is_not_right_stands_back_and_says_why(seeded):
    _, first, _ = seeded

    assert list(first.refused) == ["begun"]
    assert "begun is not deployed" in first.refused["begun"]


def test_every_role_has_two_people_so_that_one_can_cover_for_the_other(seeded):
    database, *_ = seeded
    with database.reading() as session:
        emails = set(session.scalars(select(Person.email)))
        names = session.scalars(select(Person.name)).all()

    first = {e for e in emails if e.count(".") == 2 and ".southwark@" in e}
    assert len(first) == len(definitions.load_authority(ROOT, "southwark").roles)
    assert {e.replace(".southwark@", ".southwark.colleague@") for e in first} <= emails
    assert len(set(names)) == len(names)


def test_every_role_has_its_person_and_there_is_one_analyst(seeded):
    database, first, _ = seeded
    with database.writing() as session:
        manager = people.authenticate(
            session, "duty_manager.southwark@example.test", first.password, now=NOW
        )
        analyst = people.authenticate(session, "analyst@example.test", first.password, now=NOW)

    assert manager.grants == {("southwark", "duty_manager")}
    assert analyst.holds(people.EVERYWHERE, people.ANALYST)
    assert not analyst.may_see_cases_of("southwark")


def test_the_cases_stand_in_different_places_and_some_are_late(seeded):
    database, *_ = seeded
    staff = Actor(kind="system", id="t", name="T", grants=frozenset({("southwark", "x")}))
    with database.reading() as session:
        lines = listing(session, staff, now=NOW).lines

    assert {"open", "finished"} <= {line.status.value for line in lines}
    assert any(line.overdue for line in lines)
    assert any(not line.overdue and line.open_tasks for line in lines)
    assert len({line.children for line in lines}) > 3


@pytest.mark.parametrize("authority", sorted(deploy.authorities_in(ROOT)))
def test_a_story_that_is_told_to_its_end_leaves_nobody_anything_to_do(authority):
    definition = definitions.load_authority(ROOT, authority)
    told = [story for story in week(0, today=NOW.date()) if story.tasks is None]

    assert told
    for story in told:
        scenario = Scenario(name=story.name, start=NOW - story.ago, facts=story.facts)
        played = play(scenario, definition, start=CaseRun.start)
        assert played.mismatches == [], story.name


def test_the_demo_holds_together(seeded):
    database, *_ = seeded
    with database.reading() as session:
        assert doctor.check_invariants(session, now=NOW) == ()


def test_a_password_that_is_given_becomes_everybodys(seeded, folder, tmp_path):
    database, *_ = seeded
    demo.seed(database, folder, var=tmp_path, password="a given password", now=NOW)

    with database.writing() as session:
        person = session.query(Person).filter(Person.email.like("%.southwark@%")).first()
        assert people.has_password(person, "a given password")
    assert not (tmp_path / "demo_password").exists()
