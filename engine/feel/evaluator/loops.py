"""Compiles `for`, `some` and `every`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from engine.feel.evaluator.build import Build
from engine.feel.nodes import For, Iterator_, Quantified
from engine.feel.problems import Failure
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.temporal import FeelDate, date_of_days
from engine.feel.values import Range, kind_of

Source = tuple[str, Compiled, Compiled | None]


def loop(node: For, build: Build) -> Compiled:
    """`for`: a list of results; `partial` is the list so far."""
    sources, body = _sources(node.iterators, build), build(node.body)

    def repeat(scope: Scope) -> Value:
        results: list[Value] = []
        try:
            for inner in rounds(sources, scope.inner({"partial": results})):
                results.append(body(inner))
        except Failure as failure:
            scope.run.warn(failure, node.at)
            return None
        return results

    return repeat


def quantified(node: Quantified, build: Build) -> Compiled:
    """`some` and `every`, with three values."""
    sources, condition = _sources(node.iterators, build), build(node.condition)
    decisive = node.kind == "some"

    def test(scope: Scope) -> Value:
        try:
            return decide(decisive, (condition(inner) for inner in rounds(sources, scope)))
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


def rounds(sources: Sequence[Source], scope: Scope) -> Iterator[Scope]:
    """A scope for every combination of the sources' items; raises Failure."""
    if not sources:
        yield scope
        return
    name, values, up_to = sources[0]
    for item in _items(
        scope.run, values(scope), up_to(scope) if up_to else None, up_to is not None
    ):
        scope.run.spend(1)
        yield from rounds(sources[1:], scope.inner({name: item}))


def iterable(run: Run, value: Value) -> Iterator[Value]:
    """What a loop goes through: the items of a list or of a range, or the one value."""
    return _items(run, value, None, False)


def _sources(iterators: tuple[Iterator_, ...], build: Build) -> list[Source]:
    return [
        (each.name, build(each.values), build(each.up_to) if each.up_to else None)
        for each in iterators
    ]


def _items(run: Run, first: Value, last: Value, bounded: bool) -> Iterator[Value]:
    if bounded:
        return _count(first, last)
    if isinstance(first, Range):
        return _range_items(first)
    if first is None:
        raise Failure("null cannot be gone through")
    return iter(first if isinstance(first, list) else [first])


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
