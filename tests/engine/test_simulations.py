"""Simulations that people start: one at a time, and safe when a server ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine import simulations
from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.simulations import OneAtATime, State
from engine.store.database import Database
from tests.engine.databases import empty_database

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
ANNA = Actor(kind="person", id=1, name="Anna Example")
BERT = Actor(kind="person", id=2, name="Bert Example")
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def database() -> Iterator[Database]:
    with empty_database() as empty:
        yield empty


def started(database: Database, by: Actor = ANNA, at: datetime = NOW) -> int:
    with database.writing() as session:
        return simulations.start(session, {"of": "year"}, total=10, by=by, now=at)


def read(database: Database, number: int, at: datetime = NOW) -> simulations.SimulationLine:
    with database.reading() as session:
        return simulations.read(session, number, by=ANNA, now=at)


def test_it_says_how_far_it_is_and_keeps_what_came_of_it(database: Database) -> None:
    number = started(database)

    with database.writing() as session:
        assert simulations.advance(session, number, done=4, now=NOW)
    assert (read(database, number).done, read(database, number).state) == (4, State.RUNNING)

    with database.writing() as session:
        simulations.finish(session, number, {"differ": []}, now=NOW)
    line = read(database, number, LATER)
    assert (line.state, line.done, line.result) == (State.DONE, 10, {"differ": []})


def test_a_person_has_one_at_a_time_and_others_have_theirs(database: Database) -> None:
    number = started(database)

    with pytest.raises(OneAtATime):
        started(database)
    assert started(database, BERT) != number


def test_one_that_is_not_heard_of_was_stopped_and_hinders_nobody(database: Database) -> None:
    number = started(database)

    assert read(database, number, LATER).state is State.STOPPED
    assert started(database, at=LATER) != number


def test_cancelling_stops_it_for_good(database: Database) -> None:
    number = started(database)

    with database.writing() as session:
        simulations.cancel(session, number, by=ANNA, now=NOW)
    with database.writing() as session:
        assert not simulations.advance(session, number, done=5, now=NOW)
        simulations.finish(session, number, {"differ": []}, now=NOW)
        simulations.fail(session, number, "It broke.", now=NOW)

    line = read(database, number)
    assert (line.state, line.result) == (State.CANCELLED, None)


def test_only_the_owner_cancels_and_only_what_runs(database: Database) -> None:
    number = started(database)
    with database.writing() as session, pytest.raises(Refused):
        simulations.cancel(session, number, by=BERT, now=NOW)
    with database.writing() as session:
        simulations.fail(session, number, "It broke.", now=NOW)

    with database.writing() as session, pytest.raises(Refused):
        simulations.cancel(session, number, by=ANNA, now=NOW)

    line = read(database, number)
    assert (line.state, line.problem) == (State.STOPPED, "It broke.")


def test_ones_own_are_listed_newest_first(database: Database) -> None:
    first = started(database)
    with database.writing() as session:
        simulations.finish(session, first, {}, now=NOW)
    second = started(database)
    started(database, BERT)

    with database.reading() as session:
        lines = simulations.own(session, by=ANNA, now=NOW)

    assert [line.id for line in lines] == [second, first]
    assert all(line.is_own for line in lines)


def test_there_is_none_of_an_unknown_number(database: Database) -> None:
    with pytest.raises(NotFound):
        read(database, 99)
