"""Messages: caught by name and key, never lost to the wrong case, never an error when early."""

import pytest

from engine.execution import ExecutionFailed
from engine.execution import events as ev
from tests.engine.execution.drawing import START, Drawing, Run, line, message, timer

CASE = {"case_id": "K1"}


def awaiting(tag="intermediateCatchEvent"):
    drawing = line("after")
    drawing.flows.clear()
    if tag == "receiveTask":
        drawing.node(tag, "wait", messageRef="message_confirmation")
    else:
        drawing.node(tag, "wait", message("confirmation"))
    drawing.chain("start", "wait", "after", "end")
    return drawing


@pytest.mark.parametrize("tag", ["intermediateCatchEvent", "receiveTask"])
def test_message_sets_a_variable_of_its_name_to_the_instant(tag):
    run = Run(awaiting(tag), CASE)

    assert run.deliver("confirmation", by="letter")

    (task,) = run.execution.open_tasks()
    assert task.variables == {**CASE, "confirmation": START.isoformat(), "by": "letter"}
    assert ("MessageCaught", "wait") in run.happened()
    assert run.execution.waiting_messages() == ()


def test_message_for_another_case_is_not_taken():
    run = Run(awaiting(), CASE)

    assert not run.deliver("confirmation", key="K2")
    assert not run.deliver("reply")

    assert run.open == []
    (waiting,) = run.execution.waiting_messages()
    assert (waiting.message, waiting.key, waiting.element_id) == ("confirmation", "K1", "wait")


def test_early_message_is_no_error_and_changes_nothing():
    run = Run(line("first"), CASE)
    before = run.execution.dump()

    assert not run.deliver("confirmation")

    assert run.execution.dump() == before


def test_key_is_fixed_when_the_wait_begins():
    drawing = line("task")
    drawing.boundary("told", "task", message("confirmation"), interrupting=False)
    drawing.node("userTask", "read")
    drawing.chain("told", "read")
    run = Run(drawing, {"case_id": 7})

    assert run.deliver("confirmation", key="7")
    assert run.deliver("confirmation", key=7)

    assert run.open == ["task", "read", "read"]


def test_message_that_interrupts_withdraws_the_task():
    drawing = line("task")
    drawing.boundary("told", "task", message("confirmation"))
    drawing.node("userTask", "read")
    drawing.chain("told", "read")
    run = Run(drawing, CASE)

    run.deliver("confirmation")

    assert run.open == ["read"]
    assert not run.deliver("confirmation")


def test_every_place_that_waits_gets_the_message():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("parallelGateway", "split")
    drawing.chain("start", "split")
    for name in ("a", "b"):
        drawing.node("receiveTask", name, messageRef="message_confirmation")
        drawing.node("userTask", f"after_{name}")
        drawing.chain("split", name, f"after_{name}")
    run = Run(drawing, CASE)

    run.deliver("confirmation")

    assert run.open == ["after_a", "after_b"]


def test_first_of_timer_and_message_decides_and_the_other_is_forgotten():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("eventBasedGateway", "gate")
    drawing.node("intermediateCatchEvent", "told", message("confirmation"))
    drawing.node("intermediateCatchEvent", "late", timer("PT1H"))
    for name in ("told", "late"):
        drawing.node("userTask", f"after_{name}")
        drawing.chain("gate", name, f"after_{name}")
    drawing.chain("start", "gate")
    run = Run(drawing, CASE)

    run.deliver("confirmation")
    run.wait(hours=2)

    assert run.open == ["after_told"]
    assert run.happened(ev.TimerStopped) == [("TimerStopped", "late")]


def test_message_after_the_deadline_comes_too_late_for_it():
    drawing = awaiting("receiveTask")
    drawing.boundary("late", "wait", timer("PT1H"))
    drawing.node("userTask", "missed")
    drawing.chain("late", "missed")
    run = Run(drawing, CASE)
    run.now = START.replace(hour=12)

    assert not run.deliver("confirmation")

    assert run.open == ["missed"]


def test_key_without_a_value_fails_with_its_name():
    with pytest.raises(ExecutionFailed, match="main:wait: The correlation key"):
        Run(awaiting())
