"""Sequence flows and gateways: every token can move on, and where it may go is written down."""

from collections.abc import Iterator

from engine.definitions.diagram import Diagram
from engine.definitions.graph import Graph
from engine.definitions.model import Element, Flow, ProcessDefinition
from engine.definitions.names import ACTIVITIES, GATEWAYS
from engine.definitions.problems import Finding

_DECIDING = ("exclusiveGateway", "inclusiveGateway")


def decides(process: ProcessDefinition, element: Element) -> bool:
    """Whether the element is a gateway that decides: exclusive or inclusive, several flows out."""
    return element.kind in _DECIDING and len(list(process.outgoing(element.id))) > 1


def dead_ends(diagram: Diagram) -> Iterator[Finding]:
    """Every path leads to an end event: a step without a flow out would wait for ever."""
    for process, element in _elements(diagram):
        leaves = any(True for _ in process.outgoing(element.id))
        if element.kind == "endEvent" and leaves:
            message = "A flow leaves the end event. Draw an intermediate event instead."
            yield Finding(element=element.id, message=message)
        elif element.kind != "endEvent" and not leaves:
            message = "No flow leaves the element: draw one to the next step or to an end event."
            yield Finding(element=element.id, message=message)


def unreachable(diagram: Diagram) -> Iterator[Finding]:
    """Every element is reached from a start event: what is not would be dropped silently."""
    for process in diagram.processes:
        reached = Graph(process).reachable()
        for element in process.elements.values():
            if element.kind in ("startEvent", "boundaryEvent"):
                if any(True for _ in process.incoming(element.id)):
                    message = "A flow leads to the event, which only starts a path. Redirect it."
                    yield Finding(element=element.id, message=message)
            elif element.id not in reached:
                message = "No path leads to the element: draw a flow to it, or delete it."
                yield Finding(element=element.id, message=message)


def sub_process_start(diagram: Diagram) -> Iterator[Finding]:
    """A sub-process has exactly one start event of its own, and it is a plain one."""
    for process, element in _elements(diagram):
        if element.kind == "subProcess":
            inner = [e for e in process.elements.values() if e.parent == element.id]
            if sum(1 for e in inner if e.kind == "startEvent") != 1:
                message = "The sub-process needs exactly one start event."
                yield Finding(element=element.id, message=message)


def implicit_split(diagram: Diagram) -> Iterator[Finding]:
    """Only gateways split: two flows out of a step would leave open whether both are meant."""
    for process, element in _elements(diagram):
        count = len(list(process.outgoing(element.id)))
        if count > 1 and element.kind not in GATEWAYS:
            message = f"{count} flows leave the element: draw a gateway that says how it splits."
            yield Finding(element=element.id, message=message)


def condition_place(diagram: Diagram) -> Iterator[Finding]:
    """A condition stands on a flow out of a deciding gateway; elsewhere it would be ignored."""
    for process in diagram.processes:
        for flow in process.flows.values():
            source = process.elements.get(flow.source)
            if flow.condition is not None and source and not decides(process, source):
                message = (
                    "The flow has a condition but leaves no exclusive or inclusive gateway with"
                    " several flows out. Draw such a gateway, or delete the condition."
                )
                yield Finding(element=flow.id, message=message)


def gateway_default(diagram: Diagram) -> Iterator[Finding]:
    """An exclusive gateway has a default flow; every flow but a default has a condition.

    An inclusive gateway may go without: if nothing holds, the step fails with an incident that
    names it, where a default might have to invent a branch.
    """
    for process, element in _elements(diagram):
        if decides(process, element):
            yield from _branches(element, list(process.outgoing(element.id)))
        elif element.default_flow and element.kind in _DECIDING:
            message = "The gateway has one flow out, so a default says nothing. Delete the default."
            yield Finding(element=element.id, message=message)
        elif element.default_flow:
            message = "Only an exclusive or inclusive gateway has a default flow. Delete it."
            yield Finding(element=element.id, message=message)


def event_gateway(diagram: Diagram) -> Iterator[Finding]:
    """Behind an event-based gateway stand only events that are waited for, at least two."""
    for process, element in _elements(diagram):
        if element.kind != "eventBasedGateway":
            continue
        targets = [process.elements.get(flow.target) for flow in process.outgoing(element.id)]
        if not targets[1:]:
            message = "The event-based gateway needs at least two events to wait for."
            yield Finding(element=element.id, message=message)
        for target in targets:
            if target and target.kind != "intermediateCatchEvent":
                message = "Behind an event-based gateway draw timer or message catch events."
                yield Finding(element=target.id, message=message)


def join_that_waits(diagram: Diagram) -> Iterator[Finding]:
    """A parallel gateway never joins branches that are alternatives: it would wait for ever."""
    for process in diagram.processes:
        graph = Graph(process)
        for element in process.elements.values():
            if element.kind != "parallelGateway":
                continue
            split = graph.choice_before(element.id)
            if split:
                message = (
                    f"The parallel gateway waits for branches that {split!r} does not all take."
                    " Join them with a gateway of the same kind as the one that splits."
                )
                yield Finding(element=element.id, message=message)


def endless_loop(diagram: Diagram) -> Iterator[Finding]:
    """Every loop passes a step that waits: a user task, a receive task, a timer, a message."""
    for process in diagram.processes:
        for loop in Graph(process).automatic_loops():
            message = (
                "The loop " + " → ".join([*loop, loop[0]]) + " never waits, so it might run for"
                " ever. Put a user task, a timer or a message into it."
            )
            yield Finding(element=loop[0], message=message)


def call_recursion(diagram: Diagram) -> Iterator[Finding]:
    """No process calls itself, directly or through others: it would never end."""
    yield from calls_itself(diagram.processes)


def calls_itself(processes: tuple[ProcessDefinition, ...]) -> Iterator[Finding]:
    """The call activities of these processes that lead back to the process they stand in."""
    calls = {
        process.id: {e.called_element for e in process.elements.values() if e.called_element}
        for process in processes
    }
    for process in processes:
        for element in process.elements.values():
            if element.called_element and process.id in _called(element.called_element, calls):
                message = (
                    f"The call of {element.called_element!r} leads back to {process.id!r}:"
                    " a process must not call itself."
                )
                yield Finding(element=element.id, message=message, file=process.file)


def _called(first: str, calls: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    pending = [first]
    while pending:
        process_id = pending.pop()
        if process_id not in reached:
            reached.add(process_id)
            pending.extend(calls.get(process_id, ()))
    return reached


def _elements(diagram: Diagram) -> Iterator[tuple[ProcessDefinition, Element]]:
    for process in diagram.processes:
        for element in process.elements.values():
            yield process, element


def _branches(gateway: Element, flows: list[Flow]) -> Iterator[Finding]:
    if gateway.default_flow is None and gateway.kind != "inclusiveGateway":
        message = "The gateway has no default flow: mark the one to take when no condition holds."
        yield Finding(element=gateway.id, message=message)
    for flow in flows:
        if flow.id == gateway.default_flow and flow.condition is not None:
            message = "The default flow has a condition, which is never asked. Delete it."
            yield Finding(element=flow.id, message=message)
        if flow.id != gateway.default_flow and flow.condition is None:
            message = "The flow has no condition: say in FEEL when it is taken."
            yield Finding(element=flow.id, message=message)


def boundary_hosts(diagram: Diagram) -> Iterator[Finding]:
    """Boundary events are attached to steps: nothing else lasts."""
    for process, element in _elements(diagram):
        host = process.elements.get(element.attached_to or "")
        if element.kind == "boundaryEvent" and host and host.kind not in ACTIVITIES:
            message = "Attach the boundary event to a task, call activity or sub-process."
            yield Finding(element=element.id, message=message)
