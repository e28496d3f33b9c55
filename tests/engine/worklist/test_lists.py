from datetime import timedelta

import pytest

from engine import cases, doctor, worklist
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime import timers
from tests.engine.runtime.playing import (
    NOW,
    complete,
    complete_next,
    everybody,
    open_row,
    start_case,
    start_referral,
)

DUE = NOW + timedelta(hours=24)


def deadlines(database, *, now, **choice):
    with database.reading() as session:
        return worklist.deadlines(session, everybody(), now=now, **choice)


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
        (line,) = cases.listing(session, everybody(), now=NOW).lines
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


def test_tasks_and_clocks_of_cases_that_somebody_does_not_see_are_not_listed(deployed):
    start_referral(deployed)

    with deployed.reading() as session:
        assert worklist.tasks(session, everybody("elsewhere"), now=NOW) == ()
        assert worklist.deadlines(session, everybody("elsewhere"), now=NOW) == ()


def test_a_chosen_task_that_was_done_meanwhile_is_not_overdue(deployed):
    case_id = start_referral(deployed)
    row = open_row(deployed, case_id, "write_up_referral")
    complete(deployed, row, now=NOW)

    with deployed.reading() as session:
        (line,) = worklist.chosen(session, everybody(), [row.id], now=DUE + timedelta(days=1))

    assert line.due_at == DUE
    assert not line.is_overdue
