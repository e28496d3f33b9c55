"""A case of a real procedure, step by step: facts, clocks, warnings, messages, saved state."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.casework import CaseRun, InvalidAnswers, InvalidFacts
from engine.casework import effects as fx
from engine.definitions import load_authority
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid, NotFound, Refused

ROOT = Path(__file__).parents[3]
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 6, 15, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@cache
def southwark() -> AuthorityDefinition:
    return load_authority(ROOT, "southwark")


def started(now: datetime = TUESDAY, **facts: Any) -> CaseRun:
    return CaseRun.start(southwark(), {"received_at": now, **facts}, case_id="1", now=now)


def complete(case: CaseRun, element: str, now: datetime, **answers: Any) -> None:
    (task,) = (t for t in case.open_tasks() if t.element_id == element)
    case.complete(task.id, answers, now=now)


def became_referral(now: datetime) -> CaseRun:
    """A professional's phone call that has become a referral; nothing is decided yet."""
    case = started(now, contact_channel="phone", referrer_kind="professional")
    complete(case, "redirect_contact", now, received_at=now.isoformat())
    complete(case, "record_contact", now, contact_channel="phone", referrer_kind="professional")
    complete(case, "check_records", now, case_status="not_known", needs_more_than_advice=True)
    complete(
        case,
        "determine_action",
        now,
        crime_suspected=False,
        immediate_protection_needed=False,
        redirect=False,
    )
    return case


def kinds(case: CaseRun) -> list[str]:
    effects = case.take_effects()
    return [f"{e.recipient}:{e.kind}" for e in effects if isinstance(e, fx.NotificationSent)]


@pytest.mark.parametrize(
    ("facts", "key", "sentence"),
    [
        ({"colour": "red"}, "colour", "no fact"),
        ({"contact_channel": "pigeon"}, "contact_channel", "must be one of"),
        ({"child_may_be_in_need": "yes"}, "child_may_be_in_need", "true or false"),
        ({"children": "Ayla"}, "children", "a list"),
        ({"children": [1, 2]}, "children", "a list of objects"),
        ({"received_at": "0001-01-01T00:00:00+00:00"}, "received_at", "no instant"),
        ({"received_at": "1800-01-01T00:00:00+00:00"}, "received_at", "before 1900"),
        ({"concern": 7}, "concern", "text"),
        ({"received_at": TUESDAY + HOUR}, "received_at", "future"),
        ({"received_at": "yesterday"}, "received_at", "no instant"),
        ({"first_contact_at": TUESDAY + HOUR}, "first_contact_at", "future"),
        (
            {"received_at": TUESDAY - HOUR, "first_contact_at": TUESDAY},
            "first_contact_at",
            "told first",
        ),
    ],
)
def test_case_does_not_start_from_facts_that_cannot_be(
    facts: dict[str, Any], key: str, sentence: str
) -> None:
    given = {"received_at": TUESDAY, **facts}

    with pytest.raises(InvalidFacts) as refused:
        CaseRun.start(southwark(), given, case_id="1", now=TUESDAY)

    assert sentence in refused.value.problems[key]


def test_texts_and_lists_that_nobody_gave_are_not_invented() -> None:
    (task,) = started().open_tasks()

    assert not {"referrer_name", "children", "concern"} & set(task.variables)


def test_contact_redirected_in_time_is_not_late_however_late_it_is_typed() -> None:
    case = CaseRun.start(
        southwark(),
        {"first_contact_at": TUESDAY, "received_at": TUESDAY + timedelta(minutes=20)},
        case_id="1",
        now=TUESDAY + 5 * HOUR,
    )
    complete(
        case,
        "redirect_contact",
        TUESDAY + 6 * HOUR,
        received_at=(TUESDAY + timedelta(minutes=20)).isoformat(),
    )

    ended = [e for e in case.take_effects() if isinstance(e, fx.DeadlineEnded)]
    assert [(e.deadline_name, e.met) for e in ended] == [("internal_redirection", True)]


def test_contact_redirected_after_the_hour_is_missed_at_once() -> None:
    case = started(TUESDAY + 2 * HOUR, first_contact_at=TUESDAY)

    assert kinds(case) == ["manager:overdue"]


def test_limit_that_ends_at_night_is_warned_of_before_the_office_closes() -> None:
    case = became_referral(FRIDAY)
    case.take_effects()
    closing = datetime(2026, 3, 6, 16, tzinfo=UTC)

    assert case.next_wake() == closing
    case.wake(now=closing)

    warned = [e for e in case.take_effects() if isinstance(e, fx.DeadlineWarned)]
    assert {e.deadline_name for e in warned} == {"write_up", "disposal_decision"}
    assert all(e.roles for e in warned)


def test_deadline_explains_itself_with_its_clause() -> None:
    case = became_referral(FRIDAY)

    started_clocks = [e for e in case.take_effects() if isinstance(e, fx.DeadlineStarted)]

    (response,) = (e for e in started_clocks if e.deadline_name == "response_type")
    assert response.explanation == (
        "received Fri 6 Mar 2026 15:10, one working day: Mon 9 Mar 2026 15:10 (SWK-52)"
    )


def test_late_path_asks_for_the_reason_beside_the_work() -> None:
    case = became_referral(TUESDAY)
    case.take_effects()

    case.wake(now=TUESDAY + 25 * HOUR)

    assert kinds(case).count("manager:overdue") >= 2
    names = [task.element_id for task in case.open_tasks()]
    assert "record_lateness" in names
    assert "consider_management_action" in names


def test_written_confirmation_counts_from_when_it_arrived_not_from_when_it_was_typed() -> None:
    case = became_referral(TUESDAY)

    arrived = case.deliver("written_confirmation", at=TUESDAY + 20 * HOUR, now=TUESDAY + 30 * HOUR)

    clocks = [e for e in case.take_effects() if isinstance(e, fx.DeadlineStarted)]
    (notice,) = (e for e in clocks if e.deadline_name == "acknowledgement")
    assert arrived
    assert notice.started_from == TUESDAY + 20 * HOUR


def test_message_that_nobody_waits_for_is_recorded_and_changes_nothing() -> None:
    case = started()
    case.take_effects()
    before = case.dump()

    assert not case.deliver("new_information", at=TUESDAY, now=TUESDAY)

    (told,) = case.take_effects()
    assert isinstance(told, fx.MessageReceived)
    assert not told.expected
    assert case.dump() == before


def test_wrong_answers_change_nothing() -> None:
    case = started()
    complete(case, "redirect_contact", TUESDAY, received_at=TUESDAY.isoformat())
    case.take_effects()
    before = case.dump()

    with pytest.raises(InvalidAnswers) as refused:
        complete(case, "record_contact", TUESDAY, contact_channel="pigeon")

    assert "contact_channel" in refused.value.problems
    assert case.dump() == before
    assert case.take_effects() == ()


@pytest.mark.parametrize(
    ("received_at", "sentence"),
    [
        ("2099-01-01T00:00:00+00:00", "future"),
        ("1799-01-01T00:00:00+00:00", "before 1900"),
        ("0001-01-01T00:00:00+00:00", "a real date and time"),
        ((TUESDAY - HOUR).isoformat(), "told first"),
    ],
)
def test_instant_that_cannot_be_is_no_answer(received_at: str, sentence: str) -> None:
    case = started()

    with pytest.raises(InvalidAnswers) as refused:
        complete(case, "redirect_contact", TUESDAY, received_at=received_at)

    assert sentence in refused.value.problems["received_at"]


def test_act_in_time_that_was_typed_late_meets_its_clock() -> None:
    case = became_referral(TUESDAY)
    case.wake(now=TUESDAY + 60 * HOUR)
    case.take_effects()

    case.deliver("written_confirmation", at=TUESDAY + 20 * HOUR, now=TUESDAY + 60 * HOUR)

    ended = [e for e in case.take_effects() if isinstance(e, fx.DeadlineEnded)]
    assert [(e.deadline_name, e.met) for e in ended] == [("written_confirmation", True)]


def test_message_that_the_vocabulary_does_not_have_is_refused() -> None:
    with pytest.raises(Invalid, match="is no message"):
        started().deliver("smoke_signal", at=TUESDAY, now=TUESDAY)


def test_task_is_completed_once() -> None:
    case = started()
    (task,) = case.open_tasks()
    answers = {"received_at": TUESDAY.isoformat()}
    case.complete(task.id, answers, now=TUESDAY)

    with pytest.raises((NotFound, Refused)):
        case.complete(task.id, answers, now=TUESDAY)


def test_restored_case_goes_on_where_it_was() -> None:
    case = became_referral(TUESDAY)
    case.take_effects()

    restored = CaseRun.restore(southwark(), case.dump())

    assert restored.dump() == case.dump()
    assert [t.id for t in restored.open_tasks()] == [t.id for t in case.open_tasks()]
    assert restored.open_deadlines() == case.open_deadlines()
    assert restored.take_effects() == ()


def test_task_shows_the_clocks_that_run_around_it() -> None:
    case = became_referral(TUESDAY)

    (task,) = (t for t in case.open_tasks() if t.element_id == "consider_management_action")

    assert [clock.name for clock in task.deadlines] == ["disposal_decision", "response_type"]
