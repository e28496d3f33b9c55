"""Judges the rules of a table by its inputs: each accepts them, or fails at a first cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.dmn.decide import Model
from engine.dmn.drg import Session, Visible
from engine.dmn.model import Input, Rule, Table
from engine.dmn.tables import ANYTHING
from engine.errors import NotFound
from engine.feel import compile_expression, compile_tests
from engine.feel.expressions import guarded, names_in
from engine.feel.run import Run, Value


@dataclass(frozen=True, kw_only=True)
class Miss:
    """The first cell of a rule that does not accept its input."""

    column: int  # from 0
    input: Input
    cell: str
    value: Value


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A rule, and where it fails; nowhere when it accepts all inputs.

    Which of those that accept them count, the hit policy says.
    """

    rule: Rule
    miss: Miss | None


def explain(
    model: Model, decision_id: str, inputs: Mapping[str, Any], *, now: datetime | None = None
) -> tuple[Judgement, ...]:
    """Each rule of a decision's table in its order; none for a decision without a table.

    The decisions that it requires are worked out first. Raises NotFound, and what deciding them
    raises: AmbiguousRules and LimitExceeded.
    """
    if decision_id not in model.decisions:
        raise NotFound(f"{model.file}: there is no decision {decision_id!r}")
    table = model.decisions[decision_id].table
    if table is None:
        return ()
    session = Session(model.graph, Run(now=now), inputs)
    required = Visible(session, model.graph[model.namespace, decision_id].slots)
    return judge(table, {**inputs, **guarded(dict, required)}, now=now)


def judge(
    table: Table, context: Mapping[str, Any], *, now: datetime | None = None
) -> tuple[Judgement, ...]:
    """Each rule of a table by the variables of a context; raises LimitExceeded."""
    names = tuple(names_in(context))
    values = [
        compile_expression(column.expression or column.label or "null", names).evaluate(
            context, now=now
        )
        for column in table.inputs
    ]

    def miss(rule: Rule) -> Miss | None:
        for at, (cell, value) in enumerate(zip(rule.inputs, values, strict=True)):
            if cell in ANYTHING:
                continue
            if not compile_tests(cell, names).test(value, context, now=now):
                return Miss(column=at, input=table.inputs[at], cell=cell, value=value)
        return None

    return tuple(Judgement(rule=rule, miss=miss(rule)) for rule in table.rules)
