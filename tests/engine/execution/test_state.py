"""Saved state: follows open work, not history; depends on no key order; comes back the same."""

import json
import sys
from types import FrameType
from typing import Any

import pytest

from engine.errors import Invalid, NotFound, Refused
from engine.execution import Execution, ExecutionFailed, Program
from tests.engine.execution.drawing import (
    START,
    Drawing,
    FixedClocks,
    Run,
    called,
    line,
    loop,
    processes,
    timer,
)
from tests.engine.execution.test_joins import rework

ROUNDS = 400


def visits():
    """A visit with a reminder beside it, repeated until done, in a called process."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("exclusiveGateway", "again")
    drawing.node("userTask", "visit")
    drawing.boundary("late", "visit", timer("PT24H"), interrupting=False)
    drawing.node("sendTask", "remind")
    drawing.node("endEvent", "reminded")
    drawing.node("exclusiveGateway", "enough", default="enough-again")
    drawing.node("endEvent", "end")
    drawing.chain("start", "again", "visit", "enough", "again")
    drawing.chain("late", "remind", "reminded")
    drawing.flow("enough", "end", "=done = true")
    return drawing


class Calls:
    """Counts calls of Python functions: a measure of work that no clock disturbs."""

    def __init__(self) -> None:
        self.number = 0

    def __enter__(self) -> "Calls":
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _count(self, frame: FrameType, event: str, argument: Any) -> None:
        self.number += event == "call"


@pytest.mark.parametrize("kind", ["joins", "visits"])
def test_state_and_work_of_a_step_do_not_grow_with_the_rounds(kind):
    is_joins = kind == "joins"
    run = Run(rework() if is_joins else visits())
    sizes, work = [], []

    for _ in range(ROUNDS):
        with Calls() as calls:
            for task in ("police", "health", "decide") if is_joins else ("visit",):
                if not is_joins:
                    run.wait(hours=25)
                run.complete(task, enough=False, done=False)
        sizes.append(len(run.execution.dump()))
        work.append(calls.number)

    assert run.open == (["police", "health"] if is_joins else ["visit"])
    assert max(sizes[10:]) - min(sizes[10:]) < 40  # ids get longer
    assert max(work[10:]) - min(work[10:]) < 0.02 * min(work[10:])


def test_reminders_that_stay_open_do_not_keep_the_rounds_beside_them():
    drawing = visits()
    drawing.nodes = [n.replace("sendTask", "userTask") for n in drawing.nodes]
    run = Run(drawing)
    run.wait(hours=25)
    run.complete("visit", done=False)
    small = len(run.execution.dump())

    for _ in range(100):
        run.complete("visit", done=False)

    assert sorted(run.open) == ["remind", "visit"]
    assert len(run.execution.dump()) < small + 100


def reordered(value: Any) -> Any:
    """The same JSON with every object's keys in another order, as a database may give it back."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in sorted(value, reverse=True)}
    if isinstance(value, list):
        return [reordered(item) for item in value]
    return value


def test_order_of_keys_means_nothing():
    run = Run(rework(), {"b": {"z": 1, "a": 2}, "a": 1, "typename": "x"})
    run.complete("police", found={"z": [1], "y": None})
    state = json.dumps(reordered(json.loads(run.execution.dump())))

    again = Execution.restore(run.program, state, clocks=FixedClocks())

    assert again.open_tasks() == run.execution.open_tasks()
    again.complete(again.open_tasks()[0].id, {"ok": True}, now=START)
    assert again.open_tasks()[0].variables == {
        "b": {"z": 1, "a": 2},
        "a": 1,
        "typename": "x",
        "found": {"z": [1], "y": None},
        "ok": True,
    }


def test_definitions_and_finished_parts_are_not_stored():
    drawing = line("after")
    drawing.flows.clear()
    drawing.node("callActivity", "call", loop("=[1, 2, 3]", "n"), extra=called("inner"))
    drawing.chain("start", "call", "after", "end")
    run = Run(drawing, {"case": "x" * 4000}, inner=line("ask"))
    for _ in range(3):
        run.complete("ask", long="y" * 4000)

    state = run.execution.dump()

    assert len(state) < 4200
    assert "inner" not in state


def test_variables_are_stored_once_however_many_see_them():
    drawing = line()
    drawing.flows.clear()
    drawing.node(
        "callActivity", "call", loop("=for n in 1..50 return n", "n"), extra=called("inner")
    )
    drawing.chain("start", "call", "end")

    run = Run(drawing, {"case": "x" * 4000}, inner=line("ask"))

    assert len(run.open) == 50
    assert len(run.execution.dump()) < 4000 + 50 * 200


def test_task_ids_stay_the_same_over_save_and_restore():
    run = Run(rework())
    before = [task.id for task in run.execution.open_tasks()]

    run.reload()

    assert [task.id for task in run.execution.open_tasks()] == before


def test_completed_process_can_be_saved_and_restored():
    run = Run(line("a"))
    run.complete("a", x=1)

    run.reload()

    assert run.execution.is_complete
    assert run.execution.variables == {"x": 1}
    assert run.execution.next_due() is None
    run.wait(days=1)
    assert run.execution.take_events() == ()


def test_state_of_another_program_is_refused():
    run = Run(line("a"))
    other = Program.compile(processes(main=line("b")), {})
    third = Program.compile(processes(third=line("b")), {})

    with pytest.raises(Invalid, match="'a', which 'main' lacks"):
        Execution.restore(other, run.execution.dump(), clocks=FixedClocks())
    with pytest.raises(NotFound):
        Execution.restore(third, run.execution.dump(), clocks=FixedClocks())


def test_failed_execution_cannot_be_saved_or_go_on():
    drawing = line("a")
    drawing.flows.clear()
    drawing.node("exclusiveGateway", "which")
    drawing.chain("start", "a", "which")
    drawing.flow("which", "end", "=x")
    run = Run(drawing)
    with pytest.raises(ExecutionFailed):
        run.complete("a", x=False)

    with pytest.raises(Refused, match="cannot be saved"):
        run.execution.dump()
    with pytest.raises(Refused, match="has failed"):
        run.execution.wake(now=START)


def test_restored_execution_can_be_tried_again_after_a_failure():
    drawing = line("a")
    drawing.flows.clear()
    drawing.node("exclusiveGateway", "which")
    drawing.chain("start", "a", "which")
    drawing.flow("which", "end", "=x")
    run = Run(drawing)
    state = run.execution.dump()
    with pytest.raises(ExecutionFailed):
        run.complete("a", x=False)

    run.execution = Execution.restore(run.program, state, clocks=FixedClocks())
    run.complete("a", x=True)

    assert run.execution.is_complete
