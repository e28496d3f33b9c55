"""Nothing from a file is Python, and nothing in a file can run for ever."""

import builtins
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.errors import Invalid, NotFound, Refused
from engine.execution import Execution, ExecutionFailed, Limits, Program
from engine.execution.environment import FeelEngine
from tests.engine.execution.drawing import (
    START,
    Drawing,
    FixedClocks,
    Run,
    called,
    line,
    loop,
    mapping,
    message,
    processes,
    script,
    timer,
)

HOSTILE = '=__import__("os").system("touch /tmp/pwned")'


def everything():
    """Every place where a diagram holds an expression."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("scriptTask", "sum", extra=script("=1 + 1", "n"))
    drawing.node("exclusiveGateway", "which", default="which-task")
    drawing.node("userTask", "task", extra=mapping(inputs={"a": "=n"}, outputs={"b": "=a"}))
    drawing.boundary("late", "task", timer('="PT1H"'), interrupting=False)
    drawing.node("endEvent", "told")
    drawing.node("receiveTask", "wait", messageRef="message_reply")
    drawing.node(
        "userTask",
        "each",
        loop("=[1, 2]", "i", outputCollection="o", outputElement="=i", until="=false"),
    )
    drawing.node("endEvent", "end")
    drawing.chain("start", "sum", "which", "task", "wait", "each", "end")
    drawing.flow("which", "end", "=n > 5")
    drawing.chain("late", "told")
    return drawing


def test_python_is_never_compiled_or_run(monkeypatch):
    Run(everything(), {"case_id": "K1"})  # what is imported late is imported now
    run = Run(everything(), {"case_id": "K1"})

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("Python was run")

    with monkeypatch.context() as patched:
        for name in ("eval", "exec", "compile"):
            patched.setattr(builtins, name, refuse)
        run.wait(hours=2)
        run.complete("task")
        run.deliver("reply")
        run.complete("each")
        run.complete("each")

    assert run.execution.is_complete


@pytest.mark.parametrize("place", ["script", "condition", "timer", "collection", "input"])
def test_python_in_an_expression_fails_by_its_place_and_does_nothing(place):
    drawing = Drawing()
    drawing.node("startEvent", "start")
    if place == "script":
        drawing.node("scriptTask", "here", extra=script(HOSTILE))
    elif place == "condition":
        drawing.node("exclusiveGateway", "here")
        drawing.flow("here", "end", HOSTILE)
    elif place == "timer":
        drawing.node("intermediateCatchEvent", "here", timer(HOSTILE))
    elif place == "collection":
        drawing.node("userTask", "here", loop(HOSTILE, "i"))
    else:
        drawing.node("userTask", "here", extra=mapping(inputs={"a": HOSTILE}))
    drawing.node("endEvent", "end")
    drawing.chain("start", "here")

    if place in ("script", "input"):  # FEEL's answer to an unknown function is null
        run = Run(drawing)
        seen = [event.variables for event in run.events if event.element_id == "here"]
        assert seen[-1] == ({"result": None} if place == "script" else {"a": None})
    else:
        with pytest.raises(ExecutionFailed, match="main:here:"):
            Run(drawing)
    assert not Path("/tmp/pwned").exists()


def test_engine_given_to_spiffworkflow_refuses_scripts_and_services():
    engine = FeelEngine()
    task = SimpleNamespace(data={"a": 1})

    with pytest.raises(Refused):
        engine.execute(task, "x = 1")
    with pytest.raises(Refused):
        engine.call_service(task)
    with pytest.raises(Invalid):
        engine.validate("import os")
    assert engine.evaluate(task, "=a + b", {"b": 2}) == 3


def test_loop_that_never_waits_stops_at_the_limit():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "a")
    drawing.node("scriptTask", "b", extra=script("=1"))
    drawing.chain("start", "a", "b", "a")

    with pytest.raises(ExecutionFailed, match="More than 2,000 automatic steps"):
        Run(drawing, limits=Limits(steps=2_000))


def test_fork_bomb_stops_at_the_limit():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "a")
    drawing.node("parallelGateway", "b")
    drawing.chain("start", "a", "b", "a")
    drawing.flow("b", "a", id="twice")

    with pytest.raises(ExecutionFailed, match="automatic steps"):
        Run(drawing, limits=Limits(steps=500))


def test_instances_inside_instances_stop_at_the_limit():
    inner = line()
    inner.flows.clear()
    inner.node("callActivity", "again", loop("=items", "i"), extra=called("deep"))
    inner.chain("start", "again", "end")
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "call", loop("=items", "i"), extra=called("inner"))
    drawing.chain("start", "call", "end")

    with pytest.raises(ExecutionFailed, match="More than 20,000 automatic steps"):
        Run(drawing, {"items": [0] * 200}, inner=inner, deep=line("a"))


def test_process_that_calls_itself_stops_at_the_limit():
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "self", extra=called("main"))
    drawing.chain("start", "self", "end")

    with pytest.raises(ExecutionFailed, match="nested more than 10 deep") as failure:
        Run(drawing)

    assert (failure.value.process_id, failure.value.element_id) == ("main", "self")


def test_long_diagram_runs_without_recursion():
    tasks = [f"step_{number}" for number in range(3_000)]

    run = Run(line(*tasks, tag="manualTask"))

    assert run.execution.is_complete


def test_limits_hold_for_one_call_not_for_the_whole_case():
    run = Run(line(*[f"t{n}" for n in range(30)]), limits=Limits(steps=3))

    for number in range(30):
        run.complete(f"t{number}")

    assert run.execution.is_complete


@pytest.mark.parametrize(
    ("tag", "inner"),
    [
        ("serviceTask", ""),
        ("complexGateway", ""),
        ("intermediateThrowEvent", "<bpmn:signalEventDefinition/>"),
        ("intermediateCatchEvent", "<bpmn:linkEventDefinition/>"),
        ("intermediateCatchEvent", ""),
        ("intermediateThrowEvent", message("reply")),
        ("endEvent", "<bpmn:signalEventDefinition/>"),
        ("endEvent", "<bpmn:errorEventDefinition/>"),
        ("endEvent", message("reply")),
        ("scriptTask", ""),
        ("callActivity", ""),
        ("receiveTask", ""),
        ("businessRuleTask", ""),
    ],
)
def test_what_cannot_be_run_is_no_program(tag, inner):
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node(tag, "odd", inner)
    drawing.chain("start", "odd")

    with pytest.raises(Invalid, match="odd"):
        Program.compile(processes(main=drawing), {})


@pytest.mark.parametrize("number", [0, 2])
def test_process_has_one_start_event(number):
    drawing = Drawing()
    for index in range(number):
        drawing.node("startEvent", f"start_{index}")
    drawing.node("userTask", "a")

    with pytest.raises(Invalid, match="start events"):
        Program.compile(processes(main=drawing), {})


def test_start_event_that_waits_is_no_program():
    drawing = Drawing()
    drawing.node("startEvent", "start", timer("PT1H"))
    drawing.node("endEvent", "end")
    drawing.chain("start", "end")

    with pytest.raises(Invalid, match="timer startEvent"):
        Program.compile(processes(main=drawing), {})


def test_event_sub_process_is_never_entered():
    drawing = line("a")
    drawing.node("subProcess", "on_timer", line("b", prefix="s_").xml, triggeredByEvent="true")

    program = Program.compile(processes(main=drawing), {})
    execution = Execution.start(program, "main", {}, now=START, clocks=FixedClocks())

    assert [task.element_id for task in execution.open_tasks()] == ["a"]


def test_elements_may_have_the_names_that_spiffworkflow_uses():
    drawing = Drawing()
    for tag, id in (("startEvent", "Start"), ("userTask", "Root"), ("endEvent", "End")):
        drawing.node(tag, id)
    drawing.node("userTask", "main.EndJoin")
    drawing.chain("Start", "Root", "main.EndJoin", "End")
    run = Run(drawing)

    run.complete("Root")
    run.complete("main.EndJoin")

    assert run.execution.is_complete


def test_unknown_process_is_not_found():
    program = Program.compile(processes(main=line("a")), {})

    with pytest.raises(NotFound):
        Execution.start(program, "other", {}, now=START, clocks=FixedClocks())
