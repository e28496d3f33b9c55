"""Joins count tokens by the flow they came by: right in loops, and nothing written is lost."""

import pytest

from engine.execution import ExecutionFailed
from engine.execution import events as ev
from tests.engine.execution.drawing import Drawing, Run, line, script, timer


def rework(tag="parallelGateway"):
    """A loop around two branches that are joined: police and health check, then a decision."""
    drawing = Drawing()
    for kind, id in (
        ("startEvent", "start"),
        ("exclusiveGateway", "again"),
        (tag, "fork"),
        ("userTask", "police"),
        ("userTask", "health"),
        (tag, "join"),
        ("userTask", "decide"),
        ("endEvent", "end"),
    ):
        drawing.node(kind, id)
    drawing.node("exclusiveGateway", "enough", default="enough-again")
    drawing.chain("start", "again", "fork")
    for branch in ("police", "health"):
        drawing.flow("fork", branch, None if tag == "parallelGateway" else "=true")
        drawing.flow(branch, "join")
    drawing.chain("join", "decide", "enough", "again")
    drawing.flow("enough", "end", "=enough = true")
    return drawing


@pytest.mark.parametrize("tag", ["parallelGateway", "inclusiveGateway"])
@pytest.mark.parametrize("later", [("police", "health"), ("health", "police")])
def test_join_in_a_rework_loop_waits_for_all_in_every_round(tag, later):
    run = Run(rework(tag))
    run.complete("police")
    run.complete("health")
    run.complete("decide", enough=False)

    for first, second in (later, ("police", "health"), ("health", "police")):
        run.complete(first)
        assert run.open == [second]
        run.complete(second)
        assert run.open == ["decide"]
        run.complete("decide", enough=False)
    assert sorted(run.open) == ["health", "police"]


@pytest.mark.parametrize("order", [("police", "health"), ("health", "police")])
def test_each_branch_keeps_what_it_wrote_whoever_comes_last(order):
    run = Run(rework(), {"x": 0, "y": 0, "rows": [1]})

    for task in order:
        answers = {"x": 1, "rows": [1, 2]} if task == "police" else {"y": 2}
        run.complete(task, **answers)

    (decide,) = run.execution.open_tasks()
    assert decide.variables == {"x": 1, "y": 2, "rows": [1, 2]}


def test_true_is_not_taken_for_an_unchanged_1():
    run = Run(rework(), {"x": 1})
    run.complete("police", x=True)

    run.complete("health")

    assert run.execution.open_tasks()[0].variables["x"] is True


def test_of_two_branches_that_write_the_same_the_last_wins():
    run = Run(rework())
    run.complete("police", x="police")

    run.complete("health", x="health")

    assert run.execution.open_tasks()[0].variables["x"] == "health"


def test_join_that_can_never_be_complete_fails_instead_of_hanging():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "choose", default="choose-a")
    drawing.node("userTask", "a")
    drawing.node("userTask", "b")
    drawing.node("parallelGateway", "join")
    drawing.node("endEvent", "end")
    drawing.chain("start", "choose", "a", "join", "end")
    drawing.flow("choose", "b", "=false")
    drawing.flow("b", "join")
    run = Run(drawing)

    with pytest.raises(ExecutionFailed) as failure:
        run.complete("a")

    assert failure.value.element_id == "join"


def test_inclusive_join_waits_only_for_the_branches_that_were_taken():
    drawing = rework("inclusiveGateway")
    drawing.flows = [flow.replace(">=true<", '>=go = "both"<', 1) for flow in drawing.flows]
    drawing.flow("fork", "decide", '=go != "both"', id="short")

    run = Run(drawing, {"go": "both"})
    run.complete("police")

    assert run.open == ["health"]


def test_token_that_comes_twice_by_one_flow_waits_for_its_partner():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    for gateway in ("split", "join"):
        drawing.node("parallelGateway", gateway)
    drawing.node("exclusiveGateway", "merge")
    for task in ("a", "b", "c", "after"):
        drawing.node("userTask", task)
    drawing.node("endEvent", "end")
    drawing.chain("start", "split", "a", "merge", "join", "after", "end")
    drawing.chain("split", "b", "merge")
    drawing.chain("split", "c", "join")
    run = Run(drawing)
    run.complete("a")
    run.complete("b")
    assert run.open == ["c"]

    run.complete("c")

    assert run.open == ["after"]


def test_what_a_path_beside_has_written_is_kept_when_the_main_path_ends_first():
    drawing = line("task")
    drawing.boundary("late", "task", timer("PT1H"), interrupting=False)
    drawing.node("userTask", "reason")
    drawing.node("endEvent", "told")
    drawing.chain("late", "reason", "told")
    run = Run(drawing, {"x": 0})
    run.wait(hours=2)
    run.complete("task", x=1)
    assert not run.execution.is_complete

    run.complete("reason", why="busy")

    assert run.execution.is_complete
    assert run.execution.variables == {"x": 1, "why": "busy"}


def test_split_without_a_gateway_takes_every_flow():
    drawing = line("a")
    drawing.node("userTask", "b")
    drawing.node("endEvent", "other")
    drawing.chain("a", "b", "other")

    run = Run(drawing)
    run.complete("a")

    assert run.open == ["b"]
    ended = next(e for e in run.events if isinstance(e, ev.ElementEnded) and e.element_id == "a")
    assert ended.flows == ("a-end", "a-b")


def test_condition_on_a_flow_that_leaves_a_task_is_honoured():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("scriptTask", "count", default="count-few", extra=script("=3", "n"))
    drawing.node("userTask", "few")
    drawing.node("userTask", "many")
    drawing.chain("start", "count", "few")
    drawing.flow("count", "many", "=n > 2")

    assert Run(drawing).open == ["many"]


def test_task_without_an_outgoing_flow_ends_the_process():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("userTask", "only")
    drawing.chain("start", "only")
    run = Run(drawing)

    run.complete("only")

    assert run.execution.is_complete


def test_gateway_where_nothing_holds_fails_with_its_name():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "which")
    drawing.node("endEvent", "one")
    drawing.node("endEvent", "two")
    drawing.chain("start", "which")
    drawing.flow("which", "one", "=x = 1")
    drawing.flow("which", "two", "=x = 2")

    with pytest.raises(ExecutionFailed, match="main:which: No condition holds"):
        Run(drawing, {"x": 3})
