"""Shows that two decision tables decide the same, by trying every input there can be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Final

from engine import dmn
from engine.definitions.feel_names import compared_texts
from engine.definitions.model import Fact
from engine.dmn.check import pieces_of
from engine.errors import Invalid
from engine.feel.compare import equal

MOST_INPUTS: Final = 200_000
_OTHER: Final = "any other text"


def difference(
    one: dmn.Model, other: dmn.Model, decision_id: str, facts: Mapping[str, Fact]
) -> str | None:
    """Where the two decide differently, or why that is not told; None if they never do.

    Every combination of the inputs' values is tried, and of inputs that are missing unless that
    makes too many. Where one is missing and no rule of the first model matches, it says nothing
    that could be lost.
    """
    names = sorted({drawn.name for drawn in one.graph.values() if drawn.kind == "input"})
    domains = [_values(name, (one, other), facts) for name in names]
    open_names = [name for name, values in zip(names, domains, strict=True) if not values]
    if open_names:
        return f"the values of {', '.join(open_names)} cannot be listed"
    if _count(domains) > MOST_INPUTS:
        domains = [[value for value in values if value is not None] for values in domains]
    if _count(domains) > MOST_INPUTS:
        return f"there are {_count(domains):,} inputs, too many to try"
    for inputs in _combinations(names, domains):
        first, second = (_decided(model, decision_id, inputs) for model in (one, other))
        is_silent = first.rules == () and len(inputs) < len(names)
        if not is_silent and not _same(first, second):
            return f"differs on {inputs}: {first.value!r} or {second.value!r}"
    return None


@dataclass(frozen=True, kw_only=True)
class _Decided:
    """What a model gives and by which rules, or the error that it raises."""

    value: Any
    rules: tuple[str, ...] | None


def _count(domains: Sequence[Sequence[Any]]) -> int:
    return prod(len(values) for values in domains)


def _combinations(
    names: Sequence[str], domains: Sequence[Sequence[Any]]
) -> Iterator[dict[str, Any]]:
    for values in product(*domains):
        pairs = zip(names, values, strict=True)
        yield {name: value for name, value in pairs if value is not None}


def _values(name: str, models: Sequence[dmn.Model], facts: Mapping[str, Fact]) -> list[Any]:
    """The values of an input, the missing one last; none where they cannot be listed.

    Values that no cell of either table tells apart are tried once.
    """
    fact = facts.get(name)
    if fact and fact.type == "boolean":
        return [True, False, None]
    if fact and fact.type == "enum":
        return [*fact.values, None]
    found: dict[str, Any] = {}
    for text in dict.fromkeys(text for model in models for text in _texts(model)):
        values = _read_in(text, name, models)
        if values is None:
            return []
        found |= {repr(value): value for value in values}
    return list(found.values())


def _read_in(text: str, name: str, models: Sequence[dmn.Model]) -> list[Any] | None:
    """The values of an input that an expression can tell apart; None where that is unknown."""
    if text == name:
        tables = [d.table for model in models for d in model.decisions.values() if d.table]
        return list(pieces_of(tables, name)) or None
    mentioned = len(re.findall(rf"\b{re.escape(name)}\b", text))
    compared = [found.values for found in compared_texts(text) if found.name == name]
    if mentioned != len(compared):
        return None
    return [*(value for values in compared for value in values), _OTHER, None] if compared else []


def _texts(model: dmn.Model) -> Iterator[str]:
    """What the columns of a model's tables read and give."""
    for decision in model.decisions.values():
        if decision.table:
            yield from (column.expression for column in decision.table.inputs)
            for rule in decision.table.rules:
                yield from rule.outputs


def _decided(model: dmn.Model, decision_id: str, inputs: Mapping[str, Any]) -> _Decided:
    try:
        outcome = model.decide(decision_id, inputs)
    except Invalid as error:
        return _Decided(value=type(error), rules=None)
    return _Decided(value=outcome.outputs, rules=outcome.rules)


def _same(one: _Decided, other: _Decided) -> bool:
    if one.rules is None or other.rules is None:
        return one.value is other.value
    return equal(one.value, other.value) is True
