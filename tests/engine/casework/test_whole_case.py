"""A case is withdrawn, reopened, begun again, put right: in memory, step by step."""

from datetime import timedelta

import pytest

from engine.casework import CaseRun, checked_fact, known_again
from engine.casework import effects as fx
from engine.definitions.model import Field
from engine.errors import Refused
from tests.engine.casework.playing import answers, child, finish, run_to
from tests.engine.casework.test_case import TUESDAY, became_referral, southwark, started

REASON = "Recorded twice."
LATER = TUESDAY + timedelta(days=30)
PAIR = [child("Ana"), child("Ben")]


def withdrawn() -> CaseRun:
    case = became_referral(TUESDAY)
    case.take_effects()
    case.withdraw(reason=REASON, now=TUESDAY)
    return case


def again(case: CaseRun) -> CaseRun:
    return CaseRun.restore(southwark(), case.dump())


def test_withdrawn_case_waits_for_nothing_and_survives_being_saved() -> None:
    case = again(withdrawn())

    assert case.is_finished
    assert case.is_withdrawn
    assert (case.open_tasks(), case.open_deadlines(), case.waiting_messages()) == ((), (), ())
    assert case.next_wake() is None
    assert case.dump() == withdrawn().dump()


def test_withdrawn_case_does_nothing_by_itself() -> None:
    case = withdrawn()
    case.take_effects()
    before = case.dump()

    case.wake(now=LATER)

    assert not case.deliver("written_confirmation", at=TUESDAY, now=LATER)
    assert [type(effect) for effect in case.take_effects()] == [fx.MessageReceived]
    assert case.dump() == before


def test_reopened_case_is_the_case_that_was_withdrawn() -> None:
    case, before = withdrawn(), became_referral(TUESDAY)

    case.reopen(reason=REASON, now=TUESDAY)

    assert case.dump() == before.dump()
    (told,) = [e for e in case.take_effects() if isinstance(e, fx.CaseReopened)]
    assert set(told.tasks) == {task.id for task in before.open_tasks()}
    assert set(told.deadlines) == {clock.id for clock in before.open_deadlines()}


def test_what_fell_due_meanwhile_falls_due_when_the_case_is_reopened() -> None:
    case = withdrawn()
    case.take_effects()

    case.reopen(reason=REASON, now=LATER)

    missed = {e.deadline_name for e in case.take_effects() if isinstance(e, fx.DeadlineMissed)}
    assert {"write_up", "disposal_decision"} <= missed


def test_case_that_begins_again_gives_no_id_twice() -> None:
    case = started()
    finish(case)
    seen = {e.task for e in case.take_effects() if isinstance(e, fx.TaskOpened)}
    facts = {**known_again(southwark(), case.facts()), "received_at": LATER}

    case.start_again(facts, case_id="1", reason=REASON, now=LATER)

    assert case.open_tasks()
    assert seen.isdisjoint(task.id for task in case.open_tasks())
    assert not case.is_finished
    assert again(case).dump() == case.dump()


def test_nothing_that_was_decided_is_taken_over_into_a_new_beginning() -> None:
    case = started()
    finish(case, concern="Bruises.")

    known = known_again(southwark(), case.facts())

    assert known["concern"] == "Bruises."
    assert not {"manager_authorises", "strategy_outcome", "received_at", "next_step"} & set(known)


def test_open_case_is_not_opened() -> None:
    case = became_referral(TUESDAY)

    with pytest.raises(Refused):
        case.reopen(reason=REASON, now=TUESDAY)
    with pytest.raises(Refused):
        case.start_again({}, case_id="1", reason=REASON, now=TUESDAY)


def test_corrected_fact_is_known_at_every_place_and_costs_no_room() -> None:
    case = started(children=PAIR)
    run_to(case, "decide_type_of_response", children=PAIR, concern="A bruise.")
    before = case.dump()

    assert case.correct("concern", "A burns", child=None, now=TUESDAY)

    assert {task.variables["concern"] for task in case.open_tasks()} == {"A burns"}
    assert len(case.dump()) == len(before) - len("A bruise.") + len("A burns")
    assert again(case).dump() == case.dump()


def test_childs_corrected_name_reaches_what_was_copied_from_the_list() -> None:
    case = started(children=PAIR)
    run_to(case, "decide_type_of_response", children=PAIR)

    case.correct("children", [child("Anna"), child("Ben")], child=None, now=TUESDAY)

    about = [task.child for task in case.open_tasks() if task.child]
    assert sorted(about) == ["Anna", "Ben"]
    (told,) = [e for e in case.take_effects() if isinstance(e, fx.FactCorrected)]
    assert told.renamed == {"Ana": "Anna"}
    restored = again(case)
    assert restored.dump() == case.dump()
    finish(restored, children=[child("Anna"), child("Ben")])
    outcomes = [e for e in restored.take_effects() if isinstance(e, fx.OutcomeReached) and e.child]
    assert {e.child for e in outcomes} == {"Anna", "Ben"}


def test_fact_of_one_child_leaves_the_other_alone() -> None:
    case = started(children=PAIR)
    run_to(case, "decide_type_of_response", children=PAIR)
    for task in case.open_tasks():
        given = answers(task, {"level_of_need": "low"}, now=TUESDAY)
        case.complete(task.id, given, now=TUESDAY)

    assert case.correct("level_of_need", "high", child="Ben", now=TUESDAY)

    known = {task.child: task.variables["level_of_need"] for task in case.open_tasks()}
    assert known == {"Ana": "low", "Ben": "high"}
    assert again(case).dump() == case.dump()


def test_what_nobody_knows_is_corrected_nowhere() -> None:
    case = started()
    before = case.dump()

    assert not case.correct("level_of_need", "high", child=None, now=TUESDAY)

    assert case.dump() == before


def test_children_of_one_name_are_told_apart_from_the_beginning() -> None:
    twins = [child("Sam", "2016-01-01"), child("Sam", "2018-01-01"), child("Sam (2)")]
    case = started(children=twins)
    run_to(case, "decide_type_of_response", children=twins)

    assert [entry["name"] for entry in case.facts()["children"]] == [
        "Sam",
        "Sam (2)",
        "Sam (2) (2)",
    ]
    for task in case.open_tasks():
        need = "high" if task.child == "Sam (2)" else "low"
        case.complete(task.id, answers(task, {"level_of_need": need}, now=TUESDAY), now=TUESDAY)
    known = {task.child: task.variables["level_of_need"] for task in case.open_tasks()}
    assert known == {"Sam": "low", "Sam (2)": "high", "Sam (2) (2)": "low"}


def test_a_name_put_right_makes_no_two_children_one() -> None:
    case = started(children=PAIR)
    run_to(case, "decide_type_of_response", children=PAIR)
    field = Field(key="children", type="dynamiclist", fields=(Field(key="name", type="textfield"),))

    clean = checked_fact(
        southwark(), field, [{"name": "Ben"}, {"name": "Ben"}], case.facts(), now=TUESDAY
    )

    assert clean == [{"name": "Ben"}, {"name": "Ben (2)"}]


def test_children_without_a_name_stay_without() -> None:
    case = started(children=[{"date_of_birth": "2016-01-01"}, {"date_of_birth": "2018-01-01"}])

    assert all("name" not in entry for entry in case.facts()["children"])
