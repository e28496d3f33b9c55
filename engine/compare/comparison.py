"""Puts a comparison together: the matrix, and each definition against the first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.compare.diagrams import diagram_differences
from engine.compare.difference import Difference, Pair, sides
from engine.compare.forms import form_differences
from engine.compare.lacking import lacking_decisions, lacking_forms
from engine.compare.match import other_ids, under_one_id
from engine.compare.matrix import Row, matrix
from engine.compare.scope import Scope, scope_of
from engine.compare.tables import beside_differences, decision_differences
from engine.definitions import AuthorityDefinition
from engine.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What several definitions say side by side, and each single difference."""

    authorities: tuple[str, ...]
    matrix: tuple[Row, ...]
    diagrams: tuple[Difference, ...]
    tables: tuple[Difference, ...]
    forms: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON data, in the contract's words."""
        return {
            "authorities": list(self.authorities),
            "matrix": [row.to_json() for row in self.matrix],
            "diagrams": [each.to_json() for each in self.diagrams],
            "tables": [each.to_json() for each in self.tables],
            "forms": [each.to_json() for each in self.forms],
        }


@dataclass(frozen=True, kw_only=True)
class Differences:
    """Each single difference, each definition against the first, in the order of the files."""

    diagrams: tuple[Difference, ...]
    tables: tuple[Difference, ...]
    forms: tuple[Difference, ...]


def compare(
    definitions: Mapping[str, AuthorityDefinition], *, flow: str | None = None
) -> Comparison:
    """Compare authorities, or versions of one, by the keys they go by; `flow` keeps one flow."""
    found = differences(definitions, flow=flow)
    return Comparison(
        authorities=tuple(definitions),
        matrix=matrix(definitions, flow=flow),
        diagrams=found.diagrams,
        tables=found.tables,
        forms=found.forms,
    )


def differences(
    definitions: Mapping[str, AuthorityDefinition], *, flow: str | None = None
) -> Differences:
    """What `compare` finds, the matrix left out."""
    first, *others = sides(definitions)
    scopes = _scopes(definitions, flow)
    pairs = [
        (under_one_id(Pair(a=first, b=each)), scopes[first.key] | scopes[each.key])
        for each in others
    ]
    return Differences(
        diagrams=_all(pairs, _diagrams),
        tables=_all(pairs, _tables),
        forms=_all(pairs, _forms),
    )


def _scopes(definitions: Mapping[str, AuthorityDefinition], flow: str | None) -> dict[str, Scope]:
    """What belongs to the flow in each definition; raises Invalid for a flow that there is not."""
    known = {each for d in definitions.values() for each in d.vocabulary.flows}
    if flow is not None and flow not in known:
        raise Invalid(f"There is no flow {flow!r}: there are {', '.join(sorted(known))}.")
    return {key: scope_of(definition, flow) for key, definition in definitions.items()}


def _all(
    pairs: list[tuple[Pair, Scope]], find: Callable[[Pair, Scope], Iterator[Difference]]
) -> tuple[Difference, ...]:
    return tuple(found for pair, scope in pairs for found in find(pair, scope))


def _diagrams(pair: Pair, scope: Scope) -> Iterator[Difference]:
    return filter(scope.keeps, diagram_differences(pair))


def _tables(pair: Pair, scope: Scope) -> Iterator[Difference]:
    ours, theirs = pair.definitions
    for found in (*beside_differences(pair), *lacking_decisions(pair)):
        if found.part in scope.decisions:
            yield found
    same = [(key, key) for key in ours.decisions if key in theirs.decisions]
    for here, there in (*same, *other_ids(pair)[1]):
        if here in scope.decisions:
            a, b = ours.decisions[here].decisions[here], theirs.decisions[there].decisions[there]
            yield from decision_differences(pair, a, b)


def _forms(pair: Pair, scope: Scope) -> Iterator[Difference]:
    ours, theirs = pair.definitions
    yield from (found for found in lacking_forms(pair) if found.part in scope.forms)
    same = [(key, key) for key in ours.forms if key in theirs.forms]
    for here, there in (*same, *other_ids(pair)[0]):
        if here in scope.forms:
            yield from form_differences(pair, ours.forms[here], theirs.forms[there])
