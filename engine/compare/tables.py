"""Compares decisions: hit policies, columns, and rules, cell by cell."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from engine.compare.citing import clauses_unlike
from engine.compare.difference import Difference, Pair, feel, in_words, spoken, unmatched
from engine.compare.rules import ORDERED, Aligned, Columns, align, cell, displaced
from engine.compare.wording import cell_in_words, worded
from engine.definitions.clauses import row_citations
from engine.dmn.model import Decision, Input, Output, Rule, Table

Column = TypeVar("Column", Input, Output)


def beside_differences(pair: Pair) -> Iterator[Difference]:
    """Decisions that one side alone has, in a file whose main decision both have."""
    ours, theirs = pair.a.definition.decisions, pair.b.definition.decisions
    for key in unmatched(ours, theirs):
        if any(other in theirs for other in ours[key].decisions):
            told = list(told_of_decision(ours[key].decisions[key]))
            yield pair.differs(
                "decision_removed", (key, key), (told, None), spoken(key), said=("there", None)
            )
    for key in unmatched(theirs, ours):
        if any(other in ours for other in theirs[key].decisions):
            told = list(told_of_decision(theirs[key].decisions[key]))
            yield pair.differs(
                "decision_added", (key, key), (None, told), spoken(key), said=(None, "there")
            )


def decision_differences(pair: Pair, a: Decision, b: Decision) -> Iterator[Difference]:
    """Each difference between two decisions."""
    name = a.name or spoken(a.id)
    if a.table is None or b.table is None:
        values = (_expression(a), _expression(b))
        if values[0] != values[1]:
            said = (worded("expression", values[0]), worded("expression", values[1]))
            subject = f"“{name}”: how it is decided"
            yield pair.differs("expression", (a.id, a.id), values, subject, said=said)
        return
    yield from _tables(pair, a.id, (a.table, b.table), f"“{name}”")


def told_of_decision(decision: Decision) -> Iterator[str]:
    """Everything that a decision says."""
    yield f"decision “{decision.name or spoken(decision.id)}”"
    table = decision.table
    if table is None:
        yield f"decided by {feel(decision.expression)}"
        return
    yield f"hit policy {' '.join(filter(None, (table.hit_policy, table.aggregation)))}"
    for column in table.inputs:
        yield f"looks at {feel(column.expression)}, {column.type}, {feel(column.allowed_values)}"
    for output in table.outputs:
        values = (output.type, feel(output.allowed_values), feel(output.default))
        yield f"gives {output.name}, {in_words(values)}"
    for rule in table.rules:
        yield _rule(table, rule)


def _expression(decision: Decision) -> str | None:
    return "a table" if decision.table else feel(decision.expression)


def _tables(
    pair: Pair, decision: str, tables: tuple[Table, Table], name: str
) -> Iterator[Difference]:
    a, b = tables
    policies = tuple(" ".join(filter(None, (t.hit_policy, t.aggregation))) for t in tables)
    if policies[0] != policies[1]:
        values = (policies[0], policies[1])
        said = (worded("hit_policy", values[0]), worded("hit_policy", values[1]))
        place, subject = (decision, decision), f"{name}: hit policy"
        yield pair.differs("hit_policy", place, values, subject, said=said)
    columns = columns_of(a, b)
    found = align(a.rules, b.rules, *columns)
    yield from _single(pair, decision, tables, columns, found, name)
    yield from _inputs(pair, decision, tables, columns[0], name)
    yield from _outputs(pair, decision, tables, columns[1], name)
    yield from _rules(pair, decision, tables, columns, found, name)


def columns_of(a: Table, b: Table) -> tuple[Columns, Columns]:
    """The columns of inputs and of outputs that belong together."""
    ins = _columns(a.inputs, b.inputs, lambda column: feel(column.expression) or "")
    return ins, _columns(a.outputs, b.outputs, lambda column: column.name)


def _columns(
    ours: Sequence[Column], theirs: Sequence[Column], key: Callable[[Column], str]
) -> list[tuple[int, int]]:
    """The places of columns that belong together: by what they ask, then by id; or the only two."""
    ids: Callable[[Column], str] = lambda column: column.id  # noqa: E731 - one of two keys
    paired: dict[int, int] = {}
    for same in (key, ids):
        for i, one in enumerate(ours):
            for j, other in enumerate(theirs):
                if i not in paired and j not in paired.values() and same(one) == same(other):
                    paired[i] = j
    if len(ours) == len(theirs) == 1:
        paired[0] = 0
    return sorted(paired.items())


def _inputs(
    pair: Pair, decision: str, tables: tuple[Table, Table], columns: Columns, name: str
) -> Iterator[Difference]:
    ours, theirs = tables[0].inputs, tables[1].inputs
    for i, j in columns:
        values = {
            "input": (feel(ours[i].expression), feel(theirs[j].expression)),
            "input_type": (ours[i].type, theirs[j].type),
            "input_values": (feel(ours[i].allowed_values), feel(theirs[j].allowed_values)),
        }
        for kind, (a, b) in values.items():
            if a != b:
                subject = f"{name}, “{ours[i].label}”: {_WORDS[kind]}"
                said = (worded(kind, a), worded(kind, b))
                yield pair.differs(kind, (decision, ours[i].id), (a, b), subject, said=said)


def _outputs(
    pair: Pair, decision: str, tables: tuple[Table, Table], columns: Columns, name: str
) -> Iterator[Difference]:
    ours, theirs = tables[0].outputs, tables[1].outputs
    for i, j in columns:
        is_named = len(ours) > 1 or len(theirs) > 1  # the key of one output alone means nothing
        values = {
            "output": (ours[i].name, theirs[j].name if is_named else ours[i].name),
            "output_type": (ours[i].type, theirs[j].type),
            "output_values": (feel(ours[i].allowed_values), feel(theirs[j].allowed_values)),
            "output_default": (feel(ours[i].default), feel(theirs[j].default)),
        }
        for kind, (a, b) in values.items():
            if a != b:
                subject = f"{name}, “{ours[i].label}”: {_WORDS[kind]}"
                said = (worded(kind, a), worded(kind, b))
                yield pair.differs(kind, (decision, ours[i].id), (a, b), subject, said=said)


_WORDS = {
    "input": "what is looked at",
    "input_type": "type",
    "input_values": "values that may come",
    "output": "what it gives",
    "output_type": "type of the result",
    "output_values": "results that may come",
    "output_default": "result without a rule",
}


def _single(
    pair: Pair,
    decision: str,
    tables: tuple[Table, Table],
    columns: tuple[Columns, Columns],
    found: Aligned,
    name: str,
) -> Iterator[Difference]:
    """Columns that one side alone has, with their cells in the rules that both have."""
    for side, table in enumerate(tables):
        word = ("removed", "added")[side]
        for kind, place, column in _alone(table, columns, side):
            rules = [table.rules[at[side]] for at in found.pairs]
            cells = [(rule.inputs if kind == "input" else rule.outputs)[place] for rule in rules]
            beside = [f"{r.id}: {cell(text)}" for r, text in zip(rules, cells, strict=True)]
            told = [column.label, *_column(column), *beside]
            values: tuple[Any, Any] = (told, None) if side == 0 else (None, told)
            quoted = f"“{column.label}”"
            said = (quoted, None) if side == 0 else (None, quoted)
            where, subject = (decision, column.id), f"{name}: {_WORDS[kind]}"
            yield pair.differs(f"{kind}_{word}", where, values, subject, said=said)


def _alone(
    table: Table, columns: tuple[Columns, Columns], side: int
) -> Iterator[tuple[str, int, Input | Output]]:
    """The columns of a table that the other lacks, with their places."""
    known = [{at[side] for at in paired} for paired in columns]
    yield from (("input", n, c) for n, c in enumerate(table.inputs) if n not in known[0])
    yield from (("output", n, c) for n, c in enumerate(table.outputs) if n not in known[1])


def _column(column: Input | Output) -> Iterator[str]:
    """What a column says beside its cells."""
    first = feel(column.expression) if isinstance(column, Input) else column.name
    default = None if isinstance(column, Input) else feel(column.default)
    yield from filter(None, (first, column.type, feel(column.allowed_values), default))


def _rules(
    pair: Pair,
    decision: str,
    tables: tuple[Table, Table],
    columns: tuple[Columns, Columns],
    found: Aligned,
    name: str,
) -> Iterator[Difference]:
    a, b = tables
    yield from _single_rules(pair, decision, tables, found, name)
    for i, j in found.pairs:
        for label, texts in _unlike(tables, (a.rules[i], b.rules[j]), columns):
            subject = f"{name}, rule {i + 1}, “{label}”"
            said = (cell_in_words(texts[0]), cell_in_words(texts[1]))
            yield pair.differs("cell", (decision, a.rules[i].id), texts, subject, said=said)
        yield from _citations(pair, decision, (a.rules[i], b.rules[j]), f"{name}, rule {i + 1}")
    if a.hit_policy == b.hit_policy and a.hit_policy in ORDERED:
        yield from _order(pair, decision, a, displaced(found.pairs), name)


def _order(
    pair: Pair, decision: str, table: Table, moved: Sequence[tuple[int, int]], name: str
) -> Iterator[Difference]:
    """The order of the rules, where the first that matches counts: one entry for a table."""
    if not moved:
        return
    values = tuple(", ".join(f"rule {at[side] + 1}" for at in moved) for side in (0, 1))
    rules = [table.rules[i] for i, _ in moved]
    element = rules[0].id if len(rules) == 1 else decision
    subject = f"{name}, {'; '.join(_rule(table, rule, cell_in_words) for rule in rules)}: place"
    yield pair.differs("rule_moved", (decision, element), (values[0], values[1]), subject)


def _citations(
    pair: Pair, decision: str, rules: tuple[Rule, Rule], subject: str
) -> Iterator[Difference]:
    """Other clauses; of versions of one authority also other assumptions, or another reason."""
    place = (decision, rules[0].id)
    ours, theirs = (row_citations(rule.description) for rule in rules)
    if clauses_unlike(pair, ours[0], theirs[0]):
        clauses = (sorted(ours[0]), sorted(theirs[0]))
        yield pair.differs("rule_clauses", place, clauses, f"{subject}: clauses")
    elif pair.is_one_authority:
        told = (_reason(rules[0]), _reason(rules[1]))
        if told[0] != told[1]:
            yield pair.differs("rule_reason", place, told, f"{subject}: reason")


def _reason(rule: Rule) -> str:
    return " ".join(" ".join((rule.description, *rule.annotations)).split())


def _single_rules(
    pair: Pair, decision: str, tables: tuple[Table, Table], found: Aligned, name: str
) -> Iterator[Difference]:
    a, b = tables
    for i in found.removed:
        place, subject = (decision, a.rules[i].id), f"{name}, rule {i + 1}"
        values, said = (_rule(a, a.rules[i]), None), (_rule(a, a.rules[i], cell_in_words), None)
        yield pair.differs("rule_removed", place, values, subject, said=said)
    for j in found.added:
        place, subject = (decision, b.rules[j].id), f"{name}, rule {j + 1}"
        told, said_b = (None, _rule(b, b.rules[j])), (None, _rule(b, b.rules[j], cell_in_words))
        yield pair.differs("rule_added", place, told, subject, said=said_b)


def _unlike(
    tables: tuple[Table, Table], rules: tuple[Rule, Rule], columns: tuple[Columns, Columns]
) -> Iterator[tuple[str, tuple[str, str]]]:
    one, other = rules
    for i, j in columns[0]:
        texts = (cell(one.inputs[i]), cell(other.inputs[j]))
        if texts[0] != texts[1]:
            yield tables[0].inputs[i].label, texts
    for i, j in columns[1]:
        texts = (cell(one.outputs[i]), cell(other.outputs[j]))
        if texts[0] != texts[1]:
            yield tables[0].outputs[i].label, texts


def _rule(table: Table, rule: Rule, say: Callable[[str], str] = cell) -> str:
    """A rule as a sentence: when, then."""
    tests = [
        f"“{column.label}” is {say(text)}"
        for column, text in zip(table.inputs, rule.inputs, strict=True)
        if cell(text) != "-"
    ]
    results = ", ".join(map(say, rule.outputs))
    return f"if {' and '.join(tests)}, then {results}" if tests else f"always {results}"
