"""The engines that decide beside Frontdoor: zen-engine and bkflow-feel."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import zen
from bkflow_feel import parser, transformer

from engine.dmn.model import Table

Inputs = Mapping[str, Any]
Decide = Callable[[Inputs], Any]
UNARY_NAME = "x"  # what bkflow-feel calls the input, which has no name of its own there


def zen_table(table: Table) -> tuple[Decide, Decide]:
    """The table in zen-engine's own form: decides, and decides with a trace of the rules."""
    decision = zen.ZenEngine().create_decision(json.dumps(_zen_model(table)))
    name = table.outputs[0].name

    def value(inputs: Inputs) -> Any:
        return decision.evaluate(inputs)["result"][name]

    def traced(inputs: Inputs) -> Any:
        answer = decision.evaluate(inputs, {"trace": True})
        return answer["result"][name], answer["trace"]

    return value, traced


def zen_unary(text: str) -> Decide:
    """A compiled unary test of zen-engine."""
    compiled = zen.compile_unary_expression(_zen_cell(text))
    return lambda inputs: compiled.evaluate(inputs)


def bkflow_table(table: Table) -> tuple[Decide, Decide]:
    """The table with bkflow-feel's syntax trees: the first match, and every rule that matches."""
    columns = [column.expression for column in table.inputs]
    rules = [
        (
            rule.id,
            [_tree(_bkflow_cell(name, text)) for name, text in _filled(columns, rule.inputs)],
            _tree(rule.outputs[0]),
        )
        for rule in table.rules
    ]

    def every(inputs: Inputs) -> Any:
        matching = []
        for identity, tests, output in rules:
            for test in tests:
                if not test.evaluate(inputs):
                    break
            else:
                matching.append((output.evaluate(inputs), identity))
        return matching[0]

    return _first(rules), every


def _first(rules: list[tuple[str, list[Any], Any]]) -> Decide:
    def first(inputs: Inputs) -> Any:
        for _, tests, output in rules:
            for test in tests:
                if not test.evaluate(inputs):
                    break
            else:
                return output.evaluate(inputs)
        return None

    return first


def bkflow_unary(text: str) -> Decide:
    """A syntax tree of bkflow-feel."""
    compiled = _tree(_bkflow_cell(UNARY_NAME, text))
    return lambda inputs: compiled.evaluate(inputs)


def _filled(columns: list[str], cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in zip(columns, cells, strict=True) if text != "-")


def _tree(text: str) -> Any:
    return transformer.transform(parser.parse(text))


def _bkflow_cell(name: str, text: str) -> str:
    """The unary test as an expression: bkflow-feel has no unary tests."""
    if text.startswith("not("):
        return f"{name} != {text[4:-1]}"
    if text[0] in "<>":
        return f"{name} {text}"
    if text[0] in "[(":
        return f"{name} in {text}"
    return f"{name} in [{text}]" if "," in text else f"{name} = {text}"


def _zen_cell(text: str) -> str:
    """The unary test as zen-engine writes it: it negates booleans only."""
    if text.startswith("not("):
        return f"$ != {text[4:-1]}"
    return "" if text == "-" else text


def _zen_model(table: Table) -> dict[str, Any]:
    columns, output = [column.expression for column in table.inputs], table.outputs[0].name
    rules = [
        {
            "_id": rule.id,
            **dict(zip(columns, map(_zen_cell, rule.inputs), strict=True)),
            output: rule.outputs[0],
        }
        for rule in table.rules
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in columns],
        "outputs": [{"id": output, "name": output, "field": output}],
        "rules": rules,
    }
    return {
        "nodes": [
            {"id": "start", "type": "inputNode", "name": "start"},
            {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
            {"id": "end", "type": "outputNode", "name": "end"},
        ],
        "edges": [
            {"id": "to_table", "sourceId": "start", "targetId": "table"},
            {"id": "to_end", "sourceId": "table", "targetId": "end"},
        ],
    }
