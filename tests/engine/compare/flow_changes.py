"""Changes of one task's place, or of where one flow leads."""

from typing import Any

from lxml import etree

from engine.definitions import AuthorityDefinition
from tests.engine.compare.altering import BPMN, Changes, each

TASKS = ("userTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "callActivity")


def rewired(definition: AuthorityDefinition) -> Changes:
    """Each flow to another task or event of its own level, where none yet leads there."""

    def change(flow: Any) -> bool | None:
        parent, source, target = flow.getparent(), flow.get("sourceRef"), flow.get("targetRef")
        tags = "b:userTask | b:sendTask | b:endEvent"
        nodes = parent.xpath(tags, namespaces={"b": BPMN[1:-1]})
        near = {source, target, *(f.get("targetRef") for f in _flows(parent, "sourceRef", source))}
        free = [node.get("id") for node in nodes if node.get("id") not in near]
        kept = len(_flows(parent, "targetRef", target)) > 1
        if not free or not kept:
            return False
        flow.set("targetRef", free[sum(map(ord, source)) % len(free)])
        return None

    return each(definition, "//b:sequenceFlow", change, kind="flow")


def _flows(process: Any, name: str, element: str) -> list[Any]:
    return [flow for flow in process.iter(f"{BPMN}sequenceFlow") if flow.get(name) == element]


def _splice_out(node: Any) -> str | bool:
    """Take a task out of its flow; return what followed it."""
    process = next(node.iterancestors(f"{BPMN}process"))
    key = node.get("id")
    after, before = _flows(process, "sourceRef", key), _flows(process, "targetRef", key)
    hosted = [e for e in process.iter(f"{BPMN}boundaryEvent") if e.get("attachedToRef") == key]
    if len(after) != 1 or not before or any(map(_is_interrupting, hosted)):
        return False
    for event in hosted:
        _drop(process, event.get("id"))
    target = str(after[0].get("targetRef"))
    for flow in before:
        flow.set("targetRef", target)
    after[0].getparent().remove(after[0])
    node.getparent().remove(node)
    return target


def _is_interrupting(event: Any) -> bool:
    return event.get("cancelActivity") != "false"


def _drop(process: Any, key: str) -> None:
    """Take out an element and all that follows it, unless something else leads there."""
    after = _flows(process, "sourceRef", key)
    (node,) = process.xpath(f".//*[@id='{key}']")
    node.getparent().remove(node)
    for flow in after:
        flow.getparent().remove(flow)
        if not _flows(process, "targetRef", flow.get("targetRef")):
            _drop(process, flow.get("targetRef"))


def _splice_in(flow: Any, node: Any) -> None:
    """Put a task into a flow."""
    parent, target = flow.getparent(), flow.get("targetRef")
    flow.set("targetRef", node.get("id"))
    parent.append(node)
    etree.SubElement(
        parent, f"{BPMN}sequenceFlow", id="flow_new", sourceRef=node.get("id"), targetRef=target
    )


def _task_query() -> str:
    return " | ".join(f"//b:{task}" for task in TASKS)


def removed(definition: AuthorityDefinition) -> Changes:
    return each(definition, _task_query(), _splice_out, kind="removed")


def added(definition: AuthorityDefinition) -> Changes:
    def change(flow: Any) -> None:
        _splice_in(flow, etree.Element(f"{BPMN}userTask", id="new_task", name="New task"))

    return each(definition, "//b:sequenceFlow", change, kind="added")


def moved(definition: AuthorityDefinition) -> Changes:
    """Each task, to the flow of its own level that is furthest from it in the file."""

    def change(node: Any) -> bool | None:
        parent, key = node.getparent(), node.get("id")
        target = not parent.xpath(f".//*[@attachedToRef='{key}']") and _splice_out(node)
        if target is False:
            return False
        free = [
            flow
            for flow in parent.iterchildren(f"{BPMN}sequenceFlow")
            if target not in (flow.get("targetRef"), flow.get("sourceRef"))
        ]
        if not free:
            return False
        index = sum(map(ord, key)) % len(free)
        _splice_in(free[index], node)
        return None

    return each(definition, _task_query(), change, kind="moved")
