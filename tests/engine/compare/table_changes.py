"""Changes of one thing in a decision table."""

import copy
from typing import Any

from engine.definitions import AuthorityDefinition
from tests.engine.compare.altering import DMN, Changes, each


def cell(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = '"changed"'

    query = "//d:rule/d:inputEntry/d:text | //d:rule/d:outputEntry/d:text"
    return each(definition, query, change, kind="cell", area="tables")


def policy(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("hitPolicy", "ANY" if node.get("hitPolicy") == "FIRST" else "FIRST")

    return each(definition, "//d:decisionTable", change, kind="hit_policy", area="tables")


def rule_added(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        rule = copy.deepcopy(node)
        for entry in (rule, *rule.iter()):
            if entry.get("id"):
                entry.set("id", f"{entry.get('id')}_new")
        for text in rule.xpath(".//*[local-name()='text']"):
            text.text = '"new"'
        node.addnext(rule)

    return each(definition, "//d:rule", change, kind="rule_added", area="tables")


def row_clause(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.text = f"ZZ-99, {node.text}"

    query = "//d:rule/d:description"
    return each(definition, query, change, kind="rule_clauses", area="tables")


def column_removed(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> bool | None:
        table = node.getparent()
        index = table.findall(node.tag).index(node)
        rules = [rule.findall(f"{DMN}inputEntry") for rule in table.findall(f"{DMN}rule")]
        table.remove(node)
        for entries in rules:
            entries[index].getparent().remove(entries[index])
        return None

    return each(definition, "//d:input", change, kind="input_removed", area="tables")


def widths(definition: AuthorityDefinition) -> Changes:
    def change(node: Any) -> None:
        node.set("{http://bpmn.io/schema/dmn/biodi/2.0}width", "444")

    return each(definition, "//d:input | //d:output", change, kind="none", area="tables")


def rule_removed(definition: AuthorityDefinition) -> Changes:
    return each(
        definition,
        "//d:rule",
        lambda node: node.getparent().remove(node),
        kind="rule_removed",
        area="tables",
    )
