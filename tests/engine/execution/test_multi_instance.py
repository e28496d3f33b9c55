"""Several instances of one activity: each for itself, the results in the order of the items."""

import pytest

from engine.execution import ExecutionFailed, Limits
from engine.execution import events as ev
from tests.engine.execution.drawing import (
    START,
    Drawing,
    Run,
    called,
    line,
    loop,
    mapping,
    timer,
)

PEOPLE = {"people": ["ann", "bob", "cem"]}


def reviews(**attrs):
    """A review for each of the people."""
    drawing = line()
    drawing.flows.clear()
    drawing.node("userTask", "review", loop("=people", "person", **attrs))
    drawing.chain("start", "review", "end")
    return drawing


def collected(**attrs):
    return reviews(outputCollection="verdicts", outputElement="=verdict", **attrs)


def test_results_come_in_the_order_of_the_items_not_of_completion():
    run = Run(collected(), PEOPLE)

    for _ in range(3):
        task = run.execution.open_tasks()[-1]
        run.complete("review", nth=-1, verdict=f"{task.variables['person']} done")

    assert run.execution.variables == {
        **PEOPLE,
        "verdicts": ["ann done", "bob done", "cem done"],
    }


def test_nothing_written_inside_leaves_but_the_results():
    run = Run(collected(), {**PEOPLE, "verdict": "none yet", "note": "old"})

    for _ in range(3):
        run.complete("review", verdict=1, note="inside", person="changed")

    assert run.execution.variables["verdict"] == "none yet"
    assert run.execution.variables["note"] == "old"
    assert "person" not in run.execution.variables
    assert "loopCounter" not in run.execution.variables


def test_sequential_instances_open_one_after_the_other():
    run = Run(collected(sequential=True), PEOPLE)

    seen = []
    while run.open:
        assert run.open == ["review"]
        seen.append(run.execution.open_tasks()[0].variables["person"])
        run.complete("review", verdict=len(seen))

    assert seen == ["ann", "bob", "cem"]
    assert run.execution.variables["verdicts"] == [1, 2, 3]


@pytest.mark.parametrize("sequential", [True, False])
def test_empty_list_passes_through(sequential):
    run = Run(collected(sequential=sequential), {"people": []})

    assert run.execution.is_complete
    assert run.execution.variables["verdicts"] == []
    assert run.happened(ev.MultiInstanceStarted, ev.MultiInstanceEnded) == [
        ("MultiInstanceStarted", "review"),
        ("MultiInstanceEnded", "review"),
    ]


@pytest.mark.parametrize("sequential", [True, False])
def test_second_round_in_a_loop_begins_anew(sequential):
    drawing = collected(sequential=sequential)
    drawing.flows.clear()
    drawing.node("exclusiveGateway", "again")
    drawing.node("exclusiveGateway", "enough", default="enough-again")
    drawing.chain("start", "again", "review", "enough", "again")
    drawing.flow("enough", "end", "=count(verdicts[item = 2]) = 2")
    run = Run(drawing, {"people": ["ann", "bob"]})

    for round_ in (1, 2):
        run.complete("review", verdict=round_)
        run.complete("review", verdict=round_)

    assert run.execution.is_complete
    assert run.execution.variables["verdicts"] == [2, 2]


def test_completion_condition_withdraws_the_others():
    run = Run(collected(until="=numberOfCompletedInstances = 2"), PEOPLE)
    run.complete("review", nth=2, verdict="c")

    run.complete("review", nth=0, verdict="a")

    assert run.execution.is_complete
    assert run.execution.variables["verdicts"] == ["a", None, "c"]
    assert run.happened(ev.ElementCancelled) == [("ElementCancelled", "review")]


def several_calls(**boundary):
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "per_child", loop("=people", "person"), extra=called("inner"))
    drawing.node("userTask", "late_task")
    drawing.node("endEvent", "late_end")
    drawing.chain("start", "per_child", "end")
    if boundary:
        drawing.boundary("late", "per_child", timer("PT1H"), **boundary)
        drawing.chain("late", "late_task", "late_end")
    return drawing


def test_interrupting_timer_withdraws_every_instance_and_all_inside():
    run = Run(several_calls(interrupting=True), PEOPLE, inner=line("visit"))

    run.wait(hours=1)

    assert run.open == ["late_task"]
    cancelled = run.happened(ev.ElementCancelled, ev.MultiInstanceCancelled)
    assert cancelled.count(("ElementCancelled", "visit")) == 3
    assert cancelled.count(("ElementCancelled", "per_child")) == 3
    assert cancelled[-1] == ("MultiInstanceCancelled", "per_child")
    run.complete("late_task")
    assert run.execution.is_complete


def test_timer_beside_several_instances_watches_them_as_one():
    run = Run(several_calls(interrupting=False), PEOPLE, inner=line("visit"))
    whole = next(e for e in run.events if isinstance(e, ev.MultiInstanceStarted))
    (armed,) = run.execution.waiting_timers()
    assert armed.host == whole.activity

    for _ in range(3):
        run.complete("visit")

    assert run.happened(ev.TimerStopped, ev.TimerFired) == [("TimerStopped", "late")]
    assert run.execution.is_complete


def test_instances_have_ids_of_their_own_and_their_number_in_the_path():
    run = Run(several_calls(), PEOPLE, inner=line("visit"))

    tasks = run.execution.open_tasks()

    assert [task.path for task in tasks] == [
        ("per_child#0",),
        ("per_child#1",),
        ("per_child#2",),
    ]
    assert len({task.id for task in tasks}) == 3
    begun = [e for e in run.events if e.element_id == "per_child"]
    assert len({e.activity for e in begun}) == 4
    assert [e.path for e in begun] == [(), ("per_child#0",), ("per_child#1",), ("per_child#2",)]


def test_instances_inside_instances_name_both():
    inner = line()
    inner.flows.clear()
    inner.node("userTask", "visit", loop("=[1, 2]", "n"))
    inner.chain("start", "visit", "end")

    run = Run(several_calls(), {"people": ["ann", "bob"]}, inner=inner)

    assert [task.path for task in run.execution.open_tasks()] == [
        ("per_child#0", "visit#0"),
        ("per_child#0", "visit#1"),
        ("per_child#1", "visit#0"),
        ("per_child#1", "visit#1"),
    ]


def test_outputs_of_each_instance_can_be_collected():
    drawing = line()
    drawing.flows.clear()
    drawing.node(
        "callActivity",
        "per_child",
        loop("=people", "person", outputCollection="all", outputElement="=result"),
        extra=called("inner") + mapping(outputs={"result": "=answer + 1"}),
    )
    drawing.chain("start", "per_child", "end")
    run = Run(drawing, {"people": ["ann", "bob"]}, inner=line("visit"))

    run.complete("visit", nth=1, answer=20)
    run.complete("visit", nth=0, answer=10)

    assert run.execution.variables == {"people": ["ann", "bob"], "all": [11, 21]}


@pytest.mark.parametrize("people", [None, "ann", {"a": 1}])
def test_what_is_no_list_fails_with_its_name(people):
    with pytest.raises(ExecutionFailed, match=r"main:review: .*no list"):
        Run(collected(), {"people": people})


def test_more_items_than_the_limit_are_refused():
    Run(collected(), {"people": [0] * 5}, limits=Limits(instances=5))

    with pytest.raises(ExecutionFailed, match="6 items; at most 5"):
        Run(collected(), {"people": [0] * 6}, limits=Limits(instances=5))


def test_send_task_for_each_item_ends_once_each():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("sendTask", "tell", loop("=people", "person"))
    drawing.chain("start", "tell")

    run = Run(drawing, PEOPLE)

    told = [e for e in run.events if isinstance(e, ev.ElementEnded) and e.element_id == "tell"]
    assert [e.variables["person"] for e in told] == ["ann", "bob", "cem"]
    assert {e.at for e in told} == {START}
