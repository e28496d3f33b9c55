"""The pages of one case, as values."""

from datetime import timedelta

import pytest

from engine import cases
from engine.errors import NotFound
from engine.people import Actor
from engine.runtime import acts
from tests.engine.runtime.playing import (
    NOW,
    complete_next,
    everybody,
    start_case,
    start_referral,
)

CHILD = {"name": "Ana Vale", "date_of_birth": "2017-05-04", "gender": "2", "ethnicity": "WBRI"}
STRANGER = Actor(kind="person", id=9, name="S", grants=frozenset({("elsewhere", "manager")}))


@pytest.fixture
def database(deployed):
    return deployed


def looked_at(database, case_id, what, *more, **named):
    with database.reading() as session:
        top, definition = cases.mast(session, case_id, by=everybody())
        return what(session, top, definition, *more, **named)


def test_overview_says_what_waits_why_what_is_soonest_and_what_may_follow(database):
    case_id = start_referral(database)

    view = looked_at(database, case_id, cases.overview, now=NOW)

    assert "write_up_referral" in {task.element_id for task in view.waiting}
    assert view.soonest.due_at == min(task.due_at for task in view.waiting if task.due_at)
    assert view.soonest.clauses
    assert view.last_step.by_name
    assert view.last_decision.result == "referral"
    assert view.last_decision.clauses
    assert any(task.following for task in view.waiting)
    assert view.overdue == 0


def test_overview_counts_what_is_overdue(database):
    case_id = start_referral(database)

    view = looked_at(database, case_id, cases.overview, now=NOW + timedelta(days=30))

    assert view.overdue > 0
    assert any(task.is_overdue for task in view.waiting)


def test_each_child_stands_where_its_own_tasks_do(database):
    pair = [CHILD, {**CHILD, "name": "Ben Vale"}]
    case_id = start_case(database, children=pair)
    for _ in range(8):
        complete_next(database, case_id, now=NOW, children=pair)

    view = looked_at(database, case_id, cases.overview, now=NOW)

    assert [child.name for child in view.children] == ["Ana Vale", "Ben Vale"]
    for child in view.children:
        assert {task.child for task in child.waits_for} <= {None, child.name}


def test_long_lists_come_in_parts_without_gap_or_overlap(database):
    children = [{**CHILD, "name": name} for name in ("Ana Vale", "Ben Vale", "Cleo Vale")]
    case_id = start_case(database, children=children)
    for _ in range(30):
        complete_next(database, case_id, now=NOW, children=children)
    with database.reading() as session:
        _, definition = cases.mast(session, case_id, by=everybody())
        first = cases.latest(session, case_id, definition, 1)
        second = cases.latest(session, case_id, definition, 2)
        whole = cases.page(session, case_id, by=everybody(), now=NOW).timeline

    assert first.goes_on
    together = [*first.lines, *second.lines]
    assert together == list(reversed(whole))[: len(together)]


def test_what_is_known_tells_what_stood_there_before(database):
    case_id = start_referral(database, referrer_kind="professional")
    with database.writing() as session:
        acts.correct(
            session,
            case_id,
            "referrer_kind",
            "public",
            reason="A neighbour rang.",
            by=everybody(),
            now=NOW,
        )

    with database.reading() as session:
        found = cases.known(session, case_id, 1, by=everybody())

    (line,) = [line for line in found.part.lines if line.fact == "referrer_kind"]
    (made,) = line.corrections
    assert "public" in line.words
    assert "professional" in made.before
    assert made.reason == "A neighbour rang."
    assert line.may_correct


def test_chronology_has_the_events_of_all_cases_in_the_order_of_their_dates(database):
    first = start_referral(database)
    second = start_referral(database, now=NOW + timedelta(hours=1))

    with database.reading() as session:
        told = cases.chronology(session, [second, first], 1, by=everybody())
        nothing = cases.chronology(session, [second, first], 1, by=STRANGER)

    assert [line.at for line in told.lines] == sorted(line.at for line in told.lines)
    assert {line.case_id for line in told.lines} == {first, second}
    assert nothing.lines == ()


def test_for_whoever_sees_no_case_there_is_no_page_of_it(database):
    case_id = start_case(database)

    with database.reading() as session, pytest.raises(NotFound):
        cases.mast(session, case_id, by=STRANGER)


def test_only_who_may_judge_is_offered_what_needs_judgement(database):
    case_id = start_case(database)
    manager = Actor(
        kind="person", id=3, name="M", grants=frozenset({("southwark", "duty_manager")})
    )
    worker = Actor(
        kind="person", id=4, name="W", grants=frozenset({("southwark", "social_worker")})
    )

    with database.reading() as session:
        offered, _ = cases.mast(session, case_id, by=manager)
        hidden, _ = cases.mast(session, case_id, by=worker)

    assert (offered.may_withdraw, offered.may_reopen) == (True, False)
    assert (hidden.may_withdraw, hidden.may_reopen) == (False, False)
