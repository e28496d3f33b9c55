"""Escalations and the end of everything: who catches, what goes on, what is withdrawn."""

import pytest

from engine.execution import events as ev
from tests.engine.execution.drawing import Drawing, Run, called, escalation, line, loop, mapping

ESCALATION = escalation("ESC")


def inner(tag="intermediateThrowEvent", inner_event=ESCALATION):
    """A process that asks, throws, and goes on unless it was withdrawn."""
    drawing = line("ask", "go_on")
    drawing.flows.clear()
    drawing.node(tag, "raise", inner_event)
    if tag == "endEvent":
        drawing.nodes = [node for node in drawing.nodes if 'id="go_on"' not in node]
        drawing.chain("start", "ask", "raise")
    else:
        drawing.chain("start", "ask", "raise", "go_on", "end")
    return drawing


def outer(*, interrupting, event=ESCALATION, loops="", extra=""):
    drawing = line("after")
    drawing.flows.clear()
    drawing.node("callActivity", "contact", loops, extra=called("inner") + extra)
    drawing.boundary("escalated", "contact", event, interrupting=interrupting)
    drawing.node("userTask", "strategy")
    drawing.node("endEvent", "discussed")
    drawing.chain("start", "contact", "after", "end")
    drawing.chain("escalated", "strategy", "discussed")
    return drawing


def test_escalation_beside_a_called_process_starts_a_path_and_both_go_on():
    run = Run(outer(interrupting=False), inner=inner())

    run.complete("ask", level="high")

    assert run.open == ["go_on", "strategy"]
    assert run.execution.open_tasks()[1].variables["level"] == "high"
    run.complete("go_on")
    run.complete("strategy")
    run.complete("after")
    assert run.execution.is_complete


def test_escalation_that_interrupts_withdraws_the_called_process():
    run = Run(outer(interrupting=True), inner=inner())

    run.complete("ask", level="high")

    assert run.open == ["strategy"]
    assert ("ElementCancelled", "contact") in run.happened()
    assert ("ElementStarted", "go_on") not in run.happened()


def test_escalation_end_event_is_caught_and_the_process_completes():
    run = Run(outer(interrupting=False), inner=inner("endEvent"))

    run.complete("ask")

    assert sorted(run.open) == ["after", "strategy"]


def test_escalation_is_caught_again_in_a_second_round():
    again = inner()
    again.flows.clear()
    again.node("exclusiveGateway", "more", default="more-ask")
    again.node("exclusiveGateway", "begin")
    again.chain("start", "begin", "ask", "raise", "more")
    again.flow("more", "begin", "=rounds < 2", id="back")
    again.flow("more", "end", id="more-ask")
    run = Run(outer(interrupting=False), inner=again)

    run.complete("ask", rounds=1)
    run.complete("ask", rounds=2)

    assert sorted(run.open) == ["after", "strategy", "strategy"]


def test_only_the_activity_that_escalates_is_concerned():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("parallelGateway", "split")
    drawing.chain("start", "split")
    for name in ("a", "b"):
        drawing.node("callActivity", name, extra=called("inner"))
        drawing.boundary(f"esc_{name}", name, ESCALATION)
        drawing.node("userTask", f"strategy_{name}")
        drawing.chain("split", name)
        drawing.chain(f"esc_{name}", f"strategy_{name}")
    run = Run(drawing, inner=inner())

    run.complete("ask", nth=1)

    assert sorted(run.open) == ["ask", "strategy_b"]


def test_escalation_of_one_instance_knows_its_item_only_on_its_own_path():
    drawing = outer(interrupting=False, loops=loop("=children", "child"))
    run = Run(drawing, {"children": ["ann", "bob"]}, inner=inner())

    run.complete("ask", nth=1)

    strategy = run.execution.open_tasks()[-1]
    assert (strategy.element_id, strategy.variables["child"]) == ("strategy", "bob")
    run.complete("strategy", outcome="enquiry")
    run.complete("ask")
    for task in ("go_on", "go_on", "strategy", "after"):
        run.complete(task)
    assert run.execution.variables == {"children": ["ann", "bob"], "outcome": "enquiry"}


def test_escalation_goes_out_through_sub_processes_to_who_watches():
    middle = line()
    middle.flows.clear()
    middle.node("callActivity", "deeper", extra=called("deep"))
    middle.chain("start", "deeper", "end")

    run = Run(outer(interrupting=False), inner=middle, deep=inner())
    run.complete("ask")

    assert run.open == ["go_on", "strategy"]


@pytest.mark.parametrize("caught_as", [ESCALATION, escalation()])
def test_escalation_is_caught_by_its_code_or_by_any(caught_as):
    run = Run(outer(interrupting=True, event=caught_as), inner=inner())

    run.complete("ask")

    assert run.open == ["strategy"]


def test_escalation_that_nobody_watches_changes_nothing():
    run = Run(outer(interrupting=True, event=escalation("OTHER")), inner=inner())

    run.complete("ask")

    assert run.open == ["go_on"]


def test_escalation_out_of_mapped_outputs_shows_only_those():
    extra = mapping(outputs={"seen": "=level"})
    run = Run(outer(interrupting=False, extra=extra), inner=inner())

    run.complete("ask", level="high", private=1)

    assert run.execution.open_tasks()[-1].variables == {"seen": "high"}


def test_terminate_ends_only_the_process_it_stands_in():
    ending = line("stop", "other")
    ending.flows.clear()
    ending.node("parallelGateway", "split")
    ending.node("endEvent", "over", "<bpmn:terminateEventDefinition/>")
    ending.chain("start", "split", "stop", "over")
    ending.chain("split", "other", "end")
    run = Run(outer(interrupting=True), inner=ending)

    run.complete("stop", reason="closed")

    assert run.open == ["after"]
    assert run.execution.open_tasks()[0].variables["reason"] == "closed"
    assert run.happened(ev.ElementCancelled) == [("ElementCancelled", "other")]
