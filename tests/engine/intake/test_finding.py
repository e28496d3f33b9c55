import pytest

from engine.intake import find_children, known_children, placed_children
from engine.people import Actor
from engine.store.tables import Case, Record
from tests.engine.runtime.playing import (
    NOW,
    complete_next,
    everybody,
    open_rows,
    start_case,
)
from tests.statements import statements

ADA = {"name": "Ada-Mae O'Neill", "date_of_birth": "2019-02-11", "gender": "2",
       "ethnicity": "WBRI", "disability": "NONE"}  # fmt: skip
BEN = {"name": "Ben Stephen", "date_of_birth": "2017-05-04"}
STRANGER = Actor(kind="person", id=1, name="S", grants=frozenset({("elsewhere", "manager")}))


def found(database, *, by=None, **known):
    with database.reading() as session:
        return find_children(session, by or everybody(), **known)


def reasons(database, **known):
    return {child.name: child.why for child in found(database, **known)}


@pytest.fixture
def case_id(deployed):
    start_case(deployed, children=[{"name": "Somebody Else", "date_of_birth": "2011-11-11"}])
    return start_case(deployed, children=[ADA, BEN], child_may_be_in_need=False)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"name": "o’neill ADA-MAE"}, ("same name",)),
        ({"name": "ada"}, ("name matches in part",)),
        ({"name": "mae oneill"}, ("name matches in part",)),
        ({"name": "Ada Mae O Neal"}, ("sounds alike",)),
        ({"date_of_birth": "11 Feb 2019"}, ("same date of birth",)),
        ({"date_of_birth": "2/11/2019"}, ("day and month of birth the other way round",)),
        ({"name": "ada", "date_of_birth": "11/2/2019"},
         ("name matches in part", "same date of birth")),
        ({"name": "Zed", "date_of_birth": "11/2/2019"}, ("same date of birth",)),
    ],
)  # fmt: skip
def test_a_child_is_found_with_the_reasons(deployed, case_id, known, why):
    assert reasons(deployed, **known) == {"Ada-Mae O'Neill": why}


@pytest.mark.parametrize(
    "known", [{}, {"name": "Zed"}, {"date_of_birth": "soon"}, {"address": "?"}, {"reference": "7"}]
)
def test_nobody_is_found_by_nothing(deployed, case_id, known):
    assert found(deployed, **known) == ()


def test_all_children_of_a_case_are_found_by_its_reference(deployed, case_id):
    with deployed.reading() as session:
        reference = session.get_one(Case, case_id).reference

    assert reasons(deployed, reference=reference.lower()) == {
        "Ada-Mae O'Neill": ("this reference",),
        "Ben Stephen": ("this reference",),
    }


def test_children_are_found_by_where_and_with_whom_they_live(deployed, case_id, learn):
    learn(case_id, family_address="12 Elm Road, SE1 9AB", household_members="Jo Neal (mother)")

    assert set(reasons(deployed, address="12 elm rd").values()) == {("same address",)}
    assert set(reasons(deployed, address="SE19AB").values()) == {("same street or postcode",)}
    assert reasons(deployed, address="13 Elm Road") == {}
    household = ("that name in the household",)
    assert set(reasons(deployed, name="Neal Jo").values()) == {household}


def test_the_likeliest_child_comes_first(deployed, case_id):
    start_case(deployed, children=[{"name": "Ben Stephens", "date_of_birth": "2003-03-03"}])
    start_case(deployed, children=[{"name": "Bena Steven", "date_of_birth": "2017-04-05"}])

    children = found(deployed, name="Ben Stephen", date_of_birth="4 5 2017")

    assert children[0].name == "Ben Stephen"
    assert [child.score for child in children] == sorted((c.score for c in children), reverse=True)


def test_the_same_child_of_several_cases_is_shown_once_with_all_of_them(deployed, case_id):
    second = start_case(deployed, children=[{**BEN, "name": "Stephen BEN"}])

    (child,) = found(deployed, name="ben stephen")

    assert [(case.id, place) for case, place in child.cases] == [(second, 0), (case_id, 1)]
    assert child.is_open


def test_children_of_one_name_without_a_birth_stay_apart(deployed):
    for _ in range(2):
        start_case(deployed, children=[{"name": "Jo Bloggs"}])

    assert len(found(deployed, name="Jo Bloggs")) == 2


def test_nobody_is_found_whose_case_the_actor_may_not_see(deployed, case_id):
    assert found(deployed, by=STRANGER, name="ada", date_of_birth="11 2 2019") == ()
    with deployed.reading() as session:
        assert placed_children(session, [f"{case_id}:0"], by=STRANGER) == ()
        assert known_children(session, [f"{case_id}:0"], by=STRANGER) == ()


def test_it_is_told_on_which_database_an_earlier_case_is_recorded(deployed, case_id):
    with deployed.writing() as session:
        session.add(
            Record(
                case_id=case_id, step=9, position=0, at=NOW, process_id="p", element_id="e",
                name="n", clauses=[], child=None, record="early_help_database",
            )
        )  # fmt: skip

    (child,) = found(deployed, name="ada mae")

    assert child.cases[0][0].recorded[0].startswith("Record on the early help database")


def test_everything_known_of_a_child_can_be_taken_over(deployed, case_id):
    complete_next(deployed, case_id, now=NOW, children=[{**ADA, "ethnicity": "WIRI"}, BEN])

    with deployed.reading() as session:
        keys = [f"{case_id}:0", f"{case_id}:1", f"{case_id}:7", "9:9", "x", ":", f"{case_id}:0"]
        ada, ben = known_children(session, keys, by=everybody())

    assert ada.entry == {**ADA, "ethnicity": "WIRI"}
    assert ben.entry == BEN
    assert ada.child.key == f"{case_id}:0"


def test_a_finished_case_still_knows_its_children(deployed):
    case_id = start_case(deployed, children=[ADA], child_may_be_in_need=False)
    while open_rows(deployed, case_id):
        complete_next(deployed, case_id, now=NOW, children=[ADA], needs_more_than_advice=False)

    with deployed.reading() as session:
        (ada,) = known_children(session, [f"{case_id}:0"], by=everybody())

    assert not ada.child.case.is_open
    assert ada.entry == ADA


def test_a_birth_written_in_words_is_not_taken_over_as_a_date(deployed):
    case_id = start_case(deployed, children=[{"name": "Unborn", "expected": "early in May"}])

    with deployed.reading() as session:
        (child,) = known_children(session, [f"{case_id}:0"], by=everybody())

    assert child.entry.get("date_of_birth") is None


def test_finding_asks_few_questions_of_the_database(deployed, case_id, learn):
    learn(case_id, family_address="12 Elm Road")
    with statements(deployed.engine) as said, deployed.reading() as session:
        find_children(
            session, everybody(), name="ben stephen", date_of_birth="4 5 2017",
            address="12 Elm Road", reference="7K3M",
        )  # fmt: skip

    assert 0 < len(said) <= 8, said
