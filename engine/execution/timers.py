"""Timers by the clock that is given: armed once, due at a fixed instant, missed rounds as one."""

from datetime import datetime
from typing import Any

from engine.definitions.model import Element
from engine.errors import Invalid
from engine.execution import durations
from engine.execution.environment import without_equals
from engine.execution.events import TimerFired, TimerStarted, TimerStopped
from engine.execution.limits import Variables
from engine.execution.tokens import Token, failed

DEADLINE = "deadline.due"


class Timer:
    """The timer of an event; its due instant is fixed when it is armed, and saved."""

    def __init__(self, element: Element) -> None:
        self.element = element

    def arm(self, token: Token, seen: Variables) -> None:
        """Fix the due instant; one that is past already fires at once."""
        try:
            self._fix(token, seen)
        except (Invalid, OverflowError) as error:
            raise failed(token, f"The timer cannot be set: {error}") from error
        if is_timer(token):
            self._start(token, seen)

    def fired(self, token: Token, seen: Variables) -> None:
        """Record that the due instant was reached."""
        self._record(TimerFired, token, seen)

    def stopped(self, token: Token, seen: Variables) -> None:
        """Record that the timer was disarmed."""
        if is_timer(token):
            self._record(TimerStopped, token, seen)

    def next_after(self, token: Token, armed: Token, seen: Variables) -> bool:
        """Arm the next round of a cycle; rounds missed meanwhile are not made up for."""
        step, left = token.internal_data.get("step"), token.internal_data.get("left")
        if step is None or left == 0:
            return False
        now, length = token.workflow.top_workflow.now, durations.duration(step)
        try:
            due = length.after(due_of(token))
            while due <= now:
                due = _skip(due, now, length)
        except (Invalid, OverflowError) as error:
            raise failed(token, f"The timer cannot be set again: {error}") from error
        armed.internal_data["due"] = due.isoformat()
        armed.internal_data["step"] = step
        if left is not None:
            armed.internal_data["left"] = left - 1
        self._record(TimerStarted, armed, seen)
        return True

    def _fix(self, token: Token, seen: Variables) -> None:
        now = token.workflow.top_workflow.now
        value = self._value(token, seen)
        if value is None and self.element.deadline_name:
            token.internal_data["starts_with"] = self.element.properties["deadline.from"]
            return
        if self.element.timer_kind == "timeDate":
            due = value if isinstance(value, datetime) else durations.instant(value)
        elif self.element.timer_kind == "timeDuration":
            due = durations.duration(value).after(now)
        else:
            due = self._fix_cycle(token, durations.cycle(value), now)
        token.internal_data["due"] = due.isoformat()

    def _fix_cycle(self, token: Token, cycle: durations.Cycle, now: datetime) -> datetime:
        if token.host is not None and not self.element.interrupting:
            token.internal_data["step"] = cycle.step
            if cycle.times is not None:
                token.internal_data["left"] = cycle.times - 1
        return cycle.start or durations.duration(cycle.step).after(now)

    def _value(self, token: Token, seen: Variables) -> Any:
        text = (self.element.timer or "").strip()
        if not text.startswith("="):
            return text
        top = token.workflow.top_workflow
        if without_equals(text) == DEADLINE and self.element.deadline_name:
            return top.clocks.due(self.element.properties, seen, now=top.now)
        return top.evaluate(token, text, seen)

    def _start(self, token: Token, seen: Variables) -> None:
        self._record(TimerStarted, token, seen)
        if due_of(token) < token.workflow.top_workflow.now:
            token.task_spec.fire(token)

    def _record(self, kind: type[Any], token: Token, seen: Variables) -> None:
        top = token.workflow.top_workflow
        top.record(kind, token, seen, due=due_of(token), host=token.internal_data.get("host"))


def due_of(token: Token) -> datetime:
    """Return the instant at which an armed timer fires."""
    return datetime.fromisoformat(token.internal_data["due"])


def is_timer(token: Token) -> bool:
    """Say whether the token waits for a timer."""
    return "due" in token.internal_data


def _skip(due: datetime, now: datetime, step: durations.Duration) -> datetime:
    if step.months or not step.rest:
        return step.after(due)
    return due + ((now - due) // step.rest + 1) * step.rest
