import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from engine import cases
from engine.cases import CaseFilter
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime import tasks
from engine.runtime.rows import Place, write_known
from engine.store.tables import Case, CaseStatus, ChildOfCase, SearchTerm
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    answers_of,
    everybody,
    open_row,
    start_case,
)

ADA = {"name": "Ada-Mae O'Néill", "date_of_birth": "2019-01-02"}
BEN = {"name": "Ben Stephen", "date_of_birth": "2017-05-04"}
STRANGER = Actor(kind="person", id=1, name="S", grants=frozenset({("elsewhere", "manager")}))


def listed(database, *, by=None, most=50, **wanted):
    with database.reading() as session:
        asked = CaseFilter(**wanted)
        return cases.listing(session, by or everybody(), asked, now=NOW, most=most)


def ids(database, **wanted):
    return [line.id for line in listed(database, **wanted).lines]


def learn(database, case_id, **facts):
    """Let the case come to know more, as a completed task does."""
    with database.writing() as session:
        place = Place(
            session=session, case_id=case_id, authority=AUTHORITY, step=9, by="system:t", now=NOW
        )
        write_known(place, facts)


@pytest.fixture
def case_id(deployed):
    """A case of two children, with an address in the write-up of the contact."""
    start_case(deployed)
    case_id = start_case(
        deployed, children=[ADA, BEN], referrer_kind="family", child_may_be_in_need=False
    )
    start_case(deployed, children=[{"name": "Somebody Else", "date_of_birth": "2019-01-03"}])
    return case_id


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "ada-mae o'neill"},
        {"name": "O’NEILL Ada"},
        {"name": "mae"},
        {"name": "adam"},
        {"name": "neil"},
        {"name": "Steven", "sounds_alike": True},
        {"name": "ben", "date_of_birth": "4 May 2017"},
        {"date_of_birth": "2/1/2019"},
        {"date_of_birth": "2 Jan 2019"},
        {"name": "ada", "status": "open", "referrer_kind": "family", "authority": AUTHORITY},
        {"name": "ada", "received_from": "22 9 2026", "received_to": "22/09/2026"},
    ],
)
def test_a_case_is_found_by_what_is_known_of_a_child(deployed, case_id, wanted):
    assert ids(deployed, **wanted) == [case_id]


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "Steven"},  # another name, unless those that sound alike are wanted
        {"name": "ada stephen"},  # the words of two children
        {"name": "ada", "date_of_birth": "4 5 2017"},  # the birth of the other child
        {"name": "da"},
        {"name": "%da"},
        {"name": "ada", "status": "finished"},
        {"name": "ada", "referrer_kind": "public"},
        {"name": "ada", "authority": "elsewhere"},
        {"name": "ada", "received_from": "23 9 2026"},
        {"name": "ada", "received_to": "21 9 2026"},
        {"name": "ada", "by": STRANGER},
        {"address": "SE1 9AB"},
    ],
)
def test_a_case_that_is_not_meant_is_not_found(deployed, case_id, wanted):
    assert ids(deployed, **wanted) == []


def test_a_case_is_found_by_the_beginning_of_its_reference(deployed, case_id):
    with deployed.reading() as session:
        reference = session.get_one(Case, case_id).reference

    for written in (reference, reference.lower().replace("-", " "), reference[:7]):
        assert ids(deployed, reference=written) == [case_id]


@pytest.mark.parametrize("written", ["12 elm rd", "se19ab", "12 Elm Road, SE1 9AB", "Elm Road"])
def test_a_case_is_found_by_where_the_family_lives(deployed, case_id, written):
    learn(deployed, case_id, family_address="12 Elm Road\nExampletown SE1 9AB")

    assert ids(deployed, address=written) == [case_id]
    assert ids(deployed, address=written, name="ben") == [case_id]
    assert ids(deployed, address="13 Elm Road") == []


def test_an_address_put_right_is_no_longer_found_as_it_was(deployed, case_id):
    learn(deployed, case_id, family_address="12 Elm Road")
    learn(deployed, case_id, family_address="3 Ash Lane")

    assert ids(deployed, address="12 Elm Road") == []
    assert ids(deployed, address="3 Ash Lane") == ids(deployed, name="ben") == [case_id]


def test_what_is_written_up_later_is_what_a_case_is_found_by(deployed, case_id):
    row = open_row(deployed, case_id, "record_contact")
    given = answers_of(deployed, row.id, children=[{"name": "Cleo Renamed"}])
    with deployed.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=NOW)

    assert ids(deployed, name="cleo") == [case_id]
    assert ids(deployed, name="ada") == []
    with deployed.reading() as session:
        reference = session.get_one(Case, case_id).reference
    assert ids(deployed, reference=reference) == [case_id]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"date_of_birth": "31/2/2019"}, "real date"),
        ({"received_from": "soon"}, "real date"),
        ({"received_to": "2026"}, "real date"),
        ({"reference": "7"}, "two letters"),
        ({"name": "a"}, "two letters"),
        ({"name": "%%%"}, "two letters"),
        ({"address": "Elm"}, "postcode"),
        ({"status": "lost"}, "waiting_for_referrer"),
    ],
)
def test_what_cannot_be_searched_for_is_said_in_a_sentence(deployed, wanted, sentence):
    (key,) = wanted
    assert sentence in cases.problems_of(CaseFilter(**wanted))[key]
    with pytest.raises(Invalid, match=sentence):
        listed(deployed, **wanted)


def test_cases_are_filtered_without_a_search(deployed, case_id):
    assert len(ids(deployed)) == 3
    assert ids(deployed, referrer_kind="family") == [case_id]
    assert ids(deployed, status="finished") == []
    assert ids(deployed, authority="elsewhere") == []


def many(database, number, *, name="Ada Example"):
    """Cases of one name, without the cost of starting each."""
    first = start_case(database)
    with database.writing() as session:
        pattern = session.get_one(Case, first)
        for place in range(number - 1):
            case = Case(
                reference=f"M{place:07}",
                authority=AUTHORITY,
                deployment_id=pattern.deployment_id,
                status=CaseStatus.OPEN,
                received_at=NOW + timedelta(minutes=place),
                received_out_of_hours=False,
                started_at=NOW,
                started_by="system:test",
                last_step_at=NOW,
                version=1,
            )
            session.add(case)
            session.flush()
            session.add(ChildOfCase(case_id=case.id, position=0, name=name))
            session.add_all(
                SearchTerm(case_id=case.id, authority=AUTHORITY, kind="name", term=word, child=0)
                for word in name.lower().split()
            )


@pytest.mark.parametrize("wanted", [{}, {"name": "exam ada"}, {"status": "open"}])
def test_pages_show_every_case_once_forwards_and_back(deployed, wanted):
    many(deployed, 26)
    everything = ids(deployed, **wanted)

    pages = [listed(deployed, most=10, **wanted)]
    while pages[-1].older is not None:
        pages.append(listed(deployed, most=10, before=pages[-1].older, **wanted))
    back = [pages[-1]]
    while back[-1].newer is not None:
        back.append(listed(deployed, most=10, after=back[-1].newer, **wanted))

    assert [line.id for page in pages for line in page.lines] == everything
    assert len(everything) in (25, 26)
    assert pages[0].newer is None
    assert len(back) == len(pages)
    assert back[-1].lines == pages[0].lines


def test_cases_that_arrive_meanwhile_move_nothing_on_the_next_page(deployed):
    many(deployed, 12)
    first = listed(deployed, most=5)
    expected = listed(deployed, most=5, before=first.older)

    start_case(deployed)

    assert listed(deployed, most=5, before=first.older) == expected


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"name": "ada example"},
        {"name": "ada", "sounds_alike": True},
        {"date_of_birth": "2 1 2019", "status": "open"},
        {"address": "SE1 9AB"},
        {"reference": "M000"},
        {"name": "ada", "before": 20},
    ],
)
def test_no_search_walks_through_all_cases(deployed, wanted):
    many(deployed, 30)
    asked = []
    with deployed.reading() as session:
        event.listen(
            deployed.engine, "before_cursor_execute", lambda *of: asked.append((of[2], of[3]))
        )
        cases.listing(session, everybody(), CaseFilter(**wanted), now=NOW)
        statements = [it for it in asked if it[0].startswith("SELECT")]
        plans = [
            row[3]
            for statement, values in statements
            for row in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
        ]

    assert len(statements) <= 7, statements
    scans = [plan for plan in plans if re.match(r"SCAN (\"?case\"?|search_term)\b", plan)]
    assert scans == []
    searched = [plan for plan in plans if "SEARCH search_term" in plan]
    assert bool(searched) == bool(set(wanted) - {"before", "status"})
    assert all("ix_search_term_kind_term_case_id" in plan for plan in searched)
