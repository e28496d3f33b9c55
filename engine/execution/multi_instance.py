"""Multi-instance activities: one instance for each item, everything written inside stays inside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.definitions.model import Element, Flow, Loop
from engine.execution import events as ev
from engine.execution.limits import Variables
from engine.execution.steps import Activity, withdraw
from engine.execution.tokens import CANCELLED, STARTED, Token, failed

if TYPE_CHECKING:
    from engine.execution.specs import ProcessSpec

COUNTER = "loopCounter"  # Camunda's name: which instance this is, counted from 1


class MultiInstance(Activity):
    """The activity as a whole: what boundary events watch and flows leave from."""

    started = ev.MultiInstanceStarted
    ended = ev.MultiInstanceEnded
    cancelled = ev.MultiInstanceCancelled

    def __init__(
        self, spec: "ProcessSpec", element: Element, flows: Sequence[Flow], *, loop: Loop
    ) -> None:
        super().__init__(spec, element, flows)
        self.fills_inside = self.fills_outside = ()  # mappings belong to each instance
        self.loop = loop
        self.instance: Activity

    @property
    def local_names(self) -> tuple[str, ...]:
        """Return the names of the variables that each instance gets for itself."""
        item = self.loop.input_element
        return (item, COUNTER) if item else (COUNTER,)

    def begin(self, token: Token) -> bool:
        """Start the instances: all at once, or the first."""
        items = token.workflow.top_workflow.evaluate(token, self.loop.input_collection, token.data)
        self._check(token, items)
        token.internal_data["results"] = [None] * len(items)
        token.internal_data["done"] = 0
        if not items:
            return True
        token._set_state(STARTED)
        if self.loop.sequential:
            token.internal_data["items"] = items
            items = items[:1]
        for index, item in enumerate(items):
            if token._state == STARTED:
                self._start(token, index, item)
        return False

    def work(self, token: Token) -> Variables:
        """Return the variables with the results, in the order of the items."""
        results = token.internal_data["results"]
        target = self.loop.output_collection
        return {**token.data, target: results} if target else token.data

    def instance_completed(self, token: Token, instance: Token, seen: Variables) -> None:
        """Keep the instance's result; complete after the last, or when the condition holds."""
        inside = token.internal_data
        inside["done"] += 1
        if self.loop.output_element:
            result = self._evaluate(instance, self.loop.output_element, seen)
            inside["results"][instance.index] = result
        if inside["done"] == len(inside["results"]) or self._is_enough(token, instance, seen):
            for other in token.children:
                withdraw(other)
            token._ready()
        elif self.loop.sequential:
            following = inside["done"]
            self._start(token, following, inside["items"][following])

    def _start(self, token: Token, index: int, item: Any) -> None:
        instance = Token(token.workflow, self.instance, parent=token)
        instance.internal_data["index"] = index
        instance.data = {**token.data, COUNTER: index + 1}
        if self.loop.input_element:
            instance.data[self.loop.input_element] = item
        instance.task_spec._update(instance)

    def _check(self, token: Token, items: Any) -> None:
        if not isinstance(items, list):
            raise failed(token, f"'{self.loop.input_collection}' is no list")
        limit = token.workflow.top_workflow.limits.instances
        if len(items) > limit:
            raise failed(token, f"The list has {len(items)} items; at most {limit} are worked on")

    def _is_enough(self, token: Token, instance: Token, seen: Variables) -> bool:
        condition = self.loop.completion_condition
        if not condition:
            return False
        counts = {
            "numberOfInstances": len(token.internal_data["results"]),
            "numberOfActiveInstances": sum(child.is_active for child in token.children),
            "numberOfCompletedInstances": token.internal_data["done"],
            "numberOfTerminatedInstances": sum(c._state == CANCELLED for c in token.children),
        }
        return self._evaluate(instance, condition, {**seen, **counts}) is True

    @staticmethod
    def _evaluate(instance: Token, text: str, seen: Variables) -> Any:
        return instance.workflow.top_workflow.evaluate(instance, text, seen)
