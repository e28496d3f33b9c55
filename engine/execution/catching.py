"""Events that are waited for: intermediate, at the edge of an activity, after an event gateway."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from engine.definitions.model import Element, Flow
from engine.execution.limits import Variables
from engine.execution.steps import Step, withdraw
from engine.execution.tokens import CANCELLED, COMPLETED, STARTED, WAITING, Token

if TYPE_CHECKING:
    from engine.execution.specs import ProcessSpec


class Trigger(Protocol):
    """What is waited for: a timer, a message, something thrown."""

    def arm(self, token: Token, seen: Variables) -> None:
        """Begin to wait; `seen` is what expressions can see."""

    def fired(self, token: Token, seen: Variables) -> None:
        """Record that what was waited for has happened."""

    def stopped(self, token: Token, seen: Variables) -> None:
        """Record that it is no longer waited for."""

    def next_after(self, token: Token, armed: Token, seen: Variables) -> bool:
        """Arm it once more after it has happened; return False where it is over."""


class Catching(Step):
    """A place where a token waits for its trigger."""

    def __init__(
        self, spec: "ProcessSpec", element: Element, flows: Sequence[Flow], *, trigger: Trigger
    ) -> None:
        super().__init__(spec, element, flows)
        self.trigger = trigger

    def wait(self, token: Token, seen: Variables) -> None:
        """Begin to wait; a timer whose instant is past fires at once."""
        token._set_state(WAITING)
        token.workflow.top_workflow.waiting[token.id] = token
        self.trigger.arm(token, seen)

    def fire(self, token: Token, variables: Variables | None = None) -> None:
        """Let the token go on, with what came with the trigger."""
        token.workflow.top_workflow.waiting.pop(token.id)
        if variables:
            token.data = {**token.data, **variables}
        self.trigger.fired(token, seen_by(token))
        self.proceed(token)

    def proceed(self, token: Token) -> None:
        """Do what the event does to its surroundings, then go on."""
        before = token.parent
        if before is not None and isinstance(before.task_spec, EventGateway):
            before.task_spec.decide(before, token)
        token._ready()

    def stop(self, token: Token, seen: Variables) -> None:
        """Wait no longer."""
        if token.is_active:
            token.workflow.top_workflow.waiting.pop(token.id, None)
            token._set_state(CANCELLED)
            self.trigger.stopped(token, seen)

    def withdrawn(self, token: Token) -> None:
        """Take back a token that waits here."""
        self.stop(token, seen_by(token))


class CatchEvent(Catching):
    """An intermediate event that the token waits at."""

    def _update_hook(self, my_task: Token) -> bool:
        self.wait(my_task, my_task.data)
        return False


class BoundaryEvent(Catching):
    """An event at the edge of an activity: withdraws it, or starts a path beside it."""

    def arm(self, host: Token) -> None:
        """Begin to watch an activity that has just become active."""
        token = Token(host.workflow, self, parent=host.parent)
        token.internal_data["host"] = host.id
        self.wait(token, host.data)

    def begin_clock(self, token: Token, content: Variables) -> None:
        """Start a deadline whose clock waited for a message that has come."""
        del token.internal_data["starts_with"]
        self.trigger.arm(token, {**seen_by(token), **content})

    def proceed(self, token: Token) -> None:
        """Withdraw the activity, or go on watching it where that is possible."""
        host = token.host
        if host is not None:
            if self.element.interrupting:
                withdraw(host)
            else:
                self._watch_on(token, host)
        token._ready()

    def _watch_on(self, token: Token, host: Token) -> None:
        successor = Token(host.workflow, self, parent=token.parent)
        successor.internal_data["host"] = host.id
        successor._set_state(WAITING)
        if self.trigger.next_after(token, successor, host.data):
            host.workflow.top_workflow.waiting[successor.id] = successor
        else:
            successor._set_state(CANCELLED)


class EventGateway(Step):
    """A gateway whose flows wait against one another: the first event that happens decides."""

    def decide(self, gateway: Token, first: Token) -> None:
        """Take the flow of the event that happened, and stop waiting for the others."""
        flows = [flow for flow in self.flows if flow.id == first.internal_data["via"]]
        self._record_end(gateway, flows)
        gateway._set_state(COMPLETED)
        for other in gateway.children:
            if other is not first:
                withdraw(other)

    def _update_hook(self, my_task: Token) -> bool:
        my_task._set_state(STARTED)
        targets = self._wf_spec.task_specs
        for flow in self.flows:
            if my_task.is_active:
                child = Token(my_task.workflow, targets[flow.target], parent=my_task, via=flow.id)
                child.task_spec._update(child)
        return False


def seen_by(token: Token) -> Variables:
    """Return what a waiting event can see: at an activity's edge what the activity can."""
    host = token.host
    return token.data if host is None else host.data


class Thrown:
    """An escalation: nothing to arm, whoever throws looks for who waits."""

    def arm(self, token: Token, seen: Variables) -> None:
        """Nothing to do."""

    def fired(self, token: Token, seen: Variables) -> None:
        """Nothing to record: the event's own end says so."""

    def stopped(self, token: Token, seen: Variables) -> None:
        """Nothing to record."""

    def next_after(self, token: Token, armed: Token, seen: Variables) -> bool:
        """Wait again: an activity may escalate more than once."""
        return True
