"""Changes of one thing in an authority's files, each with the kind of entry that must tell it."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from engine.definitions import AuthorityDefinition
from tests.engine.compare import flow_changes, form_changes, table_changes
from tests.engine.compare.altering import BPMN, Change, Changes, each, prop

__all__ = ["CHANGES", "Change"]


def _condition(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = f"=({node.text.removeprefix('=')}) and case_id != null"

    return each(definition, "//b:conditionExpression", change, kind="condition")


def _group(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        others = (role for role in definition.roles if role != node.get("candidateGroups"))
        node.set("candidateGroups", next(others))

    return each(definition, "//z:assignmentDefinition", change, kind="role")


def _element_clause(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("value", f"{node.get('value')}, ZZ-99")

    query = (
        "//z:properties[not(z:property[@name='deadline.name'])]/z:property[@name='source.clause']"
    )
    return each(definition, query, change, kind="clauses")


def _decision_called(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        others = [key for key in definition.decisions if key != node.get("decisionId")]
        node.set("decisionId", others[0])
        return None

    return each(definition, "//z:calledDecision", change, kind="decision")


def _form_used(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        used = definition.forms[node.get("formId")]
        node.set("formId", next(f.id for f in definition.forms.values() if not _is_alike(f, used)))

    return each(definition, "//z:formDefinition", change, kind="form")


def _is_alike(a: Any, b: Any) -> bool:
    return [field.key for field in a.walk()] == [field.key for field in b.walk()]


def _message(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        root = node.getroottree().getroot()
        etree.SubElement(root, f"{BPMN}message", id="other_message", name="other_message")
        node.set("messageRef", "other_message")

    return each(definition, "//b:*[@messageRef]", change, kind="event")


def _mapping(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        if node.getparent().xpath(f"count(*[@target='{node.get('target')}'])") > 1:
            return False
        node.set("source", '="changed"')
        return None

    return each(definition, "//z:ioMapping/z:input", change, kind="mapping")


def _guidance(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        if node.getparent().tag == f"{BPMN}process":
            return False
        node.text = f"{node.text} And more."
        return None

    return each(definition, "//b:process//b:documentation", change, kind="guidance")


def _lines(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("y", str(float(node.get("y")) + 10))

    return each(definition, "//w:waypoint", change, kind="none")


def _layout(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("x", str(float(node.get("x")) + 10))

    return each(definition, "//c:Bounds", change, kind="none")


def _name(definition: AuthorityDefinition) -> Changes:
    return each(definition, "//b:*[@name]", lambda n: n.set("name", "Other") if not _is_said(n)
                 else False, kind="none")  # fmt: skip


def _is_said(node: Any) -> bool:
    """Messages, errors and escalations go by their names."""
    return node.tag.removeprefix(BPMN) in ("message", "error", "escalation", "signal")


CHANGES: dict[str, Callable[[AuthorityDefinition], Changes]] = {
    "amount": prop("deadline.amount", lambda v: str(int(v) + 1), "deadline_amount"),
    "unit": prop("deadline.unit", lambda v: "days" + v, "deadline_unit"),
    "start": prop("deadline.from", lambda v: v + "_other", "deadline_from"),
    "clause": prop("source.clause", lambda v: v + ", ZZ-99", "deadline_clauses"),
    "strength": prop("source.strength", lambda v: "not " + v, "deadline_strength"),
    "recipient": prop("notify.recipient", lambda v: v + "_other", "recipient"),
    "notice": prop("notify.kind", lambda v: v + "_other", "notice"),
    "outcome": prop("outcome", lambda _: "changed", "outcome"),
    "record": prop("record", lambda _: "changed", "record"),
    "condition": _condition,
    "group": _group,
    "task removed": flow_changes.removed,
    "task added": flow_changes.added,
    "task moved": flow_changes.moved,
    "cell": table_changes.cell,
    "hit policy": table_changes.policy,
    "rule removed": table_changes.rule_removed,
    "field removed": form_changes.form(
        "field_removed", lambda parts, index: parts.pop(index) and None
    ),
    "field type": form_changes.form("field_type", lambda parts, i: parts[i].update(type="number")),
    "field hidden": form_changes.form("field_hide", form_changes.hide),
    "field required": form_changes.form("field_required", form_changes.require),
    "option": form_changes.form("option_added", form_changes.option),
    "option removed": form_changes.form(
        "option_removed", lambda parts, i: form_changes.no_option(parts, i)
    ),
    "field added": form_changes.form("field_added", form_changes.new_field),
    "field validation": form_changes.form("field_validation", form_changes.validate),
    "field clause": form_changes.form("field_clauses", form_changes.field_clause),
    "field hint": form_changes.form("field_hint", form_changes.hint),
    "row clause": table_changes.row_clause,
    "rule added": table_changes.rule_added,
    "input removed": table_changes.column_removed,
    "clause of a task": _element_clause,
    "assumption": prop("source.assumption", lambda v: v + "_other", "assumption"),
    "decision called": _decision_called,
    "form used": _form_used,
    "message": _message,
    "input": _mapping,
    "guidance": _guidance,
    "flow": flow_changes.rewired,
    "layout": _layout,
    "lines": _lines,
    "widths": table_changes.widths,
    "place in the form": form_changes.form("none", form_changes.shown),
    "name": _name,
}
