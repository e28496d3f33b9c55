"""Builds SpiffWorkflow's specifications from process definitions; its own parser is not used."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine import dmn
from engine.definitions.model import Element, Flow, ProcessDefinition
from engine.errors import Invalid
from engine.execution import tasks
from engine.execution.catching import BoundaryEvent, CatchEvent, EventGateway, Thrown, Trigger
from engine.execution.gateways import (
    ExclusiveGateway,
    InclusiveGateway,
    Join,
    ParallelGateway,
    refuse_deadlock,
)
from engine.execution.messages import Message, ReceiveTask
from engine.execution.multi_instance import MultiInstance
from engine.execution.steps import Activity, Step
from engine.execution.throwing import TerminateEvent, ThrowEvent
from engine.execution.timers import Timer

if TYPE_CHECKING:
    from engine.execution.scope import Scope

_INSTANCE = "[]"  # after an element's id: the specification of one instance of it


class ProcessSpec(BpmnProcessSpec):
    """One process, or one sub-process of it; immutable once built, and shared by all instances."""

    task_specs: dict[str, Step]
    start: Step

    def __init__(self, name: str, *, process_id: str) -> None:
        # not BpmnProcessSpec's: it takes the names 'Start' and 'End' from the diagram's elements
        WorkflowSpec.__init__(self, name=name)
        self.process_id = process_id
        self.data_objects: dict[str, object] = {}
        self.bpmn_start_events: list[Step] = []
        self.joins: list[Join] = []
        self.predecessors: dict[str, set[str]] = {}

    def release(self, scope: "Scope") -> bool:
        """Let go on what no other token needs to be waited for, now that nothing else can run."""
        if any(join.release(scope) for join in self.joins):
            return True
        refuse_deadlock(scope)
        return False


class ProcessBuilder:
    """Builds the specifications of one process definition."""

    def __init__(self, process: ProcessDefinition, decisions: Mapping[str, dmn.Model]) -> None:
        self._process = process
        self._decisions = decisions

    def build(self) -> Iterator[ProcessSpec]:
        """Yield the process and the sub-processes in it."""
        yield self._scope(None)
        for element in self._process.elements.values():
            if element.kind == "subProcess":
                yield self._scope(element.id)

    def _scope(self, parent: str | None) -> ProcessSpec:
        spec = ProcessSpec(self._name(parent), process_id=self._process.id)
        inside = [e for e in self._process.elements.values() if e.parent == parent]
        for element in inside:
            self._add(spec, element)
        for element in inside:
            if element.attached_to is not None:
                self._attach(spec, element)
        self._connect(spec)
        starts = [spec.task_specs[e.id] for e in inside if e.kind == "startEvent"]
        if len(starts) != 1:
            raise self._invalid(parent, f"has {len(starts)} start events instead of one")
        spec.start = starts[0]
        return spec

    def _add(self, spec: ProcessSpec, element: Element) -> None:
        flows = tuple(self._process.outgoing(element.id))
        build = _BUILDERS.get((element.kind, element.event), _BUILDERS.get((element.kind, None)))
        known_event = (element.kind, element.event) in _BUILDERS or not element.event
        if build is None or not known_event:
            kind = f"{element.event} {element.kind}" if element.event else element.kind
            raise self._invalid(element.id, f"is a {kind}, which is not run")
        if element.loop is None:
            build(self, spec, element, flows)
            return
        body = MultiInstance(spec, element, flows, loop=element.loop)
        instance = build(self, spec, element, ())
        if not isinstance(instance, Activity):
            raise self._invalid(element.id, "is multi-instance but no activity")
        body.instance, instance.body = instance, body

    def _attach(self, spec: ProcessSpec, element: Element) -> None:
        host = spec.task_specs.get(element.attached_to or "")
        boundary = spec.task_specs[element.id]
        if not isinstance(host, Activity) or not isinstance(boundary, BoundaryEvent):
            raise self._invalid(element.id, "is not attached to an activity")
        host.boundaries.append(boundary)

    def _connect(self, spec: ProcessSpec) -> None:
        for step in spec.task_specs.values():
            if step.element.attached_to is not None:
                spec.predecessors.setdefault(step.element.id, set()).add(step.element.attached_to)
            for flow in step.flows:
                if flow.target not in spec.task_specs:
                    raise self._invalid(flow.id, f"leads to '{flow.target}', which is not here")
                spec.predecessors.setdefault(flow.target, set()).add(flow.source)
        spec.joins = [step for step in spec.task_specs.values() if isinstance(step, Join)]

    def _name(self, parent: str | None) -> str:
        return f"{self._process.id}/{parent}" if parent else self._process.id

    def _invalid(self, element_id: str | None, sentence: str) -> Invalid:
        where = element_id or self._process.id
        return Invalid(f"{self._process.file}:{where}: '{where}' {sentence}")

    def _plain(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return Step(spec, element, flows)

    def _throw(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return ThrowEvent(spec, element, flows)

    def _terminate(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return TerminateEvent(spec, element, flows)

    def _catch(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return CatchEvent(spec, element, flows, trigger=self._trigger(element))

    def _boundary(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return BoundaryEvent(spec, element, flows, trigger=self._trigger(element))

    def _trigger(self, element: Element) -> Trigger:
        if element.event == "timer":
            return Timer(element)
        if element.event == "message":
            return self._message(element)
        return Thrown()

    def _message(self, element: Element) -> Message:
        if not element.event_reference:
            raise self._invalid(element.id, "waits for a message without a name")
        return Message(element.event_reference, element.correlation_key)

    def _exclusive(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return ExclusiveGateway(spec, element, flows)

    def _event_gateway(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        for flow in flows:
            if self._process.elements[flow.target].kind != "intermediateCatchEvent":
                raise self._invalid(flow.id, "leaves an event gateway for what is no catch event")
        return EventGateway(spec, element, flows)

    def _parallel(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        incoming = self._process.incoming(element.id)
        return ParallelGateway(spec, element, flows, incoming=incoming)

    def _inclusive(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        incoming = self._process.incoming(element.id)
        return InclusiveGateway(spec, element, flows, incoming=incoming)

    def _user(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return tasks.UserTask(spec, element, flows, name=_spec_name(element))

    def _passing(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        return tasks.PassingTask(spec, element, flows, name=_spec_name(element))

    def _script(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        if element.script is None:
            raise self._invalid(element.id, "is a script task without a FEEL expression")
        return tasks.ScriptTask(spec, element, flows, name=_spec_name(element))

    def _rule(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        model = self._decisions.get(element.decision_id or "")
        if model is None:
            raise self._invalid(element.id, f"asks '{element.decision_id}', which does not exist")
        return tasks.BusinessRuleTask(spec, element, flows, model=model, name=_spec_name(element))

    def _receive(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        trigger = self._message(element)
        return ReceiveTask(spec, element, flows, trigger=trigger, name=_spec_name(element))

    def _sub_process(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        inside = self._name(element.id)
        return tasks.SubProcess(spec, element, flows, inside=inside, name=_spec_name(element))

    def _call(self, spec: ProcessSpec, element: Element, flows: tuple[Flow, ...]) -> Step:
        called = element.called_element
        if not called or called.startswith("="):
            raise self._invalid(element.id, "does not name the process that it calls")
        return tasks.CallActivity(spec, element, flows, inside=called, name=_spec_name(element))


_Build = Callable[[ProcessBuilder, ProcessSpec, Element, tuple[Flow, ...]], Step]
_BUILDERS: Mapping[tuple[str, str | None], _Build] = {
    ("startEvent", None): ProcessBuilder._plain,
    ("endEvent", None): ProcessBuilder._throw,
    ("endEvent", "escalation"): ProcessBuilder._throw,
    ("endEvent", "terminate"): ProcessBuilder._terminate,
    ("intermediateThrowEvent", None): ProcessBuilder._throw,
    ("intermediateThrowEvent", "escalation"): ProcessBuilder._throw,
    ("intermediateCatchEvent", "timer"): ProcessBuilder._catch,
    ("intermediateCatchEvent", "message"): ProcessBuilder._catch,
    ("boundaryEvent", "timer"): ProcessBuilder._boundary,
    ("boundaryEvent", "message"): ProcessBuilder._boundary,
    ("boundaryEvent", "escalation"): ProcessBuilder._boundary,
    ("exclusiveGateway", None): ProcessBuilder._exclusive,
    ("parallelGateway", None): ProcessBuilder._parallel,
    ("inclusiveGateway", None): ProcessBuilder._inclusive,
    ("eventBasedGateway", None): ProcessBuilder._event_gateway,
    ("userTask", None): ProcessBuilder._user,
    ("task", None): ProcessBuilder._passing,
    ("manualTask", None): ProcessBuilder._passing,
    ("sendTask", None): ProcessBuilder._passing,
    ("scriptTask", None): ProcessBuilder._script,
    ("businessRuleTask", None): ProcessBuilder._rule,
    ("receiveTask", "message"): ProcessBuilder._receive,
    ("subProcess", None): ProcessBuilder._sub_process,
    ("callActivity", None): ProcessBuilder._call,
}


def _spec_name(element: Element) -> str:
    return element.id if element.loop is None else element.id + _INSTANCE
