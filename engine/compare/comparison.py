"""Puts a comparison together: the matrix, and each definition against the first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.compare.diagrams import diagram_differences
from engine.compare.difference import Difference, Pair, sides
from engine.compare.forms import form_differences
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


def compare(
    definitions: Mapping[str, AuthorityDefinition], *, flow: str | None = None
) -> Comparison:
    """Compare authorities, or versions of one, by the keys they go by; `flow` keeps one flow."""
    first, *others = sides(definitions)
    known = {each for d in definitions.values() for each in d.vocabulary.flows}
    if flow is not None and flow not in known:
        raise Invalid(f"There is no flow {flow!r}: there are {', '.join(sorted(known))}.")
    scopes = {key: scope_of(definition, flow) for key, definition in definitions.items()}
    pairs = [(Pair(a=first, b=each), scopes[first.key] | scopes[each.key]) for each in others]
    return Comparison(
        authorities=tuple(definitions),
        matrix=tuple(matrix(definitions, scopes, flow=flow)),
        diagrams=_all(pairs, _diagrams),
        tables=_all(pairs, _tables),
        forms=_all(pairs, _forms),
    )


def _all(
    pairs: list[tuple[Pair, Scope]], find: Callable[[Pair, Scope], Iterator[Difference]]
) -> tuple[Difference, ...]:
    return tuple(found for pair, scope in pairs for found in find(pair, scope))


def _diagrams(pair: Pair, scope: Scope) -> Iterator[Difference]:
    return filter(scope.keeps, diagram_differences(pair))


def _tables(pair: Pair, scope: Scope) -> Iterator[Difference]:
    ours, theirs = pair.definitions
    for found in beside_differences(pair):
        if found.part in scope.decisions:
            yield found
    for key in (key for key in ours.decisions if key in theirs.decisions):
        if key in scope.decisions:
            a, b = ours.decisions[key].decisions[key], theirs.decisions[key].decisions[key]
            yield from decision_differences(pair, a, b)


def _forms(pair: Pair, scope: Scope) -> Iterator[Difference]:
    ours, theirs = pair.definitions
    for key in (key for key in ours.forms if key in theirs.forms):
        if key in scope.forms:
            yield from form_differences(pair, ours.forms[key], theirs.forms[key])
