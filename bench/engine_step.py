"""What one step costs: restore a case, complete one user task, run on, save – beside SpiffWorkflow.

    python bench/engine_step.py [repetitions]

The model has 50 nodes in 5 diagrams (23 user tasks, 7 boundary timers, 4 called processes, a
decision table) and 4 KB of case data; its usual course takes 15 user tasks. Both sides run in the
same process, in turns; the time is CPU time, so that another load on the machine matters little.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plain_spiff import PlainSpiff

from engine import dmn
from engine.definitions.parse import parse_process
from engine.execution import Execution, Program

MODELS = Path(__file__).parent / "models"
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
DATA_KB = 4
GOAL = 8.0  # times faster than plain SpiffWorkflow
ROOM = 8 * 1024  # bytes of state beyond the case's own data


class NoClocks:
    """The model keeps no deadlines of a case."""

    def due(
        self, properties: Mapping[str, str], variables: Mapping[str, Any], *, now: datetime
    ) -> datetime:
        """Never asked."""
        raise NotImplementedError


class Frontdoor:
    """Runs one process instance with engine.execution."""

    def __init__(self, models: Path) -> None:
        files = sorted(models.glob("*.bpmn"))
        found = [parse_process(file.read_bytes(), file=file.name) for file in files]
        processes = {process.id: process for several in found for process in several}
        decisions = {
            decision: model
            for model in map(dmn.load, sorted(models.glob("*.dmn")))
            for decision in model.decisions
        }
        self._program = Program.compile(processes, decisions)

    def start(self, variables: dict[str, Any]) -> str:
        """Start a process instance and return its saved state."""
        execution = Execution.start(
            self._program, "support_request", variables, now=NOW, clocks=NoClocks()
        )
        return self.save(execution)

    def restore(self, state: str) -> Execution:
        """Return the saved process instance."""
        return Execution.restore(self._program, state, clocks=NoClocks())

    def complete_next(self, execution: Execution, answers: dict[str, Any]) -> str | None:
        """Complete the open user task whose id comes first; return its element id."""
        tasks = execution.open_tasks()
        if not tasks:
            return None
        task = min(tasks, key=lambda task: task.element_id)
        execution.complete(task.id, answers, now=NOW)
        execution.take_events()
        return task.element_id

    def save(self, execution: Execution) -> str:
        """Return the state as text."""
        return execution.dump()

    def variables(self, execution: Execution) -> dict[str, Any]:
        """Return what the process instance has come to."""
        return dict(execution.variables)


@dataclass
class Course:
    """One case from its first to its last user task: seconds for each step, bytes of state."""

    restore: list[float] = field(default_factory=list)
    act: list[float] = field(default_factory=list)
    save: list[float] = field(default_factory=list)
    state: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)

    @property
    def total(self) -> list[float]:
        """Seconds for each whole step."""
        parts = zip(self.restore, self.act, self.save, strict=True)
        return [sum(part) for part in parts]


def case_data(size: int) -> dict[str, Any]:
    """Return answers to the first form: a request of so many bytes."""
    request: dict[str, Any] = {
        "age": 35,
        "kind": "new",
        "name": "Ada Example",
        "address": {"street": "1 High Street", "postcode": "SE1 0AA", "town": "London"},
        "children": [{"name": f"Child {n}", "born": f"2020-01-0{n}"} for n in (1, 2, 3)],
    }
    answers = {"complete": True, "granted": True, "request": request}
    while len(json.dumps(answers)) < size:
        request[f"detail_{len(request)}"] = "What the family told the worker who took the call."
    return answers


def run(side: Any, first: dict[str, Any]) -> Course:
    """Take a case through its usual course."""
    course = Course()
    variables: dict[str, Any] = {"case_id": "case-1"}
    state = side.start(variables)
    while True:
        number = len(course.tasks)
        answers = {f"form_{number}": {"note": "x" * 100, "result": number}} if number else first
        begun = time.process_time()
        instance = side.restore(state)
        restored = time.process_time()
        task = side.complete_next(instance, answers)
        acted = time.process_time()
        state = side.save(instance)
        saved = time.process_time()
        if task is None:
            course.outcome = side.variables(instance)
            return course
        variables.update(answers)
        course.restore.append(restored - begun)
        course.act.append(acted - restored)
        course.save.append(saved - acted)
        course.state.append(len(state.encode()))
        course.data.append(len(json.dumps(variables)))
        course.tasks.append(task)


def typical(courses: list[Course], part: Callable[[Course], list[float]]) -> list[float]:
    """Return milliseconds for each step: the median over the repetitions."""
    steps = zip(*(part(course) for course in courses), strict=True)
    return [statistics.median(step) * 1000 for step in steps]


def row(name: str, courses: list[Course]) -> tuple[float, str]:
    """Return the median step in milliseconds, and the line of the table."""
    restore, act, save, total = (
        typical(courses, part)
        for part in (lambda c: c.restore, lambda c: c.act, lambda c: c.save, lambda c: c.total)
    )
    middle = statistics.median(total)
    sizes = courses[0].state
    shown = [statistics.median(part) for part in (restore, act, save)]
    figures = "".join(f"{value:>10.2f}" for value in (*shown, middle, max(total)))
    return middle, f"{name:<22}{figures}{sizes[0]:>11,}{max(sizes):>11,}"


def main(repetitions: int) -> int:
    """Print the table; return 1 when a goal is missed."""
    first = case_data(DATA_KB * 1024)
    sides = {"plain SpiffWorkflow": PlainSpiff(MODELS), "Frontdoor": Frontdoor(MODELS)}
    courses: dict[str, list[Course]] = {name: [] for name in sides}
    for side in sides.values():
        run(side, first)
    gc.collect()
    gc.freeze()
    for _ in range(repetitions):
        for name, side in sides.items():
            courses[name].append(run(side, first))
    plain, ours = (several[0] for several in courses.values())
    answers = {name: value for name, value in ours.outcome.items() if name.startswith("form_")}
    same = all(plain.outcome.get(name) == value for name, value in answers.items())
    if plain.tasks != ours.tasks or not same:
        raise SystemExit("The two sides do not do the same work")
    rows = {name: row(name, several) for name, several in courses.items()}
    slow, fast = (middle for middle, _ in rows.values())
    ratio = slow / fast
    over = max(state - data for state, data in zip(ours.state, ours.data, strict=True))
    lines = (
        f"{len(ours.tasks)} user tasks, {DATA_KB} KB of case data, {repetitions} repetitions;",
        "milliseconds of CPU time for a step, median over its repetitions, then over the steps",
        "",
        f"{'':<22}{'restore':>10}{'act':>10}{'save':>10}{'step':>10}{'slowest':>10}"
        f"{'first B':>11}{'largest B':>11}",
        *(line for _, line in rows.values()),
        "",
        f"ratio {ratio:.1f} (goal {GOAL:g})",
        f"state at most the case's data {over:+,} bytes (goal +{ROOM:,})",
    )
    sys.stdout.write("\n".join((*lines, "")))
    return int(ratio < GOAL or over > ROOM)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
