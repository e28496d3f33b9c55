"""Reads Camunda 8 diagrams: BPMN XML in, process definitions out, nothing judged."""

from collections.abc import Iterator

from engine.definitions import source as reading
from engine.definitions.diagram import Diagram, Node, folded, local, text
from engine.definitions.elements import parse_element
from engine.definitions.model import Element, Flow, ProcessDefinition
from engine.definitions.names import BPMN, FLOW_NODES, bpmn
from engine.definitions.problems import unreadable

MAX_ELEMENTS = 20_000
_NAMED = ("message", "escalation", "error", "signal")


def parse_process(source: bytes, *, file: str) -> list[ProcessDefinition]:
    """The processes of a diagram; raises `Unusable` for a file that is no BPMN."""
    return list(parse_diagram(source, file=file).processes)


def parse_diagram(source: bytes, *, file: str) -> Diagram:
    """The diagram with its tree, as the rules want it; raises `Unusable` if it is no BPMN."""
    root = reading.read_xml(source, file=file)
    if root.tag != bpmn("definitions"):
        message = f"The file is not a BPMN diagram: its outermost element is <{local(root)}>."
        raise unreadable(file, "file_xml", message)
    size = sum(1 for _ in root.iter())
    if size > MAX_ELEMENTS:
        message = f"The diagram has {size:,} XML elements, more than {MAX_ELEMENTS:,}. Split it."
        raise unreadable(file, "file_size", message)
    definitions = {
        str(node.get("id")): node for tag in _NAMED for node in root.iterchildren(bpmn(tag))
    }
    processes = tuple(
        _process(node, definitions, source=source, file=file)
        for node in root.iterchildren(bpmn("process"))
    )
    return Diagram(file=file, root=root, processes=processes, definitions=definitions)


def _process(
    node: Node, definitions: dict[str, Node], *, source: bytes, file: str
) -> ProcessDefinition:
    lanes = _lanes(node)
    elements: dict[str, Element] = {}
    for child, parent in _flow_nodes(node):
        around = elements.get(parent) if parent else None
        lane = lanes.get(str(child.get("id"))) or (around.lane if around else None)
        element = parse_element(child, parent=parent, lane=lane, definitions=definitions)
        elements.setdefault(element.id, element)
    flows: dict[str, Flow] = {}
    for child in node.iter(bpmn("sequenceFlow")):
        flow = _flow(child)
        flows.setdefault(flow.id, flow)
    return ProcessDefinition(
        id=node.get("id", ""),
        name=folded(node.get("name")),
        file=file,
        source=source,
        elements=elements,
        flows=flows,
        lanes=tuple(folded(lane.get("name")) for lane in node.iter(bpmn("lane"))),
    )


def _flow_nodes(process: Node) -> Iterator[tuple[Node, str | None]]:
    """Every flow node with the id of the sub-process around it; a sub-process before its own."""
    for node in process.iterdescendants(f"{{{BPMN}}}*"):
        parent = node.getparent()
        if local(node) not in FLOW_NODES or parent is None:
            continue
        if parent is process:
            yield node, None
        elif local(parent) in FLOW_NODES and parent.get("id"):
            yield node, str(parent.get("id"))


def _lanes(process: Node) -> dict[str, str]:
    """Lane names by flow node id; of lanes inside one another the innermost counts."""
    result: dict[str, str] = {}
    for lane in process.iter(bpmn("lane")):
        for reference in lane.iterchildren(bpmn("flowNodeRef")):
            result[text(reference)] = folded(lane.get("name"))
    return result


def _flow(node: Node) -> Flow:
    condition = text(node.find(bpmn("conditionExpression"))) or None
    return Flow(
        id=node.get("id", ""),
        name=folded(node.get("name")),
        source=node.get("sourceRef", ""),
        target=node.get("targetRef", ""),
        condition=condition.removeprefix("=").strip() if condition else None,
    )
