"""Compiles a decision table: its columns, its rules, and the answer to its inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.dmn import hit_policy
from engine.dmn.draft import MAX_CELL, Draft
from engine.dmn.model import Input, Output, Rule, Table
from engine.dmn.source import child, children, line_of, own_text, text_of
from engine.feel.compare import equal
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.testers import Cell

MAX_COLUMNS: Final = 100
ANYTHING: Final = ("-", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class CompiledRule:
    """A rule: the tests that are not `-`, by column, and its outputs."""

    id: str
    tests: tuple[tuple[int, Cell], ...]
    outputs: tuple[Compiled, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What a table decided: the values of its inputs and the ids of the rules that count."""

    table: Table
    values: tuple[Value, ...]
    rules: tuple[str, ...]


def describe(element: etree._Element) -> Table:
    """The table as written."""
    return Table(
        id=element.get("id") or "",
        hit_policy=(element.get("hitPolicy") or "UNIQUE").upper(),
        aggregation=element.get("aggregation"),
        inputs=tuple(map(_input, children(element, "input"))),
        outputs=tuple(map(_output, children(element, "output"))),
        rules=tuple(map(_rule, children(element, "rule"))),
    )


class CompiledTable:
    """A table as a step that gives its answer."""

    def __init__(self, element: etree._Element, table: Table, draft: Draft) -> None:
        self.table = table
        self._inputs = [
            draft.expression(child_of(each, "inputExpression"), _expression_text(each))
            for each in children(element, "input")
        ]
        self.rules = [_compile_rule(each, draft) for each in children(element, "rule")]
        self._ranking = _ranking(element, draft)
        self._default = _default(element, draft)

    def __call__(self, scope: Scope) -> Value:
        """The answer to the inputs that the scope has."""
        table = self.table
        values = tuple([read(scope) for read in self._inputs])
        answers = _matching(table, self.rules, scope, values)
        chosen = hit_policy.choose(
            table.hit_policy, table.id, answers, lambda outputs: self._ranking(scope, outputs)
        )
        scope.run.notes.append(
            Note(table=table, values=values, rules=tuple([hit.id for hit, _ in chosen]))
        )
        if not chosen:
            return self._default(scope)
        return _result(scope.run, table, [outputs for _, outputs in chosen])


def compile_table(element: etree._Element, draft: Draft) -> Compiled:
    """The table as a closure that gives its answer."""
    table = describe(element)
    sentence = _refusal(table)
    return draft.refuse(element, sentence) if sentence else CompiledTable(element, table, draft)


def child_of(element: etree._Element, name: str) -> etree._Element:
    """The child of that name, or the element itself where there is none."""
    found = child(element, name)
    return element if found is None else found


def _matching(
    table: Table, rules: Sequence[CompiledRule], scope: Scope, values: tuple[Value, ...]
) -> hit_policy.Answers:
    answers = []
    scope.run.spend(len(rules))
    for rule in rules:
        for column, cell in rule.tests:
            if not cell.holds(scope, values[column]):
                break
        else:
            answers.append((rule, tuple([output(scope) for output in rule.outputs])))
            if table.hit_policy == "FIRST":
                break
    return answers


def _result(run: Run, table: Table, answers: Sequence[tuple[Value, ...]]) -> Value:
    results = [_named(table, outputs) for outputs in answers]
    if table.hit_policy in hit_policy.SINGLE:
        return results[0]
    if table.aggregation:
        return hit_policy.aggregate(run, table.aggregation, results)
    return results


def _named(table: Table, outputs: tuple[Value, ...]) -> Value:
    if len(outputs) == 1:
        return outputs[0]
    return {column.name: value for column, value in zip(table.outputs, outputs, strict=True)}


def _default(element: etree._Element, draft: Draft) -> Compiled:
    """What the table answers when no rule matches."""
    columns = list(children(element, "output"))
    entries = [child(column, "defaultOutputEntry") for column in columns]
    if all(entry is None for entry in entries):
        return lambda scope: None
    values = [
        _nothing if entry is None else draft.expression(entry, text_of(entry)) for entry in entries
    ]
    table = describe_outputs(element)
    return lambda scope: _named(table, tuple([value(scope) for value in values]))


def describe_outputs(element: etree._Element) -> Table:
    """The table's outputs only."""
    outputs = tuple(map(_output, children(element, "output")))
    return Table(id="", hit_policy="UNIQUE", aggregation=None, inputs=(), outputs=outputs, rules=())


def _nothing(scope: Scope) -> Value:
    return None


def _ranking(
    element: etree._Element, draft: Draft
) -> Callable[[Scope, tuple[Value, ...]], tuple[int, ...]]:
    """How outputs are ranked: by their place among the output values, first column first."""
    columns = []
    for column in children(element, "output"):
        values = child(column, "outputValues")
        text = text_of(values)
        listed = draft.expression(column, f"[{text}]") if text else None
        columns.append(listed)

    def rank(scope: Scope, outputs: tuple[Value, ...]) -> tuple[int, ...]:
        return tuple(
            _place(listed(scope), value) if listed else 0
            for listed, value in zip(columns, outputs, strict=True)
        )

    return rank


def _place(listed: Value, value: Value) -> int:
    for place, each in enumerate(listed if isinstance(listed, list) else ()):
        if equal(each, value) is True:
            return place
    return len(listed) if isinstance(listed, list) else 0


def _refusal(table: Table) -> str | None:
    """Why the table cannot be used, or None."""
    if table.hit_policy not in hit_policy.POLICIES:
        return f"There is no hit policy {table.hit_policy!r}"
    if max(len(table.inputs), len(table.outputs)) > MAX_COLUMNS:
        return f"A table may have {MAX_COLUMNS} columns of inputs and as many of outputs"
    if not table.outputs:
        return "The table has no output"
    if table.aggregation and table.aggregation not in hit_policy.AGGREGATIONS:
        return f"There is no aggregation {table.aggregation!r}"
    return _misfit(table.rules, len(table.inputs), len(table.outputs))


def _misfit(rules: tuple[Rule, ...], inputs: int, outputs: int) -> str | None:
    for number, rule in enumerate(rules, start=1):
        if len(rule.inputs) != inputs or len(rule.outputs) != outputs:
            return f"Rule {number} must have {inputs} inputs and {outputs} outputs"
    return None


def _compile_rule(element: etree._Element, draft: Draft) -> CompiledRule:
    tests = tuple(
        (column, draft.cell(cell, text_of(cell)))
        for column, cell in enumerate(children(element, "inputEntry"))
        if text_of(cell) not in ANYTHING
    )
    outputs = tuple(
        draft.expression(cell, text_of(cell) or "null", longest=MAX_CELL)
        for cell in children(element, "outputEntry")
    )
    return CompiledRule(id=element.get("id") or "", tests=tests, outputs=outputs)


def _expression_text(element: etree._Element) -> str:
    return text_of(child(element, "inputExpression")) or (element.get("label") or "null")


def _input(element: etree._Element) -> Input:
    expression = child(element, "inputExpression")
    return Input(
        id=element.get("id") or "",
        label=element.get("label") or text_of(expression),
        expression=text_of(expression),
        type=None if expression is None else expression.get("typeRef"),
        allowed_values=text_of(child(element, "inputValues")) or None,
        line=line_of(element),
    )


def _output(element: etree._Element) -> Output:
    return Output(
        id=element.get("id") or "",
        name=element.get("name") or element.get("label") or "",
        label=element.get("label") or element.get("name") or "",
        type=element.get("typeRef"),
        allowed_values=text_of(child(element, "outputValues")) or None,
        default=text_of(child(element, "defaultOutputEntry")) or None,
        line=line_of(element),
    )


def _rule(element: etree._Element) -> Rule:
    return Rule(
        id=element.get("id") or "",
        description=own_text(child(element, "description")),
        annotations=tuple(text_of(each) for each in children(element, "annotationEntry")),
        inputs=tuple(text_of(each) for each in children(element, "inputEntry")),
        outputs=tuple(text_of(each) for each in children(element, "outputEntry")),
        line=line_of(element),
    )
