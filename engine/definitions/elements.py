"""Reads one flow node of a diagram: what it is, and what its extensions say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.definitions.diagram import Node, folded, local, text
from engine.definitions.model import Element, IoMapping, Loop
from engine.definitions.names import EVENT_DEFINITIONS, TIMER_KINDS, bpmn, zeebe


def parse_element(
    node: Node, *, parent: str | None, lane: str | None, definitions: Mapping[str, Node]
) -> Element:
    """The flow node as a value; `definitions` are the file's messages, escalations and errors."""
    return Element(
        id=node.get("id", ""),
        kind=local(node),
        name=folded(node.get("name")),
        line=line_of(node),
        parent=parent,
        lane=lane,
        inputs=tuple(_mappings(node, "input")),
        outputs=tuple(_mappings(node, "output")),
        loop=_loop(node),
        attached_to=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") != "false",
        default_flow=node.get("default"),
        documentation=text(node.find(bpmn("documentation"))),
        properties=_properties(node),
        **_extensions(node),
        **_event(node, definitions),
    )


def line_of(node: Node) -> int:
    """The line of the file in which the node begins."""
    line: Any = node.sourceline
    return int(line or 0)


def extension(node: Node, tag: str) -> Node | None:
    """The node's own extension of that name, if it has one."""
    own = node.find(bpmn("extensionElements"))
    return None if own is None else own.find(zeebe(tag))


def without_equals(expression: str | None) -> str | None:
    """FEEL from a slot that is always FEEL: the leading `=` says so and is not part of it."""
    return None if expression is None else expression.strip().removeprefix("=").strip()


def _attribute(node: Node, tag: str, name: str) -> str | None:
    found = extension(node, tag)
    return None if found is None else found.get(name)


def _extensions(node: Node) -> dict[str, Any]:
    result = _attribute(node, "calledDecision", "resultVariable")
    return {
        "role": _attribute(node, "assignmentDefinition", "candidateGroups"),
        "form_id": _attribute(node, "formDefinition", "formId"),
        "called_element": _attribute(node, "calledElement", "processId"),
        "propagates_all": (
            _attribute(node, "calledElement", "propagateAllParentVariables") != "false",
            _attribute(node, "calledElement", "propagateAllChildVariables") != "false",
        ),
        "decision_id": _attribute(node, "calledDecision", "decisionId"),
        "result_variable": result or _attribute(node, "script", "resultVariable"),
        "script": without_equals(_attribute(node, "script", "expression")),
    }


def _mappings(node: Node, tag: str) -> Iterator[IoMapping]:
    mapping = extension(node, "ioMapping")
    if mapping is None:
        return
    for entry in mapping.iterchildren(zeebe(tag)):
        source = entry.get("source", "").strip()
        yield IoMapping(source=_feel(source), target=entry.get("target", ""))


def _feel(source: str) -> str:
    """FEEL as it is; text without `=`, which Camunda 8 takes literally, as a FEEL string."""
    if source.startswith("="):
        return source[1:].strip()
    return json.dumps(source, ensure_ascii=False)


def _properties(node: Node) -> dict[str, str]:
    properties = extension(node, "properties")
    if properties is None:
        return {}
    entries = properties.iterchildren(zeebe("property"))
    return {entry.get("name", ""): (entry.get("value") or "").strip() for entry in entries}


def _loop(node: Node) -> Loop | None:
    loop = node.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return None
    found = extension(loop, "loopCharacteristics")
    attributes: Any = {} if found is None else found.attrib
    return Loop(
        sequential=loop.get("isSequential") == "true",
        input_collection=without_equals(attributes.get("inputCollection")) or "",
        input_element=attributes.get("inputElement"),
        output_collection=attributes.get("outputCollection"),
        output_element=without_equals(attributes.get("outputElement")),
        completion_condition=without_equals(text(loop.find(bpmn("completionCondition"))) or None),
    )


def _event(node: Node, definitions: Mapping[str, Node]) -> dict[str, Any]:
    if local(node) == "receiveTask":
        return {"event": "message", **_message(node, definitions)}
    for child in node.iterchildren():
        kind = EVENT_DEFINITIONS.get(local(child)) if isinstance(child.tag, str) else None
        if kind == "timer":
            return {"event": kind, **_timer(child)}
        if kind == "message":
            return {"event": kind, **_message(child, definitions)}
        if kind:
            return {"event": kind, "event_reference": _code(child, kind, definitions)}
    return {}


def _timer(node: Node) -> dict[str, str | None]:
    for kind in TIMER_KINDS:
        found = node.find(bpmn(kind))
        if found is not None:
            return {"timer_kind": kind, "timer": text(found)}
    return {}


def _message(node: Node, definitions: Mapping[str, Node]) -> dict[str, str | None]:
    message = definitions.get(node.get("messageRef", ""))
    if message is None:
        return {}
    key = _attribute(message, "subscription", "correlationKey")
    return {
        "event_reference": folded(message.get("name")) or None,
        "correlation_key": without_equals(key),
    }


def _code(node: Node, kind: str, definitions: Mapping[str, Node]) -> str | None:
    named = definitions.get(node.get(f"{kind}Ref", ""))
    if named is None:
        return None
    return named.get(f"{kind}Code") or folded(named.get("name")) or None
