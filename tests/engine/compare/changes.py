"""Changes of one thing in an authority's files, each with the kind of entry that must tell it."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from engine.definitions import AuthorityDefinition

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
DI = "http://www.omg.org/spec/DD/20100524/DI"
TASKS = ("userTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "callActivity")


@dataclass(frozen=True, kw_only=True)
class Change:
    """Files in which one thing is other, and what is to be reported: where, and of which kind."""

    path: str
    content: bytes = field(repr=False)
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
    spaces = {"b": BPMN[1:-1], "z": ZEEBE[1:-1], "d": DMN[1:-1], "c": BOUNDS[1:-7], "w": DI}
    for path, root in _xml(definition, ".dmn" if area == "tables" else ".bpmn"):
        for index in range(len(root.xpath(query, namespaces=spaces))):
            fresh = etree.fromstring(definition.sources[path])
            node = fresh.xpath(query, namespaces=spaces)[index]
            if change(node) is not False:
                yield Change(path=path, content=etree.tostring(fresh), area=area, kind=kind)


def _property(name: str, value: Callable[[str], str], kind: str) -> Callable[..., Changes]:
    def changes(definition: AuthorityDefinition) -> Changes:
        query = f"//z:property[@name='{name}']"
        if name in ("source.clause", "source.strength"):
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


def _rule_added(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        rule = copy.deepcopy(node)
        for entry in (rule, *rule.iter()):
            if entry.get("id"):
                entry.set("id", f"{entry.get('id')}_new")
        for text in rule.xpath(".//*[local-name()='text']"):
            text.text = '"new"'
        node.addnext(rule)

    return _each(definition, "//d:rule", change, kind="rule_added", area="tables")


def _row_clause(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = f"ZZ-99, {node.text}"

    query = "//d:rule/d:description"
    return _each(definition, query, change, kind="rule_clauses", area="tables")


def _column_removed(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        table = node.getparent()
        index = table.findall(node.tag).index(node)
        rules = [rule.findall(f"{DMN}inputEntry") for rule in table.findall(f"{DMN}rule")]
        table.remove(node)
        for entries in rules:
            entries[index].getparent().remove(entries[index])
        return None

    return _each(definition, "//d:input", change, kind="input_removed", area="tables")


def _widths(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("{http://bpmn.io/schema/dmn/biodi/2.0}width", "444")

    return _each(definition, "//d:input | //d:output", change, kind="none", area="tables")


def _rule_removed(definition: AuthorityDefinition) -> Changes:
    return _each(
        definition,
        "//d:rule",
        lambda node: node.getparent().remove(node),
        kind="rule_removed",
        area="tables",
    )


def _element_clause(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("value", f"{node.get('value')}, ZZ-99")

    query = (
        "//z:properties[not(z:property[@name='deadline.name'])]/z:property[@name='source.clause']"
    )
    return _each(definition, query, change, kind="clauses")


def _decision_called(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        others = [key for key in definition.decisions if key != node.get("decisionId")]
        node.set("decisionId", others[0])
        return None

    return _each(definition, "//z:calledDecision", change, kind="decision")


def _form_used(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        used = definition.forms[node.get("formId")]
        node.set("formId", next(f.id for f in definition.forms.values() if not _is_alike(f, used)))

    return _each(definition, "//z:formDefinition", change, kind="form")


def _is_alike(a: Any, b: Any) -> bool:
    return [field.key for field in a.walk()] == [field.key for field in b.walk()]


def _message(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        root = node.getroottree().getroot()
        etree.SubElement(root, f"{BPMN}message", id="other_message", name="other_message")
        node.set("messageRef", "other_message")

    return _each(definition, "//b:*[@messageRef]", change, kind="event")


def _mapping(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        if node.getparent().xpath(f"count(*[@target='{node.get('target')}'])") > 1:
            return False
        node.set("source", '="changed"')
        return None

    return _each(definition, "//z:ioMapping/z:input", change, kind="mapping")


def _guidance(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        if node.getparent().tag == f"{BPMN}process":
            return False
        node.text = f"{node.text} And more."
        return None

    return _each(definition, "//b:process//b:documentation", change, kind="guidance")


def _rewired(definition: AuthorityDefinition) -> Changes:
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

    return _each(definition, "//b:sequenceFlow", change, kind="flow")


def _lines(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("y", str(float(node.get("y")) + 10))

    return _each(definition, "//w:waypoint", change, kind="none")


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


def _no_option(parts: list[Any], index: int) -> bool | None:
    values = parts[index].get("values")
    if not values or {v["value"] for v in values} <= {"true", "false", True, False}:
        return False
    values.pop()
    return None


def _shown(parts: list[Any], index: int) -> None:
    parts[index]["layout"] = {"row": "Row_other", "columns": 4}


def _new_field(parts: list[Any], index: int) -> None:
    parts.insert(index, {"type": "textfield", "key": "new_question", "label": "New?"})


def _validate(parts: list[Any], index: int) -> None:
    parts[index].setdefault("validate", {})["maxLength"] = 77


def _field_clause(parts: list[Any], index: int) -> None:
    properties = parts[index].setdefault("properties", {})
    properties["source.clause"] = f"ZZ-99,{properties.get('source.clause', '')}"


def _hint(parts: list[Any], index: int) -> None:
    parts[index]["description"] = "Another hint."


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
    "option removed": _form("option_removed", lambda parts, i: _no_option(parts, i)),
    "field added": _form("field_added", _new_field),
    "field validation": _form("field_validation", _validate),
    "field clause": _form("field_clauses", _field_clause),
    "field hint": _form("field_hint", _hint),
    "row clause": _row_clause,
    "rule added": _rule_added,
    "input removed": _column_removed,
    "clause of a task": _element_clause,
    "assumption": _property("source.assumption", lambda v: v + "_other", "assumption"),
    "decision called": _decision_called,
    "form used": _form_used,
    "message": _message,
    "input": _mapping,
    "guidance": _guidance,
    "flow": _rewired,
    "layout": _layout,
    "lines": _lines,
    "widths": _widths,
    "place in the form": _form("none", _shown),
    "name": _name,
}
