from datetime import timedelta

import pytest

from engine import absences
from engine.absences import BadCover, NotYours
from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from tests.engine.runtime.playing import NOW
from tests.engine.worklist.desk import MANAGER, away, staff

ROLE = "social_worker"


@pytest.fixture
def team(deployed):
    """Two social workers and a manager who is one too."""
    return (
        staff(deployed, "One", ROLE),
        staff(deployed, "Other", ROLE),
        staff(deployed, "Manager", MANAGER, ROLE),
    )


def covered(database, actor, *, now=NOW):
    with database.reading() as session:
        return absences.covered(session, actor, now=now)


def lines(database, actor, *, now=NOW):
    with database.reading() as session:
        return absences.coming(session, actor, now=now)


def end(database, absence_id, *, by, now=NOW):
    with database.writing() as session:
        absences.end(session, absence_id, by=by, now=now)


def test_somebody_is_covered_from_the_first_instant_to_the_last(deployed, team):
    one, other, _ = team
    away(deployed, one, other, starts=NOW + timedelta(days=1))

    assert covered(deployed, other) == {}
    assert covered(deployed, other, now=NOW + timedelta(days=1)) == {one.key: "One"}
    assert covered(deployed, other, now=NOW + timedelta(days=2)) == {}
    assert covered(deployed, one, now=NOW + timedelta(days=1)) == {}


def test_a_program_covers_nobody(deployed, team):
    one, other, _ = team
    away(deployed, one, other)

    assert covered(deployed, Actor(kind="token", id=other.id, name="Program")) == {}


def test_a_manager_arranges_cover_for_their_staff_and_nobody_for_a_colleague(deployed, team):
    one, other, manager = team

    with pytest.raises(NotYours):
        away(deployed, one, manager, by=other)
    away(deployed, one, other, by=manager)

    assert covered(deployed, other) == {one.key: "One"}


def test_a_manager_of_another_authority_arranges_nothing_here(deployed, team):
    one, other, _ = team
    stranger = staff(deployed, "Stranger", MANAGER, authority="elsewhere")

    with pytest.raises(NotYours):
        away(deployed, one, other, by=stranger)
    assert lines(deployed, stranger) == ()


def test_whoever_covers_holds_a_role_of_the_absent_person(deployed, team):
    one, _, _ = team
    officer = staff(deployed, "Officer", "information_officer")

    with pytest.raises(BadCover, match="holds a role"):
        away(deployed, one, officer)
    with pytest.raises(BadCover, match="themselves"):
        away(deployed, one, one)


@pytest.mark.parametrize(
    ("starts", "days", "sentence"),
    [(NOW, 0, "after the start"), (NOW - timedelta(days=9), 1, "in the future")],
)
def test_an_absence_has_an_end_that_is_to_come(deployed, team, starts, days, sentence):
    one, other, _ = team

    with pytest.raises(Invalid, match=sentence):
        away(deployed, one, other, starts=starts, days=days)


def test_nobody_is_away_twice_at_a_time(deployed, team):
    one, other, manager = team
    away(deployed, one, other, days=2)

    with pytest.raises(Refused, match="already"):
        away(deployed, one, manager, starts=NOW + timedelta(days=1))
    away(deployed, one, manager, starts=NOW + timedelta(days=2))

    assert len(lines(deployed, one)) == 2


def test_an_absence_that_has_begun_ends_and_stays_in_the_table(deployed, team):
    one, other, _ = team
    absence = away(deployed, one, other)
    later = NOW + timedelta(hours=1)

    end(deployed, absence, by=one, now=later)

    assert covered(deployed, other, now=later) == {}
    assert covered(deployed, other, now=NOW) == {one.key: "One"}
    with pytest.raises(NotFound):
        end(deployed, absence, by=one, now=later)


def test_whoever_came_back_early_can_be_away_again_the_same_day(deployed, team):
    one, other, _ = team
    end(deployed, away(deployed, one, other, starts=NOW - timedelta(hours=8)), by=one)

    away(deployed, one, other, starts=NOW - timedelta(hours=8))

    assert covered(deployed, other) == {one.key: "One"}


def test_an_absence_that_has_not_begun_is_taken_back(deployed, team):
    one, other, manager = team
    absence = away(deployed, one, other, starts=NOW + timedelta(days=3))

    with pytest.raises(NotYours):
        end(deployed, absence, by=other)
    end(deployed, absence, by=manager)

    assert lines(deployed, one) == ()


def test_the_list_says_who_is_away_and_who_may_end_it(deployed, team):
    one, other, manager = team
    away(deployed, one, other)

    (own,) = lines(deployed, one)
    (others,) = lines(deployed, other)
    (managers,) = lines(deployed, manager)

    assert (own.name, own.covered_by, own.is_now) == ("One", "Other", True)
    assert (own.may_end, others.may_end, managers.may_end) == (True, False, True)


def test_colleagues_are_those_who_work_in_the_same_authority(deployed, team):
    staff(deployed, "Stranger", ROLE, authority="elsewhere")

    with deployed.reading() as session:
        found = absences.colleagues(session, team[0])

    assert [colleague.name for colleague in found] == ["Manager", "One", "Other"]
