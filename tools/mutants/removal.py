"""Takes elements out of a diagram so that what is left is still drawn as it should be."""

from collections.abc import Iterable

from lxml import etree

from tools.mutants.mutant import children

_STARTS = ("startEvent", "boundaryEvent")
_NODES = ("Task", "Event", "Gateway", "callActivity", "subProcess", "task")


def flows_of(root: etree._Element, end: str, name: str) -> list[etree._Element]:
    """The sequence flows whose `end` (sourceRef or targetRef) is the element of that id."""
    return [flow for flow in root.iter("{*}sequenceFlow") if flow.get(end) == name]


def swap_targets(root: etree._Element, one: etree._Element, other: etree._Element) -> None:
    """Let each of two flows lead where the other did."""
    first, second = str(one.get("targetRef")), str(other.get("targetRef"))
    _lead(root, one, second)
    _lead(root, other, first)


def remove_task(root: etree._Element, task: etree._Element) -> None:
    """Take a task out: what led to it leads on, and its boundary events go with it."""
    name = str(task.get("id"))
    [onward] = flows_of(root, "sourceRef", name)
    target = str(onward.get("targetRef"))
    _remove_flow(root, onward)
    for flow in flows_of(root, "targetRef", name):
        _lead(root, flow, target)
    for event in list(root.iter("{*}boundaryEvent")):
        if event.get("attachedToRef") == name:
            _remove_node(root, event)
    _remove_node(root, task)
    _remove_unreached(root)


def _lead(root: etree._Element, flow: etree._Element, target: str) -> None:
    """Let a flow lead to another element; both elements list it as they should."""
    name, before = str(flow.get("id")), str(flow.get("targetRef"))
    _unlist(root, before, name)
    flow.set("targetRef", target)
    node = with_id(root, target)
    listed = etree.Element(str(flow.tag).replace("sequenceFlow", "incoming"))
    listed.text = name
    places = [place for place, child in enumerate(node) if _local(child) in _BEFORE_INCOMING]
    node.insert(max(places, default=-1) + 1, listed)


_BEFORE_INCOMING = ("documentation", "extensionElements", "incoming")


def _unlist(root: etree._Element, element: str, flow: str) -> None:
    for name in ("incoming", "outgoing"):
        for listed in list(children(with_id(root, element), name)):
            if (listed.text or "").strip() == flow:
                _detach(listed)


def _remove_flow(root: etree._Element, flow: etree._Element) -> None:
    for end in ("sourceRef", "targetRef"):
        _unlist(root, str(flow.get(end)), str(flow.get("id")))
    _remove_drawn(root, flow)


def _remove_node(root: etree._Element, node: etree._Element) -> None:
    name = str(node.get("id"))
    for flow in (*flows_of(root, "sourceRef", name), *flows_of(root, "targetRef", name)):
        _remove_flow(root, flow)
    for reference in list(root.iter("{*}flowNodeRef")):
        if (reference.text or "").strip() == name:
            _detach(reference)
    _remove_drawn(root, node)


def _remove_unreached(root: etree._Element) -> None:
    """Take out what nothing leads to any more, until everything is reached."""
    while unreached := [node for node in _nodes(root) if _is_unreached(root, node)]:
        _remove_node(root, unreached[0])


def _nodes(root: etree._Element) -> Iterable[etree._Element]:
    return (node for node in root.iter("{*}*") if _local(node).endswith(_NODES) and node.get("id"))


def _is_unreached(root: etree._Element, node: etree._Element) -> bool:
    if _local(node) in _STARTS:
        return False
    return not flows_of(root, "targetRef", str(node.get("id")))


def _remove_drawn(root: etree._Element, node: etree._Element) -> None:
    """Take an element out, and its shape or edge with it."""
    for shape in list(root.iter("{*}BPMNShape", "{*}BPMNEdge")):
        if shape.get("bpmnElement") == node.get("id"):
            _detach(shape)
    _detach(node)


def _detach(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def with_id(root: etree._Element, name: str) -> etree._Element:
    """The element of that id."""
    return next(node for node in root.iter("{*}*") if node.get("id") == name)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
