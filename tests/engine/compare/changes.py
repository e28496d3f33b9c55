"""Changes of one thing in an authority's files, each with the kind of entry that must tell it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.definitions import AuthorityDefinition

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
TASKS = ("userTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "callActivity")


@dataclass(frozen=True, kw_only=True)
class Change:
    """Files in which one thing is other, and what is to be reported: where, and of which kind."""

    path: str
    content: bytes
    area: str
    kind: str


Changes = Iterator[Change]


def _xml(definition: AuthorityDefinition, suffix: str) -> Iterator[tuple[str, Any]]:
    for path in sorted(definition.sources):
        if path.endswith(suffix):
            yield path, etree.fromstring(definition.sources[path])


def _each(
    definition: AuthorityDefinition,
    query: str,
    change: Callable[[Any], object],
    *,
    kind: str,
    area: str = "diagrams",
) -> Changes:
    """One change for each node that the query finds; `change` returns False to leave it out."""
    spaces = {"b": BPMN[1:-1], "z": ZEEBE[1:-1], "d": DMN[1:-1], "c": BOUNDS[1:-7]}
    for path, root in _xml(definition, ".dmn" if area == "tables" else ".bpmn"):
        for index in range(len(root.xpath(query, namespaces=spaces))):
            fresh = etree.fromstring(definition.sources[path])
            node = fresh.xpath(query, namespaces=spaces)[index]
            if change(node) is not False:
                yield Change(path=path, content=etree.tostring(fresh), area=area, kind=kind)


def _property(name: str, value: Callable[[str], str], kind: str) -> Callable[..., Changes]:
    def changes(definition: AuthorityDefinition) -> Changes:
        query = f"//z:property[@name='{name}']"
        if name.startswith("source"):
            query = f"//z:properties[z:property[@name='deadline.name']]/z:property[@name='{name}']"
        return _each(
            definition, query, lambda node: node.set("value", value(node.get("value"))), kind=kind
        )

    return changes


def _condition(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = f"=({node.text.removeprefix('=')}) and case_id != null"

    return _each(definition, "//b:conditionExpression", change, kind="condition")


def _group(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        others = (role for role in definition.roles if role != node.get("candidateGroups"))
        node.set("candidateGroups", next(others))

    return _each(definition, "//z:assignmentDefinition", change, kind="role")


def _cell(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = '"changed"'

    query = "//d:rule/d:inputEntry/d:text | //d:rule/d:outputEntry/d:text"
    return _each(definition, query, change, kind="cell", area="tables")


def _policy(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("hitPolicy", "ANY" if node.get("hitPolicy") == "FIRST" else "FIRST")

    return _each(definition, "//d:decisionTable", change, kind="hit_policy", area="tables")


def _rule_removed(definition: AuthorityDefinition) -> Changes:
    return _each(
        definition,
        "//d:rule",
        lambda node: node.getparent().remove(node),
        kind="rule_removed",
        area="tables",
    )


def _layout(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("x", str(float(node.get("x")) + 10))

    return _each(definition, "//c:Bounds", change, kind="none")


def _name(definition: AuthorityDefinition) -> Changes:
    return _each(definition, "//b:*[@name]", lambda n: n.set("name", "Other") if not _is_said(n)
                 else False, kind="none")  # fmt: skip


def _is_said(node: Any) -> bool:
    """Messages, errors and escalations go by their names."""
    return node.tag.removeprefix(BPMN) in ("message", "error", "escalation", "signal")


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


def _removed(definition: AuthorityDefinition) -> Changes:
    return _each(definition, _task_query(), _splice_out, kind="removed")


def _added(definition: AuthorityDefinition) -> Changes:
    def change(flow: Any) -> None:
        _splice_in(flow, etree.Element(f"{BPMN}userTask", id="new_task", name="New task"))

    return _each(definition, "//b:sequenceFlow", change, kind="added")


def _moved(definition: AuthorityDefinition) -> Changes:
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

    return _each(definition, _task_query(), change, kind="moved")


def _form(kind: str, change: Callable[[list[Any], int], object]) -> Callable[..., Changes]:
    def changes(definition: AuthorityDefinition) -> Changes:
        for path in sorted(definition.sources):
            if not path.endswith(".form"):
                continue
            count = len(json.loads(definition.sources[path])["components"])
            for index in range(count):
                data = json.loads(definition.sources[path])
                parts = data["components"]
                if "key" in parts[index] and change(parts, index) is not False:
                    yield Change(
                        path=path, content=json.dumps(data).encode(), area="forms", kind=kind
                    )

    return changes


def _hide(parts: list[Any], index: int) -> None:
    parts[index]["conditional"] = {"hide": "=case_id = null"}


def _require(parts: list[Any], index: int) -> None:
    rules = parts[index].setdefault("validate", {})
    rules["required"] = not rules.get("required", False)


def _option(parts: list[Any], index: int) -> bool | None:
    values = parts[index].get("values")
    if not values or {v["value"] for v in values} <= {"true", "false", True, False}:
        return False
    values.append({"label": "New", "value": "new"})
    return None


CHANGES: dict[str, Callable[[AuthorityDefinition], Changes]] = {
    "amount": _property("deadline.amount", lambda v: str(int(v) + 1), "deadline_amount"),
    "unit": _property("deadline.unit", lambda v: "days" + v, "deadline_unit"),
    "start": _property("deadline.from", lambda v: v + "_other", "deadline_from"),
    "clause": _property("source.clause", lambda v: v + ", ZZ-99", "deadline_clauses"),
    "strength": _property("source.strength", lambda v: "not " + v, "deadline_strength"),
    "recipient": _property("notify.recipient", lambda v: v + "_other", "recipient"),
    "notice": _property("notify.kind", lambda v: v + "_other", "notice"),
    "outcome": _property("outcome", lambda _: "changed", "outcome"),
    "record": _property("record", lambda _: "changed", "record"),
    "condition": _condition,
    "group": _group,
    "task removed": _removed,
    "task added": _added,
    "task moved": _moved,
    "cell": _cell,
    "hit policy": _policy,
    "rule removed": _rule_removed,
    "field removed": _form("field_removed", lambda parts, index: parts.pop(index) and None),
    "field type": _form("field_type", lambda parts, i: parts[i].update(type="number")),
    "field hidden": _form("field_hide", _hide),
    "field required": _form("field_required", _require),
    "option": _form("option_added", _option),
    "layout": _layout,
    "name": _name,
}
