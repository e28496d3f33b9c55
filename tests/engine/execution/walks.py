"""Walks: the engine and the interpreter take the same random way and must agree at every step."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

from engine.errors import Refused
from engine.execution import Execution, Program
from engine.execution import events as ev
from tests.engine.execution.blocks import Blueprint
from tests.engine.execution.drawing import START, FixedClocks, processes
from tests.engine.execution.interpreter import Interpreter
from tests.engine.execution.sketch import MANY, Sketch

STEPS = 40
CASE = "K1"


class Walk:
    """One random process, run side by side, saved and restored before every act."""

    def __init__(self, seed: int, *, depth: int = 3, kinds: tuple[str, ...] = MANY) -> None:
        sketch = Sketch(seed, depth=depth, kinds=kinds)
        self._random = random.Random(seed + 1)
        self.program = Program.compile(processes(**Blueprint(sketch).drawings), {})
        self._elements: dict[str, str] = {}  # of activities that timers watch
        self.now = START
        self.interpreter = Interpreter(sketch.main, START)
        self.execution = Execution.start(
            self.program, "main", {"case_id": CASE}, now=START, clocks=FixedClocks()
        )

    def go(self) -> str | None:
        """Walk to the end or for so many steps; return the first deviation."""
        for number in range(STEPS):
            deviation = self._compare()
            if deviation:
                return f"step {number}: {deviation}"
            if self.interpreter.is_done:
                return self._compare_variables()
            self._reload()
            self._act(number)
        return None

    def _reload(self) -> None:
        state = self.execution.dump()
        self.execution = Execution.restore(self.program, state, clocks=FixedClocks())
        if self.execution.dump() != state:
            raise AssertionError("a restored state differs from the saved one")

    def _act(self, number: int) -> None:
        open_now, due = self.interpreter.open, self.interpreter.due
        dice = self._random.random()
        self.interpreter.happened.clear()
        if self.interpreter.awaits_message and (dice < 0.15 or (not open_now and due is None)):
            self._deliver()
        elif due is not None and (dice < 0.35 or not open_now):
            self._wake()
        elif open_now:
            self._complete(number, self._random.choice(open_now))

    def _wake(self) -> None:
        due = self.interpreter.due
        assert due is not None
        late = self._random.choice((0, 0, 1, 90_000, 2_000_000))
        self.now = max(due, self.now) + timedelta(seconds=late)
        self.execution.wake(now=self.now)
        self.interpreter.ring(self.now, strictly=False)

    def _deliver(self) -> None:
        self._later()
        self.execution.deliver("reply", key=CASE, now=self.now)
        self.interpreter.ring(self.now, strictly=True)
        self.interpreter.deliver()
        self.interpreter.ring(self.now, strictly=True)

    def _complete(self, number: int, task: tuple[str, tuple[str, ...]]) -> None:
        self._later()
        ids = {(t.element_id, t.path): t.id for t in self.execution.open_tasks()}
        self.interpreter.ring(self.now, strictly=True)
        is_open = self.interpreter.complete(*task, value=number)
        self.interpreter.ring(self.now, strictly=True)
        try:
            self.execution.complete(ids[task], {f"w_{number}_{task[0]}": number}, now=self.now)
        except Refused:
            if is_open:
                raise
        else:
            assert is_open, "completed what a timer had withdrawn"

    def _later(self) -> None:
        due = self.interpreter.due
        self.now += timedelta(seconds=self._random.randint(1, 90_000))
        if due is not None and self._random.random() < 0.1:
            self.now = max(due, self.now)

    def _compare(self) -> str | None:
        found = sorted((t.element_id, t.path) for t in self.execution.open_tasks())
        pairs: list[tuple[str, Any, Any]] = [
            ("open tasks", found, self.interpreter.open),
            ("next due", self.execution.next_due(), self.interpreter.due),
            ("complete", self.execution.is_complete, self.interpreter.is_done),
        ]
        history = self._history()
        pairs.append(
            ("history", history - self.interpreter.happened, self.interpreter.happened - history)
        )
        for what, engine, interpreter in pairs:
            if engine != interpreter:
                return f"{what}: engine {engine}, interpreter {interpreter}"
        return None

    def _compare_variables(self) -> str | None:
        found = {k: v for k, v in self.execution.variables.items() if k.startswith("w_")}
        wanted = self.interpreter.top.writes
        return None if found == wanted else f"variables: engine {found}, interpreter {wanted}"

    def _history(self) -> Counter[tuple[Any, ...]]:
        happened: Counter[tuple[Any, ...]] = Counter()
        for event in self.execution.take_events():
            details: tuple[Any, ...] = ()
            if isinstance(event, ev.ElementStarted | ev.MultiInstanceStarted):
                self._elements[event.activity] = event.element_id
            if isinstance(event, ev.TimerStarted | ev.TimerFired | ev.TimerStopped):
                details = (event.due, self._elements[event.host] if event.host else None)
            happened[(type(event).__name__, event.element_id, event.path, *details)] += 1
        return happened
