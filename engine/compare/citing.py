"""Tells when what is cited differs: the clauses of two authorities have ids of their own."""

from collections.abc import Iterable, Set

from engine.compare.difference import Pair
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element


def clauses_unlike(pair: Pair, ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether clauses differ: of one authority, each; of two, the national ones, or none at all."""
    a, b = set(ours), set(theirs)
    if pair.is_one_authority:
        return a != b
    if bool(a) != bool(b):
        return True
    return _national(pair.a.definition, a) != _national(pair.b.definition, b)


def citation_unlike(pair: Pair, kind: str, elements: tuple[Element, Element]) -> bool:
    """Whether clauses, assumptions or guidance of elements differ in more than their own ids.

    The words of assumptions and of guidance are each authority's own.
    """
    a, b = elements
    if kind == "clauses":
        return clauses_unlike(pair, a.clauses, b.clauses)
    return pair.is_one_authority


def _national(definition: AuthorityDefinition, clauses: Set[str]) -> set[str]:
    known = definition.clauses
    return {each for each in clauses if each in known and known[each].national}
