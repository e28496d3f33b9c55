"""Compiles lists, contexts, ranges, members and filters."""

from decimal import Decimal

from engine.feel.compare import less
from engine.feel.evaluator.build import Build, Constant, weight
from engine.feel.nodes import ContextOf, Filter, ListOf, Member, RangeOf
from engine.feel.problems import Failure
from engine.feel.properties import property_of
from engine.feel.run import Compiled, Run, Scope, Value, attempt
from engine.feel.values import Range, kind_of

RANGE_KINDS = frozenset(
    (
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    )
)


def list_of(node: ListOf, build: Build) -> Compiled:
    """`[a, b]`."""
    items = [build(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def context_of(node: ContextOf, build: Build) -> Compiled:
    """`{key: value}`; a key that stands twice makes it null."""
    entries = [(key, build(value)) for key, value in node.entries]
    repeated = len({key for key, _ in entries}) < len(entries)

    def make(scope: Scope) -> Value:
        if repeated:
            scope.run.warn("A context has the same key twice", node.at)
            return None
        values: dict[str, Value] = {}
        inner = scope.inner(values)
        for key, value in entries:
            values[key] = value(inner)
        return values

    return make


def range_of(node: RangeOf, build: Build) -> Compiled:
    """`[low..high]`; null unless both ends are of one kind and in order."""
    low = build(node.low) if node.low else _nothing
    high = build(node.high) if node.high else _nothing
    both = node.low is not None and node.high is not None

    def make(scope: Scope) -> Value:
        bounds = Range(
            low=low(scope),
            low_included=node.low_included,
            high=high(scope),
            high_included=node.high_included,
            negated=node.negated,
            compared=node.compared,
        )
        return attempt(scope, node.at, _checked, bounds, both)

    return make


def member(node: Member, build: Build) -> Compiled:
    """`a.b`, also of every item of a list."""
    of, name, at = build(node.of), node.name, node.at

    def read(scope: Scope) -> Value:
        value = of(scope)
        if type(value) is dict and name in value:
            return value[name]
        return attempt(scope, at, property_of, value, name)

    return read


def filtered(node: Filter, build: Build) -> Compiled:
    """`a[condition]` or `a[index]`."""
    of, condition = build(node.of), build(node.condition)
    constant = build.constant(node.condition)
    if isinstance(constant, Constant) and type(constant.value) is Decimal:
        index = constant.value
        return lambda scope: attempt(scope, node.at, item_at, _as_list(of(scope)), index)
    cost = weight(node.condition)
    return lambda scope: attempt(scope, node.at, select, of(scope), condition, scope, cost)


def select(value: Value, condition: Compiled, scope: Scope, cost: int) -> Value:
    """The items that meet a condition, or the item at an index; raises Failure."""
    items = _as_list(value)
    scope.run.spend(len(items) * cost)
    if not items:
        index = condition(Scope({"item": None}, Run(), scope))
        return None if type(index) is Decimal else []
    chosen = []
    for item in items:
        result = condition(item_scope(scope, item))
        if type(result) is Decimal:
            return item_at(items, result)
        if result is True:
            chosen.append(item)
        elif result not in (None, False):
            raise Failure(f"A filter is a condition or a number, not a {kind_of(result)}")
    return chosen


def item_scope(scope: Scope, item: Value) -> Scope:
    """What a filter's condition sees: `item`, and the entries of an item that is a context."""
    inner = scope.inner({"item": item})
    return inner.inner(item) if type(item) is dict else inner


def item_at(items: list[Value], index: Decimal) -> Value:
    """The item at an index from 1, or from -1 backwards; raises Failure."""
    place = int(index)
    if place != index or place == 0 or abs(place) > len(items):
        raise Failure(f"There is no item {index} in a list of {len(items)}")
    return items[place - 1 if place > 0 else place]


def _as_list(value: Value) -> list[Value]:
    if value is None:
        return []
    return value if type(value) is list else [value]


def _nothing(scope: Scope) -> Value:
    return None


def _checked(bounds: Range, both: bool) -> Range:
    ends = [end for end in (bounds.low, bounds.high) if end is not None]
    if not ends:
        raise Failure("A range needs at least one end")
    if any(kind_of(end) not in RANGE_KINDS for end in ends):
        raise Failure(f"A {kind_of(ends[0])} cannot be the end of a range")
    if both and len(ends) == 2 and less(bounds.high, bounds.low):  # noqa: PLR2004 - both ends
        raise Failure("The range ends before it starts")
    return bounds
