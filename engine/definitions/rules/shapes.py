"""The drawing: what runs is seen."""

import math
import re
from collections.abc import Iterator

from engine.definitions.diagram import Diagram, Node, local, owner
from engine.definitions.names import BPMN, BPMNDI, FLOW_NODES, SUB_PROCESSES
from engine.definitions.problems import Finding

_EDGES = {"sequenceFlow", "messageFlow"}
_DRAWN = FLOW_NODES | _EDGES | {"lane", "participant"}
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_COLOUR_NAME = re.compile(r"[a-zA-Z]+")
_PALE = {"white", "transparent", "none", "snow", "ivory", "ghostwhite", "whitesmoke", "azure"}
_FAR = 8_000
_LEAST = 10


def shapes(diagram: Diagram) -> Iterator[Finding]:
    """Everything that runs is drawn, in sight: a shape for each element, an edge for each flow."""
    drawn = _drawn(diagram)
    for node in diagram.root.iter(f"{{{BPMN}}}*"):
        tag = local(node)
        if tag not in _DRAWN or (tag == "participant" and not node.get("id")):
            continue
        where = drawn.get(node.get("id", ""))
        problem = _missing(tag) if where is None else _out_of_sight(node, where)
        if problem:
            yield Finding(element=owner(node), message=problem)
    yield from _stacked(diagram, drawn)


def _drawn(diagram: Diagram) -> dict[str, Node]:
    """The shape or edge by the id of what it draws; a viewer shows the first diagram only."""
    first = diagram.root.find(f"{{{BPMNDI}}}BPMNDiagram")
    if first is None:
        return {}
    result: dict[str, Node] = {}
    for node in first.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge"):
        result.setdefault(node.get("bpmnElement", ""), node)
    return result


def _missing(tag: str) -> str:
    if tag in _EDGES:
        return "The flow is not drawn: it has no edge. Draw it, or delete it."
    return "The element is not drawn: it has no shape. Draw it, or delete it."


def _out_of_sight(node: Node, shape: Node) -> str | None:
    if local(node) in SUB_PROCESSES and shape.get("isExpanded") != "true":
        return "The sub-process is collapsed: expand it, so that readers see what runs."
    if any(_is_pale(str(value)) for key, value in shape.attrib.items() if _is_line(str(key))):
        return "The element is drawn in a colour that nobody sees. Delete the colour."
    points = list(_numbers(shape))
    if not points or any(abs(number) > _FAR for number in points):
        return "The element is drawn out of sight. Move it to where readers see it."
    bounds = _bounds(shape)
    if local(node) not in _EDGES and (bounds is None or min(bounds[2:]) < _LEAST):
        return f"The shape has no size: draw it at least {_LEAST} wide and high."
    return None


def _is_line(attribute: str) -> bool:
    return attribute.rpartition("}")[2] in ("stroke", "border-color", "fill-opacity", "opacity")


def _is_pale(colour: str) -> bool:
    match = _HEX.fullmatch(colour.strip())
    if match is None:
        return not _COLOUR_NAME.fullmatch(colour.strip()) or colour.strip().lower() in _PALE
    digits = match.group(1)
    channels = [digits[i : i + len(digits) // 3] for i in range(0, len(digits), len(digits) // 3)]
    return all(channel[0] in "eEfF" for channel in channels)


def _numbers(shape: Node) -> Iterator[float]:
    for child in shape.iterchildren("{*}Bounds", "{*}waypoint"):
        for name in ("x", "y", "width", "height"):
            if child.get(name) is not None:
                yield _number(child.get(name, ""))


def _bounds(shape: Node) -> tuple[float, ...] | None:
    found = shape.find("{*}Bounds")
    if found is None:
        return None
    return tuple(_number(found.get(name, "0")) for name in ("x", "y", "width", "height"))


def _number(digits: str) -> float:
    try:
        value = float(digits)
    except ValueError:
        return float("inf")
    return float("inf") if math.isnan(value) else value


def _stacked(diagram: Diagram, drawn: dict[str, Node]) -> Iterator[Finding]:
    seen: dict[tuple[float, ...], str] = {}
    for process in diagram.processes:
        for identifier in process.elements:
            bounds = _bounds(drawn[identifier]) if identifier in drawn else None
            if bounds is None:
                continue
            if bounds in seen:
                message = f"The element lies exactly upon {seen[bounds]!r}. Move one of them."
                yield Finding(element=identifier, message=message)
            seen.setdefault(bounds, identifier)
