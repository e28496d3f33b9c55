"""A run held against what its scenario expects."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.casework import effects as fx
from engine.scenarios.judge import judge
from engine.scenarios.read import Scenario

START = datetime(2026, 3, 3, 10, tzinfo=UTC)
DUE = START + timedelta(hours=24)
ABOUT: dict[str, Any] = {"at": START, "process_id": "disposal", "element_id": "x", "name": "X"}

EFFECTS: tuple[fx.Effect, ...] = (
    fx.FlowEntered(flow="contact", **ABOUT),
    fx.FlowEntered(flow="disposal", **ABOUT),
    fx.DeadlineStarted(
        deadline="1",
        deadline_name="disposal_decision",
        due=DUE,
        started_from=START,
        amount=24,
        unit="hours",
        strength="must",
        owner="authority",
        explanation="",
        warn_at=None,
        clauses=("SWK-51",),
        **ABOUT,
    ),
    fx.DeadlineEnded(deadline="1", deadline_name="disposal_decision", due=DUE, met=True, **ABOUT),
    fx.NotificationSent(recipient="police", kind="information", **ABOUT),
    fx.RecordMade(record="decision", **ABOUT),
    fx.OutcomeReached(outcome="assessment", child="Ayla", **ABOUT),
    fx.Authorised(role="duty_manager", **ABOUT),
    fx.ElementDone(kind="userTask", role="duty_manager", flow="disposal", **ABOUT),
)


def mismatches(**expect: Any) -> tuple[str, ...]:
    scenario = Scenario(name="x", start=START, expect=expect)
    return judge(scenario, "exampleshire", EFFECTS).mismatches


@pytest.mark.parametrize(
    "expect",
    [
        {"outcomes": ["assessment"]},
        {"flows": ["contact", "disposal"]},
        {"deadlines": {"disposal_decision": {"due": DUE, "met": True}}},
        {"no_deadlines": ["write_up"]},
        {"notified": ["police:*"], "not_notified": ["parents:*"]},
        {"records": ["decision"], "no_records": ["lateness"]},
        {"authorised_by": "manager"},
        {"clauses": ["SWK-51"]},
        {"done_by": {"x": "duty_manager"}},
        {"ran": ["x"]},
    ],
)
def test_what_happened_as_expected_passes(expect: dict[str, Any]) -> None:
    assert mismatches(**expect) == ()


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ({"outcomes": []}, "outcomes are assessment, expected none"),
        ({"flows": ["disposal", "contact"]}, "flows entered"),
        ({"deadlines": {"disposal_decision": {"due": START}}}, "is due"),
        ({"deadlines": {"disposal_decision": {"met": False}}}, "met = True"),
        ({"deadlines": {"write_up": {"due": DUE}}}, "never started"),
        ({"no_deadlines": ["disposal_decision"]}, "though it should not"),
        ({"notified": ["parents:*"]}, "was not told"),
        ({"not_notified": ["police:*"]}, "police:information was told"),
        ({"records": ["sign_off"]}, "was not made"),
        ({"no_records": ["decision"]}, "was made"),
        ({"authorised_by": "nobody"}, "authorised by manager"),
        ({"clauses": ["SWK-52"]}, "cites SWK-52"),
        ({"strategy_outcome": "assessment"}, "strategy outcome is None"),
        ({"done_by": {"x": "social_worker"}}, "x was done by duty_manager"),
        ({"ran": ["y"]}, "y did not run"),
        ({"done_by": {"y": "social_worker"}}, "y was done by none"),
    ],
)
def test_what_differs_is_said_in_a_sentence(expect: dict[str, Any], sentence: str) -> None:
    (found,) = mismatches(**expect)

    assert sentence in found


def test_outcome_belongs_to_the_child_it_was_reached_for() -> None:
    children = [{"name": "Ayla"}, {"name": "Ben"}]
    scenario = Scenario(name="x", start=START, facts={"children": children})

    trace = judge(scenario, "exampleshire", EFFECTS).trace

    assert trace["children"] == [
        {"name": "Ayla", "outcomes": ["assessment"]},
        {"name": "Ben", "outcomes": []},
    ]


def test_clock_missed_for_one_child_is_missed() -> None:
    first = next(e for e in EFFECTS if isinstance(e, fx.DeadlineStarted))
    second = replace(first, deadline="2")
    missed = fx.DeadlineMissed(deadline="2", deadline_name="disposal_decision", due=DUE, **ABOUT)
    scenario = Scenario(name="x", start=START)

    trace = judge(scenario, "exampleshire", (*EFFECTS, second, missed)).trace

    assert trace["deadlines"]["disposal_decision"]["met"] is False
