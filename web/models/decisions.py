"""A decision table as a page shows it: its rules in words, and how each took what was tried."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from engine.definitions.model import AuthorityDefinition
from engine.dmn import AmbiguousRules, Decision, Input, Model, Outcome, Rule, Table
from engine.dmn.explain import Judgement, Miss, Said, explain, said
from engine.dmn.explain.results import column_in_words, result_in_words
from web.citing import citing
from web.filters import as_words, words

HIT_POLICIES: Mapping[str, str] = {
    "UNIQUE": "Unique: never more than one rule matches, and that rule decides.",
    "FIRST": "First: the first rule from the top that matches decides.",
    "ANY": "Any: several rules may match if they come to the same result.",
    "PRIORITY": "Priority: of the rules that match, the one with the result listed first decides.",
    "OUTPUT ORDER": "Output order: every rule that matches counts, in the order of the results.",
    "RULE ORDER": "Rule order: every rule that matches counts, in the order of the table.",
    "COLLECT": "Collect: every rule that matches counts.",
}
AGGREGATIONS: Mapping[str, str] = {
    "SUM": "The results are added up.",
    "MIN": "The smallest result is taken.",
    "MAX": "The largest result is taken.",
    "COUNT": "The results are counted.",
}
MOST_SAID = 8
_ID = re.compile(r"\b[A-Z]{1,5}-?\d{1,4}[a-z]?\b")  # of a clause or an assumption


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a rule; `is_missed` where it was the first that did not accept its input."""

    column: str
    said: Said
    is_missed: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule; `state` is empty until something was tried."""

    number: int
    id: str
    inputs: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    why: Markup
    state: str = ""  # decides, matches or fails
    sentence: str = ""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What the decision gave for the inputs that were tried."""

    results: tuple[tuple[str, str], ...]  # label and value
    rules: tuple[Row, ...]
    warnings: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The outcome of one try, and how each rule took it."""

    outcome: Outcome
    judgements: tuple[Judgement, ...]
    problem: str = ""


def try_out(model: Model, decision: Decision, inputs: Mapping[str, Any], *, now: datetime) -> Trial:
    """Decide, and say how each rule took the inputs, also where too many match."""
    try:
        outcome, problem = model.decide(decision.id, inputs, now=now), ""
    except AmbiguousRules as error:
        outcome = Outcome(outputs=None)
        problem = "Rules match together that this hit policy does not allow together."
        if decision.table is None or error.table != decision.table.id:
            return Trial(outcome=outcome, judgements=(), problem=f"{error}")
    return Trial(
        outcome=outcome,
        judgements=explain(model, decision.id, inputs, now=now),
        problem=problem,
    )


def rows(definition: AuthorityDefinition, table: Table, trial: Trial | None) -> tuple[Row, ...]:
    """The rules of a table in its order."""
    judged = {one.rule.id: one for one in trial.judgements} if trial else {}
    return tuple(
        _row(definition, table, number, judged.get(rule.id), trial)
        for number, rule in enumerate(table.rules, start=1)
    )


def _row(
    definition: AuthorityDefinition,
    table: Table,
    number: int,
    judgement: Judgement | None,
    trial: Trial | None,
) -> Row:
    rule = table.rules[number - 1]
    miss = judgement.miss if judgement else None
    state, sentence = _standing(judgement, trial) if judgement and trial else ("", "")
    return Row(
        number=number,
        id=rule.id,
        inputs=tuple(
            Cell(
                column=_label(column),
                said=said(cell),
                is_missed=miss is not None and miss.column == at,
            )
            for at, (column, cell) in enumerate(zip(table.inputs, rule.inputs, strict=True))
        ),
        outputs=tuple(
            Cell(column=column.label or words(column.name), said=said(cell))
            for column, cell in zip(table.outputs, rule.outputs, strict=True)
        ),
        why=_cited(definition, rule),
        state=state,
        sentence=sentence,
    )


def _label(column: Input) -> str:
    return words(column.label) if column.label.isidentifier() else column.label


def _standing(judgement: Judgement, trial: Trial) -> tuple[str, str]:
    if judgement.miss:
        return "fails", _failure(judgement.miss)
    if trial.problem:
        return "matches", "It matches, but not it alone."
    if judgement.rule.id in trial.outcome.rules:
        return "decides", ""
    return "matches", "It would match too, but another rule comes before it."


def _failure(miss: Miss) -> str:
    expected = said(miss.cell, most=MOST_SAID)
    value = "there is no answer" if miss.value is None else f"it is {as_words(miss.value)}"
    return f"Fails at “{_label(miss.input)}”: expects {expected.text}, but {value}."


def result(decision: Decision, trial: Trial, shown: Sequence[Row]) -> Result:
    """What the try came to."""
    return Result(
        results=tuple(_results(decision, trial.outcome)),
        rules=tuple(row for row in shown if row.id in trial.outcome.rules),
        warnings=tuple(dict.fromkeys(map(str, trial.outcome.warnings))),
        problem=trial.problem,
    )


def _results(decision: Decision, outcome: Outcome) -> Iterator[tuple[str, str]]:
    table, given = decision.table, outcome.outputs
    if table and len(table.outputs) > 1 and isinstance(given, Mapping):
        for place, column in enumerate(table.outputs):
            value = given.get(column.name)
            said = "no result" if value is None else column_in_words(table, place, value)
            yield column.label or words(column.name), said
    else:
        label = table.outputs[0].label if table and len(table.outputs) == 1 else ""
        said = "no result" if given is None else result_in_words(decision, given)
        yield label or decision.name, said


def policy(table: Table) -> str:
    """The hit policy in words."""
    said_of = HIT_POLICIES[table.hit_policy]
    return f"{said_of} {AGGREGATIONS[table.aggregation]}" if table.aggregation else said_of


def default(table: Table) -> str:
    """What the table gives when no rule matches."""
    given = [
        f"{column.label or words(column.name)}: {said(column.default).text}"
        for column in table.outputs
        if column.default
    ]
    return "; ".join(given) or "no result"


def askers(definition: AuthorityDefinition, decision_id: str) -> tuple[tuple[str, str, str], ...]:
    """Where diagrams ask the decision: process id, the diagram's name, the step's name."""
    return tuple(
        (process.id, process.name or words(process.id), element.name or words(element.id))
        for process in definition.processes.values()
        for element in process.elements.values()
        if element.decision_id == decision_id
    )


def assumptions(
    definition: AuthorityDefinition, table: Table | None
) -> tuple[tuple[str, str], ...]:
    """The assumptions that the rules name, with their sentences."""
    named = (id_ for rule in (table.rules if table else ()) for id_ in _ID.findall(_why(rule)))
    known = definition.assumptions
    return tuple((id_, known[id_]) for id_ in dict.fromkeys(named) if id_ in known)


def _why(rule: Rule) -> str:
    return " ".join(text for text in (rule.description, *rule.annotations) if text)


def _cited(definition: AuthorityDefinition, rule: Rule) -> Markup:
    """A rule's description, its clauses as links to what they ask for."""
    text = _why(rule)
    clauses = [id_ for id_ in dict.fromkeys(_ID.findall(text)) if id_ in definition.clauses]
    return citing(text, clauses, url_for(".clauses", authority=definition.id))
