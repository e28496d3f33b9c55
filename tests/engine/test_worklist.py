from datetime import timedelta

import pytest

from engine import cases, doctor, worklist
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime import tasks, timers
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    complete,
    complete_next,
    everybody,
    only,
    open_row,
    open_rows,
    start_case,
    start_referral,
)

DUE = NOW + timedelta(hours=24)


def lists(database, actor, *, now=NOW, **choice):
    with database.reading() as session:
        return worklist.worklist(session, actor, now=now, **choice)


def deadlines(database, *, now, **choice):
    with database.reading() as session:
        return worklist.deadlines(session, everybody(), now=now, **choice)


def groups(database, *, now):
    found = lists(database, everybody(), now=now)
    return {
        name: [line.element_id for line in getattr(found, name)]
        for name in ("overdue", "today", "this_week", "later", "without_limit")
        if getattr(found, name)
    }


def test_tasks_stand_by_when_their_limit_ends(deployed):
    start_referral(deployed)
    waiting = ["write_up_referral", "consider_management_action"]

    assert groups(deployed, now=NOW) == {"this_week": waiting}
    assert groups(deployed, now=NOW - timedelta(days=2)) == {"later": waiting}
    assert groups(deployed, now=DUE - timedelta(hours=11)) == {"today": waiting}
    assert groups(deployed, now=DUE + timedelta(microseconds=1)) == {"overdue": waiting}


def test_a_task_at_its_limit_is_not_overdue_yet(deployed):
    start_referral(deployed)

    assert "overdue" not in groups(deployed, now=DUE)


def test_tasks_without_a_limit_stand_in_a_group_of_their_own(deployed):
    case_id = start_case(deployed)
    complete_next(deployed, case_id, now=NOW)

    found = lists(deployed, everybody())

    assert [t.element_id for t in found.without_limit] == ["record_contact"]
    assert found.count == 1
    assert not found.is_cut


def test_a_worklist_shows_the_soonest_limit_first(deployed):
    first = start_referral(deployed, now=NOW)
    second = start_referral(deployed, now=NOW - timedelta(minutes=30))

    shown = [line.case_id for line in lists(deployed, everybody()).this_week]

    assert shown == [second, second, first, first]


def test_a_worklist_holds_only_tasks_of_the_persons_own_roles(deployed):
    case_id = start_case(deployed)
    role = open_rows(deployed, case_id)[0].role

    assert lists(deployed, only(role)).count == 1
    assert lists(deployed, only("social_worker")).count == 0
    assert lists(deployed, Actor(kind="person", id=1, name="S")).count == 0
    assert lists(deployed, everybody("elsewhere")).count == 0
    assert lists(deployed, everybody(), role="social_worker").count == 0
    assert lists(deployed, everybody(), authority=AUTHORITY, role=role).count == 1


def test_a_line_says_who_has_claimed_the_task(deployed):
    case_id = start_case(deployed)
    row = open_rows(deployed, case_id)[0]
    with deployed.writing() as session:
        tasks.claim(session, row.id, by=only(row.role, number=5), now=NOW)

    (line,) = lists(deployed, only(row.role, number=5)).without_limit
    (other,) = lists(deployed, only(row.role, number=6)).without_limit

    assert (line.is_mine, other.is_mine) == (True, False)
    assert (line.claimed_by, line.state, line.role_label) == (
        "person:5",
        "claimed",
        "Any member of staff",
    )


@pytest.mark.parametrize(
    ("state", "elements"),
    [
        ("open", ["record_contact"]),
        ("completed", ["redirect_contact"]),
        ("claimed", []),
        ("withdrawn", []),
        (None, ["record_contact", "redirect_contact"]),
    ],
)
def test_tasks_are_found_by_state(deployed, state, elements):
    case_id = start_case(deployed)
    complete_next(deployed, case_id, now=NOW)

    with deployed.reading() as session:
        found = worklist.tasks(session, everybody(), now=NOW, case_id=case_id, state=state)
        role = worklist.tasks(session, everybody(), now=NOW, role="staff_member", state=state)

    assert [line.element_id for line in found] == elements
    assert [line.element_id for line in role] == [e for e in elements if e == "redirect_contact"]


def test_an_unknown_state_is_refused(deployed):
    with deployed.reading() as session, pytest.raises(Invalid, match="open, claimed"):
        worklist.tasks(session, everybody(), now=NOW, state="lost")


def named(lines):
    return sorted(line.deadline_name for line in lines)


def test_clocks_are_found_by_state(deployed):
    case_id = start_referral(deployed)
    all_three = ["disposal_decision", "response_type", "write_up"]
    late = DUE + timedelta(hours=1)

    assert named(deadlines(deployed, now=DUE, state="running")) == all_three
    assert {line.state for line in deadlines(deployed, now=DUE)} == {"running"}
    assert named(deadlines(deployed, now=late, state="overdue")) == all_three
    assert deadlines(deployed, now=late, state="running") == ()
    with deployed.writing() as session:
        timers.wake(session, case_id, now=late)
    assert named(deadlines(deployed, now=late, state="overdue")) == all_three
    complete(deployed, open_row(deployed, case_id, "write_up_referral"), now=late)
    assert named(deadlines(deployed, now=late, state="missed", case_id=case_id)) == ["write_up"]


def test_a_clock_whose_act_is_known_to_be_in_time_is_met_before_its_task_is_done(deployed):
    case_id = start_case(deployed)
    late = NOW + timedelta(days=1)

    (before,) = deadlines(deployed, now=late, case_id=case_id)
    complete_next(deployed, case_id, now=late)
    (after,) = deadlines(deployed, now=late, case_id=case_id)

    assert (before.deadline_name, before.state, before.ended_at) == (
        "internal_redirection",
        "met",
        None,
    )
    assert (after.state, after.met) == ("met", True)
    assert [line.state for line in deadlines(deployed, now=late, state="met")] == ["met"]


def test_a_limit_kept_but_recorded_late_is_met(deployed):
    told = NOW - timedelta(hours=3)
    case_id = start_case(deployed, first_contact_at=told)
    (before,) = deadlines(deployed, now=NOW, case_id=case_id)

    complete(deployed, open_row(deployed, case_id, "redirect_contact"), now=NOW,
             received_at=(told + timedelta(minutes=30)).isoformat())  # fmt: skip

    (after,) = deadlines(deployed, now=NOW, case_id=case_id)
    assert (before.state, before.recorded_late) == ("overdue", False)
    assert (after.state, after.met, after.recorded_late) == ("met", True, True)
    assert named(deadlines(deployed, now=NOW, state="met")) == ["internal_redirection"]
    assert deadlines(deployed, now=NOW, state="open") == ()
    with deployed.reading() as session:
        page = cases.page(session, case_id, by=everybody(), now=NOW)
        (line,) = cases.listing(session, everybody(), now=NOW)
        assert doctor.check_invariants(session, now=NOW) == ()
    assert "Limit met, recorded late: internal redirection" in [e.sentence for e in page.timeline]
    assert line.overdue == 0


def test_open_clocks_are_those_that_run_and_those_that_ran_out(deployed):
    start_referral(deployed)
    start_case(deployed, first_contact_at=NOW - timedelta(hours=3))

    found = {
        (line.deadline_name, line.state) for line in deadlines(deployed, now=NOW, state="open")
    }

    assert found == {
        ("internal_redirection", "overdue"),
        ("disposal_decision", "running"),
        ("response_type", "running"),
        ("write_up", "running"),
    }


def test_a_clock_explains_itself(deployed):
    start_case(deployed)

    (line,) = deadlines(deployed, now=NOW)

    assert "SWK-48" in line.explanation
    assert line.clauses == ("SWK-48",)
    assert (line.amount, line.unit, line.strength, line.owner) == (1, "hours", "must", "authority")


def test_clocks_of_cases_that_somebody_does_not_see_are_not_listed(deployed):
    start_case(deployed)
    analyst = Actor(kind="person", id=1, name="A", grants=frozenset({("*", "analyst")}))

    with deployed.reading() as session:
        assert worklist.deadlines(session, analyst, now=NOW) == ()
        assert worklist.tasks(session, analyst, now=NOW) == ()
