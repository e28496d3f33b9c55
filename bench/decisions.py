"""What a decision and a unary test cost: Frontdoor beside zen-engine and bkflow-feel.

    python bench/decisions.py [windows]

A table of 10 rules and 4 inputs decides about 500 random inputs; every answer of every engine is
checked first. All run in the same process, in turns; the time is CPU time, the best of several
windows. Every engine reads its table or text once: bkflow-feel's syntax trees are kept. It and
zen-engine stop at the first rule that matches, Frontdoor makes sure that there is no other.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import priority
from rivals import UNARY_NAME, bkflow_table, bkflow_unary, zen_table, zen_unary

from engine import dmn, feel

OUTSIDE = Path(__file__).parents[2] / "shared" / "bench"
OWN = Path(__file__).parent / "tables" / "priority.dmn"
UNARY = (
    ("[18..65]", 42),
    ('"high","medium"', "medium"),
    ('not("x")', "high"),
    (">= 18", 42),
)
ENGINES = ("Frontdoor", "zen-engine", "bkflow-feel")
REPEATED = 2000  # times each unary test runs in a window
TABLE_GOAL = 5.0  # times as many decisions a second as each of the others
UNARY_GOAL = 1.0

Case = tuple[Mapping[str, Any], Any]  # inputs, and what is to come out
Window = Callable[[], None]


class Measured(NamedTuple):
    """A line of the table: what was done in a second, by engine."""

    name: str
    rates: tuple[float, ...]
    goal: float

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as fast Frontdoor is as each of the others."""
        return tuple(self.rates[0] / rate for rate in self.rates[1:])

    @property
    def is_met(self) -> bool:
        """Whether Frontdoor is as far ahead of each of the others as it should be."""
        return all(ratio > self.goal for ratio in self.ratios)


def cases() -> tuple[dmn.Model, str, list[Case]]:
    """The table, its decision's id, and inputs with what is to come out."""
    listed = OUTSIDE / "feel_bench_inputs.json"
    if listed.exists():
        read = json.loads(listed.read_text(encoding="utf-8"))
        found = [(each["inputs"], each["expected"]) for each in read]
        return dmn.load(OUTSIDE / "feel_bench.dmn"), "feel_bench", found
    chance = random.Random(47)
    drawn = [priority.inputs(chance) for _ in range(500)]
    answers = [priority.answer(**inputs) for inputs in drawn]
    return dmn.load(OWN), "priority", list(zip(drawn, answers, strict=True))


def measure(name: str, sides: list[Window], done: int, windows: int, goal: float) -> Measured:
    """The most that each side does in a second."""
    best = [float("inf")] * len(sides)
    for _ in range(windows):
        for place, side in enumerate(sides):
            begun = time.process_time()
            side()
            best[place] = min(best[place], time.process_time() - begun)
    return Measured(name, tuple(done / seconds for seconds in best), goal)


def over(decide: Callable[[Any], Any], inputs: list[Any]) -> Window:
    """A window in which everything is decided once."""

    def window() -> None:
        for each in inputs:
            decide(each)

    return window


def tables(windows: int) -> list[Measured]:
    """Decisions a second: the value alone, then with the ids of the rules that matched."""
    model, decision, found = cases()
    table = model.decisions[decision].table
    if table is None:
        raise SystemExit("The decision has no table")
    zen, traced = zen_table(table)
    first, every = bkflow_table(table)
    values = [lambda inputs: model.evaluate(decision, inputs), zen, first]
    explained = [lambda inputs: model.decide(decision, inputs), traced, every]
    for inputs, expected in found:
        answers = [decide(inputs) for decide in values]
        answers += [explained[0](inputs).outputs, *(decide(inputs)[0] for decide in explained[1:])]
        if answers != [expected] * len(answers):
            raise SystemExit(f"{inputs}: {answers} instead of {expected!r}")
    given = [dict(inputs) for inputs, _ in found]
    return [
        measure(name, [over(decide, given) for decide in sides], len(given), windows, goal)
        for name, sides, goal in (
            ("table: the value", values, TABLE_GOAL),
            ("table: and the rules", explained, TABLE_GOAL),
        )
    ]


def unary(text: str, value: Any, windows: int) -> Measured:
    """How often a unary test is answered in a second."""
    test = feel.compile_tests(text).test
    sides: list[tuple[Callable[[Any], Any], Any]] = [
        (lambda given: test(given, {}), value),
        (zen_unary(text), {"$": value}),
        (bkflow_unary(text), {UNARY_NAME: value}),
    ]
    if not all(decide(given) is True for decide, given in sides):
        raise SystemExit(f"{text} does not hold for {value!r}")
    repeated = [over(decide, [given] * REPEATED) for decide, given in sides]
    return measure(f"{text} on {json.dumps(value)}", repeated, REPEATED, windows, UNARY_GOAL)


def mean(measured: list[Measured]) -> Measured:
    """All unary tests in turn."""
    columns = zip(*(each.rates for each in measured), strict=True)
    rates = tuple(len(measured) / sum(1 / rate for rate in column) for column in columns)
    return Measured("unary tests in turn", rates, UNARY_GOAL)


def row(measured: Measured) -> str:
    """The line of the table."""
    rates = "".join(f"{rate:>14,.0f}" for rate in measured.rates)
    ratios = "".join(f"{ratio:>11.1f}x" for ratio in measured.ratios)
    return f"{measured.name:<30}{rates}{ratios}   {'met' if measured.is_met else 'missed'}"


def main(windows: int) -> int:
    """Print the table; return 1 when a goal is missed."""
    gc.collect()
    gc.freeze()
    tests = [unary(text, value, windows) for text, value in UNARY]
    found = [*tables(windows), mean(tests), *tests]
    heads = "".join(f"{name:>14}" for name in ENGINES)
    ahead = "".join(f"{'of ' + name:>12}" for name in ("zen", "bkflow"))
    lines = (
        f"a second of CPU time, best of {windows} windows; Frontdoor ahead (goal: table at least",
        f"{TABLE_GOAL:g} times, unary test ahead)",
        "",
        f"{'':<30}{heads}{ahead}",
        *map(row, found),
    )
    sys.stdout.write("\n".join((*lines, "")))
    return int(not all(each.is_met for each in found))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))
