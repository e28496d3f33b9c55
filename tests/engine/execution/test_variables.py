"""Variables: mapped in, mapped out, local where they belong, and only what JSON can hold."""

from decimal import Decimal

import pytest

from engine.errors import Invalid
from engine.execution import Execution, Program
from engine.execution import variables as vs
from tests.engine.execution.drawing import (
    START,
    Drawing,
    FixedClocks,
    Run,
    called,
    line,
    mapping,
    processes,
    script,
)


def calling(extra="", **attrs):
    drawing = line("after")
    drawing.flows.clear()
    drawing.node("callActivity", "call", extra=called("inner", **attrs) + extra)
    drawing.chain("start", "call", "after", "end")
    return drawing


def after(run):
    return dict(run.execution.open_tasks()[0].variables)


def test_called_process_sees_all_and_gives_all_back():
    run = Run(calling(), {"x": 1}, inner=line("ask"))

    run.complete("ask", y=2)

    assert after(run) == {"x": 1, "y": 2}


def test_inputs_are_local_to_the_activity():
    run = Run(
        calling(mapping(inputs={"x": "=x + 1", "limit": "24 hours"})), {"x": 1}, inner=line("ask")
    )
    assert run.execution.open_tasks()[0].variables == {"x": 2, "limit": "24 hours"}

    run.complete("ask", y=2)

    assert after(run) == {"x": 1, "y": 2}


def test_with_outputs_only_they_leave():
    run = Run(
        calling(mapping(outputs={"case.result": "=y"})), {"case": {"a": 1}}, inner=line("ask")
    )

    run.complete("ask", y=2, private=3)

    assert after(run) == {"case": {"a": 1, "result": 2}}


def test_nothing_comes_back_where_nothing_is_propagated():
    drawing = calling(propagateAllChildVariables="false")
    run = Run(drawing, {"x": 1}, inner=line("ask"))

    run.complete("ask", x=5, y=2)

    assert after(run) == {"x": 1}


def test_only_inputs_go_in_where_parents_variables_are_not_propagated():
    drawing = calling(mapping(inputs={"a": "=x"}), propagateAllParentVariables="false")

    run = Run(drawing, {"x": 1, "secret": 2}, inner=line("ask"))

    assert run.execution.open_tasks()[0].variables == {"a": 1}


def test_user_task_maps_its_answers():
    drawing = line("after")
    drawing.flows.clear()
    drawing.node("userTask", "ask", extra=mapping(outputs={"decision": "=answer"}))
    drawing.chain("start", "ask", "after", "end")
    run = Run(drawing)

    run.complete("ask", answer="yes", draft="...")

    assert after(run) == {"decision": "yes"}
    ended = next(e for e in run.events if e.element_id == "ask" and hasattr(e, "flows"))
    assert ended.variables == {"answer": "yes", "draft": "...", "decision": "yes"}


def test_sub_process_shares_the_variables_around_it():
    drawing = line("after")
    drawing.flows.clear()
    drawing.sub("sub", line("ask", prefix="sub_"))
    drawing.chain("start", "sub", "after", "end")
    run = Run(drawing, {"x": 1})
    assert run.execution.open_tasks()[0].path == ("sub",)

    run.complete("ask", x=2)

    assert after(run) == {"x": 2}


def test_script_gives_plain_json_not_decimals():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("scriptTask", "sum", extra=script('={n: 0.1 + 0.2, d: date("2026-03-03")}'))
    drawing.chain("start", "sum")

    run = Run(drawing)

    assert run.execution.variables == {"result": {"n": 0.3, "d": "2026-03-03"}}


@pytest.mark.parametrize("key", ["typename", "__builtins__", "len", "Start", "data_objects", "a b"])
def test_any_name_can_be_a_variable(key):
    run = Run(line("a", "b"), {key: {"typename": "UUID", "value": {key: 1}}})

    run.complete("a", **{key: {"typename": "datetime", key: [1]}})
    run.complete("b")

    assert run.execution.variables == {key: {"typename": "datetime", key: [1]}}


@pytest.mark.parametrize(
    "value",
    [Decimal(1), START, (1, 2), {1, 2}, {1: 2}, float("nan"), float("inf"), b"x", 2**64, object()],
)
def test_what_json_cannot_hold_is_refused_before_anything_happens(value):
    run = Run(line("a"))

    with pytest.raises(Invalid, match="'x'"):
        run.execution.complete(run.execution.open_tasks()[0].id, {"x": value}, now=START)

    assert run.open == ["a"]
    with pytest.raises(Invalid):
        Run(line("a"), {"x": [value]})


def test_variables_nested_too_deep_are_refused():
    deep: list[object] = []
    for _ in range(10_000):
        deep = [deep]

    with pytest.raises(Invalid, match="nested"):
        Run(line("a"), {"x": deep})


def test_parallel_tasks_do_not_see_what_the_other_changes_in_place():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("parallelGateway", "split")
    drawing.chain("start", "split")
    for name in ("a", "b"):
        drawing.node("userTask", name)
        drawing.chain("split", name)
    run = Run(drawing, {"rows": [{"v": 0}]})

    run.complete("a", rows=[{"v": 7}])

    assert run.execution.open_tasks()[0].variables == {"rows": [{"v": 0}]}


def test_callers_dictionary_is_not_the_engines():
    given = {"x": 1}
    program = Program.compile(processes(main=line("a")), {})
    execution = Execution.start(program, "main", given, now=START, clocks=FixedClocks())

    given["x"] = 2

    assert execution.open_tasks()[0].variables == {"x": 1}


def test_merge_takes_changes_and_removals_of_each_branch():
    base = {"a": 1, "b": [1], "c": 1}

    merged = vs.merge(base, [{"a": 2, "b": [1], "c": 1}, {"a": 1, "b": [1, 2]}])

    assert merged == {"a": 2, "b": [1, 2]}


def test_chained_changes_keep_the_first_start_and_the_last_end():
    first = vs.changes({"x": 1}, {"x": 2}, when=1)
    then = vs.changes({"x": 2, "y": 0}, {"x": 3}, when=2)

    chained = vs.chain_changes(first, then)

    assert vs.apply_unless_changed({"x": 1, "y": 0}, chained) == {"x": 3}
    assert vs.apply_unless_changed({"x": 9, "y": 0}, chained) == {"x": 9}
