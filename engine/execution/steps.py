"""What all elements do alike: a token enters, works, completes, and leaves by its flows."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.definitions.model import Element, Flow
from engine.execution import events as ev
from engine.execution import variables as vs
from engine.execution.limits import Variables
from engine.execution.tokens import CANCELLED, Token, failed

if TYPE_CHECKING:
    from engine.execution.catching import BoundaryEvent
    from engine.execution.multi_instance import MultiInstance
    from engine.execution.specs import ProcessSpec


class Step(BpmnSpecMixin):
    """An element of a diagram as SpiffWorkflow's task specification.

    It is shared by all process instances, so it holds nothing of any of them. SpiffWorkflow's
    guesses at the future are left out: tokens come into being when a flow is taken.
    """

    is_automatic = True

    def __init__(
        self, spec: "ProcessSpec", element: Element, flows: Sequence[Flow], *, name: str = ""
    ) -> None:
        super().__init__(spec, name or element.id, manual=not self.is_automatic)
        self.bpmn_name = element.name
        self.bpmn_id = element.id
        self.element = element
        self.flows = tuple(flows)
        self.process_id = spec.process_id

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return the flows to take: all without a condition or with one that holds."""
        default = self.element.default_flow
        regular = [flow for flow in self.flows if flow.id != default]
        taken = [flow for flow in regular if flow.condition is None or self.holds(token, flow)]
        return taken or self.otherwise(token)

    def holds(self, token: Token, flow: Flow) -> bool:
        """Say whether the flow's condition is true for the token's variables."""
        top = token.workflow.top_workflow
        return top.evaluate(token, flow.condition or "null", token.data) is True

    def otherwise(self, token: Token) -> Iterable[Flow]:
        """Return the default flow, where no other can be taken."""
        default = [flow for flow in self.flows if flow.id == self.element.default_flow]
        if self.flows and not default:
            raise failed(token, "No condition holds on any flow that leaves here")
        return default

    def leave(self, token: Token, flows: Iterable[Flow]) -> None:
        """Send a token along each flow; without any, this one has ended."""
        targets = self._wf_spec.task_specs
        sent = [
            Token(token.workflow, targets[flow.target], parent=token, via=flow.id) for flow in flows
        ]
        for child in sent:
            child.task_spec._update(child)
        if not sent:
            token.workflow.end(token)

    def withdrawn(self, token: Token) -> None:
        """Take back a token that is here, and all that it has started."""
        token._set_state(CANCELLED)
        for child in token.children:
            withdraw(child)

    def child_completed(self, token: Token, variables: Variables) -> None:
        """Go on after the process or sub-process inside has completed."""
        raise NotImplementedError

    def _predict(self, my_task: Token, *args: Any, **kwargs: Any) -> None:
        """Nothing: there are no tokens but real ones."""

    def _update_hook(self, my_task: Token) -> bool:
        return True

    def _on_ready(self, my_task: Token) -> None:
        if self.is_automatic:
            my_task.workflow.top_workflow.queue.append(my_task)

    def _run_hook(self, my_task: Token) -> bool:
        return True

    def _on_complete(self, my_task: Token) -> None:
        flows = tuple(self.choose(my_task))
        self._record_end(my_task, flows)
        self.leave(my_task, flows)

    def _record_end(self, token: Token, flows: Iterable[Flow]) -> None:
        taken = tuple(flow.id for flow in flows)
        token.workflow.top_workflow.record(ev.ElementEnded, token, token.data, flows=taken)


class Activity(Step):
    """A task, sub-process or call activity: has mappings, boundary events, a beginning and end."""

    started: type[ev.Event] = ev.ElementStarted
    ended: type[ev.Event] = ev.ElementEnded
    cancelled: type[ev.Event] = ev.ElementCancelled

    def __init__(
        self, spec: "ProcessSpec", element: Element, flows: Sequence[Flow], *, name: str = ""
    ) -> None:
        super().__init__(spec, element, flows, name=name)
        self.fills_inside = element.inputs
        self.fills_outside = element.outputs
        self.boundaries: list[BoundaryEvent] = []
        self.body: MultiInstance | None = None  # what this is one of the instances of

    @property
    def passes_all_on(self) -> bool:
        """Say whether what is written inside leaves without being mapped."""
        return not self.fills_outside

    def begin(self, token: Token) -> bool:
        """Start the work; return whether it can be run at once."""
        return True

    def work(self, token: Token) -> Variables:
        """Do the work and return the variables as they then are inside."""
        return token.seen or token.data

    def passed_on(self, token: Token, seen: Variables, mapped: Variables) -> Variables:
        """Return what of the variables inside is seen after the activity."""
        shadow = token.internal_data.get("shadow", {})
        outside = seen if self.passes_all_on else token.data
        return {**vs.reveal(outside, shadow), **mapped} if mapped else vs.reveal(outside, shadow)

    def map_outputs(self, token: Token, seen: Variables) -> Variables:
        """Return the variables that the output mappings fill."""
        top = token.workflow.top_workflow
        outside = vs.reveal(token.data, token.internal_data.get("shadow", {}))
        known = dict(seen)
        mapped: Variables = {}
        for mapping in self.fills_outside:
            value = top.evaluate(token, mapping.source, known)
            root = mapping.target.partition(".")[0]
            if root not in mapped and root in outside:
                mapped[root] = outside[root]
            vs.assign(mapped, mapping.target, value)
            known[root] = mapped[root]
        return mapped

    def child_completed(self, token: Token, variables: Variables) -> None:
        """Take over the variables of the scope inside, and complete."""
        token.seen = variables
        token._ready()

    def withdrawn(self, token: Token) -> None:
        """Take back the activity and all inside it, the innermost first."""
        top = token.workflow.top_workflow
        inside = top.subprocesses.pop(token.id, None)
        for other in inside.active if inside else ():
            withdraw(other)
        super().withdrawn(token)
        top.record(self.cancelled, token, token.data)
        self._disarm(token, token.data)

    def _update_hook(self, my_task: Token) -> bool:
        self._map_inputs(my_task)
        my_task.workflow.top_workflow.record(self.started, my_task, my_task.data)
        for boundary in self.boundaries:
            if my_task.is_active:
                boundary.arm(my_task)
        return my_task.is_active and self.begin(my_task)

    def _run_hook(self, my_task: Token) -> bool:
        my_task.seen = self.work(my_task)
        return True

    def _on_complete(self, my_task: Token) -> None:
        inside = my_task.seen or my_task.data
        mapped = self.map_outputs(my_task, inside)
        seen = {**inside, **mapped} if mapped else inside
        my_task.data = self.passed_on(my_task, inside, mapped)
        flows = tuple(self.choose(my_task)) if self.body is None else ()
        taken = tuple(flow.id for flow in flows)
        my_task.workflow.top_workflow.record(self.ended, my_task, seen, flows=taken)
        self._disarm(my_task, seen)
        if self.body is None:
            self.leave(my_task, flows)
        else:
            self.body.instance_completed(my_task.parent, my_task, seen)

    def _map_inputs(self, token: Token) -> None:
        if not self.fills_inside:
            return
        top = token.workflow.top_workflow
        roots = [mapping.target.partition(".")[0] for mapping in self.fills_inside]
        token.internal_data["shadow"] = vs.hide(token.data, roots)
        inside = dict(token.data)
        for mapping in self.fills_inside:
            vs.assign(inside, mapping.target, top.evaluate(token, mapping.source, inside))
        token.data = inside

    def _disarm(self, host: Token, seen: Variables) -> None:
        if self.boundaries:
            for other in host.workflow.top_workflow.watching(host):
                other.task_spec.stop(other, seen)


def withdraw(token: Token) -> None:
    """Take back a token before its element has completed; what was armed for it stops."""
    if token.is_active:
        token.task_spec.withdrawn(token)
