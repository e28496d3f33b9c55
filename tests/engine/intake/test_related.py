import pytest

from engine.errors import NotFound
from engine.intake import related
from engine.intake.related import LIKE_CHILD, NAMESAKE, SAME_CHILD, SAME_HOME, SAME_PERSON
from engine.people import Actor
from tests.engine.runtime.playing import everybody, start_case

BEN = {"name": "Ben Stephen", "date_of_birth": "2017-05-04"}
STRANGER = Actor(kind="person", id=1, name="S", grants=frozenset({("elsewhere", "manager")}))


def case_about(database, *children):
    return start_case(database, children=list(children))


def why(database, case_id):
    with database.reading() as session:
        return {found.case.id: found.why for found in related(session, case_id, everybody())}


@pytest.mark.parametrize(
    ("child", "reasons"),
    [
        ({"name": "stephen, BEN", "date_of_birth": "2017-05-04"}, (SAME_CHILD,)),
        ({"name": "Ben Alan Stephen", "date_of_birth": "2017-05-04"}, (SAME_CHILD,)),
        ({"name": "Benn Steven", "date_of_birth": "2017-05-04"}, (LIKE_CHILD,)),
        ({"name": "Ben Stephen"}, (NAMESAKE,)),
        ({"name": "Ben Stephen", "date_of_birth": "2017-05-05"}, None),
        ({"name": "Zoe Walker", "date_of_birth": "2017-05-04"}, None),
        ({"name": "Ben"}, None),
    ],
)
def test_another_case_is_related_by_its_child(deployed, child, reasons):
    own = case_about(deployed, {"name": "Ivy Other", "date_of_birth": "2001-01-01"}, BEN)
    other = case_about(deployed, child)

    assert why(deployed, own) == ({other: reasons} if reasons else {})
    assert why(deployed, other) == ({own: reasons} if reasons else {})


def test_another_case_is_related_by_the_household(deployed, learn):
    own, home, person, street = (case_about(deployed) for _ in range(4))
    learn(own, family_address="12 Elm Road, SE1 9AB", household_members="Jo Neal, Al Neal")
    learn(home, family_address="12 Elm Rd")
    learn(person, household_members="NEAL Jo\nNeal Jo")
    learn(street, family_address="13 Elm Road, SE1 9AB")

    assert why(deployed, own) == {home: (SAME_HOME,), person: (SAME_PERSON,)}


def test_several_reasons_are_all_given_newest_case_first(deployed, learn):
    own, older, newer = (case_about(deployed, BEN) for _ in range(3))
    for case_id in (own, older):
        learn(case_id, family_address="12 Elm Road")

    assert list(why(deployed, own).items()) == [
        (newer, (SAME_CHILD,)),
        (older, (SAME_CHILD, SAME_HOME)),
    ]


def test_a_case_about_nobody_is_related_to_nothing(deployed):
    case_about(deployed, BEN)

    assert why(deployed, case_about(deployed)) == {}


def test_no_case_is_related_for_whoever_may_not_see_it(deployed):
    own = case_about(deployed, BEN)
    case_about(deployed, BEN)

    with deployed.reading() as session, pytest.raises(NotFound):
        related(session, own, STRANGER)
    with deployed.reading() as session, pytest.raises(NotFound):
        related(session, 4711, everybody())
