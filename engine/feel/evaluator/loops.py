"""Compiles `for`, `some` and `every`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.feel.evaluator.build import Build, weight
from engine.feel.nodes import For, Iterator_, Quantified
from engine.feel.problems import Failure
from engine.feel.run import Compiled, Scope, Value
from engine.feel.temporal import FeelDate, date_of_days
from engine.feel.values import Range, kind_of

Source = tuple[str, Compiled, Compiled | None]


def loop(node: For, build: Build) -> Compiled:
    """`for`: a list of results; `partial` is the list so far."""
    sources, body, cost = _sources(node.iterators, build), build(node.body), weight(node)

    def repeat(scope: Scope) -> Value:
        results: list[Value] = []
        try:
            for inner in rounds(sources, scope.inner({"partial": results}), cost):
                results.append(body(inner))
        except Failure as failure:
            scope.run.warn(failure, node.at)
            return None
        return results

    return repeat


def quantified(node: Quantified, build: Build) -> Compiled:
    """`some` and `every`, with three values."""
    sources, condition = _sources(node.iterators, build), build(node.condition)
    cost = weight(node)
    decisive = node.kind == "some"

    def test(scope: Scope) -> Value:
        try:
            return decide(decisive, (condition(inner) for inner in rounds(sources, scope, cost)))
        except Failure as failure:
            scope.run.warn(failure, node.at)
            return None

    return test


def decide(decisive: bool, values: Iterator[Value]) -> bool | None:
    """`decisive` as soon as one value is it, null if one is no boolean, else the opposite."""
    result: bool | None = not decisive
    for value in values:
        if value is decisive:
            return bool(value)
        if not isinstance(value, bool):
            result = None
    return result


def rounds(sources: Sequence[Source], scope: Scope, cost: int) -> Iterator[Scope]:
    """A scope for every combination of the sources' items, each for `cost`; raises Failure."""
    if not sources:
        yield scope
        return
    name, values, up_to = sources[0]
    first, last = values(scope), up_to(scope) if up_to else None
    for item in _count(first, last) if up_to else _items(first):
        scope.run.spend(cost)
        yield from rounds(sources[1:], scope.inner({name: item}), cost)


def _sources(iterators: tuple[Iterator_, ...], build: Build) -> list[Source]:
    return [
        (each.name, build(each.values), build(each.up_to) if each.up_to else None)
        for each in iterators
    ]


def _items(values: Value) -> Iterator[Value]:
    if isinstance(values, Range):
        return _range_items(values)
    if not isinstance(values, list):
        raise Failure(f"A {kind_of(values)} cannot be gone through")
    return iter(values)


def _range_items(bounds: Range) -> Iterator[Value]:
    items = _count(bounds.low, bounds.high)
    return (
        item
        for item in items
        if (bounds.low_included or item != bounds.low)
        and (bounds.high_included or item != bounds.high)
    )


def _count(first: Value, last: Value) -> Iterator[Value]:
    if isinstance(first, FeelDate) and isinstance(last, FeelDate):
        return map(date_of_days, _steps(first.days, last.days))
    if not (isinstance(first, Decimal) and isinstance(last, Decimal)):
        raise Failure(f"Cannot count from a {kind_of(first)} to a {kind_of(last)}")
    if first != int(first) or last != int(last):
        raise Failure("A loop counts whole numbers")
    return map(Decimal, _steps(int(first), int(last)))


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)
