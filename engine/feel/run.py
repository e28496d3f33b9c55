"""What one evaluation carries along: its time, its warnings and what it may still spend."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from engine.feel.problems import Failure, LimitExceeded, Place, Warning_

MAX_STEPS: Final = 200_000  # rounds of all loops, filters and list functions of one evaluation
MAX_CALL_DEPTH: Final = 60  # functions that call functions, before Python's own stack ends
MAX_STRING: Final = 200_000  # characters
MAX_WARNINGS: Final = 100

Value = Any  # a FEEL value: see engine.feel.values
Compiled = Callable[["Scope"], Value]


class Run:
    """The state of one evaluation; never shared between two."""

    __slots__ = ("depth", "notes", "now", "steps", "warnings")

    def __init__(
        self, *, now: datetime | None = None, warnings: list[Warning_] | None = None
    ) -> None:
        self.now = now
        self.warnings = [] if warnings is None else warnings
        self.steps = 0
        self.depth = 0
        self.notes: list[Any] = []  # what its decision tables decided, in order

    def warn(self, message: object, at: Place | None = None) -> None:
        """Note why the step at `at` became null."""
        if len(self.warnings) < MAX_WARNINGS:
            line, column, source = at or (None, None, None)
            self.warnings.append(
                Warning_(message=str(message), line=line, column=column, source=source)
            )

    def spend(self, steps: int) -> None:
        """Take `steps` from the budget; raises LimitExceeded when it is used up."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise LimitExceeded(f"The evaluation takes more than {MAX_STEPS:,} steps")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One function call inside the others; raises LimitExceeded when they nest too deep."""
        self.depth += 1
        if self.depth > MAX_CALL_DEPTH:
            raise LimitExceeded(f"Functions call each other more than {MAX_CALL_DEPTH} deep")
        try:
            yield
        finally:
            self.depth -= 1


class Scope:
    """The names an expression can see: its own, then those around it."""

    __slots__ = ("outer", "run", "values")

    def __init__(self, values: Mapping[str, Value], run: Run, outer: "Scope | None" = None) -> None:
        self.values = values
        self.run = run
        self.outer = outer

    def inner(self, values: Mapping[str, Value]) -> "Scope":
        """A scope inside this one."""
        return Scope(values, self.run, self)


def limited(text: str) -> str:
    """The text itself, unless it has grown too long."""
    if len(text) > MAX_STRING:
        raise LimitExceeded(f"A text grows beyond {MAX_STRING:,} characters")
    return text


def attempt(scope: Scope, at: Place, step: Callable[..., Value], *operands: Value) -> Value:
    """The result of a step, or null and a warning where it has none."""
    try:
        return step(*operands)
    except Failure as failure:
        scope.run.warn(failure, at)
        return None


def size_of(value: Value) -> int:
    """How much work it is to make or to go through a value, in steps."""
    if type(value) is str:
        return len(value) // 100
    return len(value) // 4 if type(value) is list else 0
