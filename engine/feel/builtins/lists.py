"""Built-in functions on lists."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cmp_to_key
from typing import Final

from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.compare import equal, less
from engine.feel.problems import Failure
from engine.feel.run import Run, Value
from engine.feel.values import Function


@built_in("list contains(list: list, element: any)")
def list_contains(values: list[Value], element: Value) -> bool:
    """Whether an item equals the element."""
    return any(equal(value, element) is True for value in values)


@built_in("sublist(list: list, start position: number, length?: number)")
def sublist(values: list[Value], start: Decimal, length: Decimal | None = None) -> list[Value]:
    """Some items in a row, counted from 1 or backwards from -1."""
    begin = _index(values, start)
    if length is None:
        return values[begin:]
    end = begin + int(length)
    if length < 1 or end > len(values):
        raise Failure(f"sublist: there are no {length} items from {start} on")
    return values[begin:end]


@built_in("append(list: list, item+: any)")
def append(values: list[Value], items: list[Value]) -> list[Value]:
    """The list with items at its end."""
    return [*values, *items]


@built_in("concatenate(list+: list)", needs_run=True)
def concatenate(run: Run, lists: list[list[Value]]) -> list[Value]:
    """One list of all items of several."""
    run.spend(sum(map(len, lists)))
    return [item for each in lists for item in each]


@built_in("insert before(list: list, position: number, newItem: any)")
def insert_before(values: list[Value], position: Decimal, item: Value) -> list[Value]:
    """The list with one more item before a position."""
    index = _index(values, position)
    return [*values[:index], item, *values[index:]]


@built_in("remove(list: list, position: number)")
def remove(values: list[Value], position: Decimal) -> list[Value]:
    """The list without the item at a position."""
    index = _index(values, position)
    return values[:index] + values[index + 1 :]


@built_in("list replace(list: list, position: number, newItem: any)")
def replace_at(values: list[Value], position: Decimal, item: Value) -> list[Value]:
    """The list with another item at a position."""
    index = _index(values, position)
    return [*values[:index], item, *values[index + 1 :]]


@built_in("list replace(list: list, match: function, newItem: any)", needs_run=True)
def replace_matching(run: Run, values: list[Value], match: Function, item: Value) -> list[Value]:
    """The list with another item wherever the function says so."""
    run.spend(len(values))
    replaced = []
    for value in values:
        answer = match.invoke(run, [value, item])
        if not isinstance(answer, bool):
            raise Failure("list replace: match must answer true or false")
        replaced.append(item if answer else value)
    return replaced


@built_in("reverse(list: list)")
def reverse(values: list[Value]) -> list[Value]:
    """The list backwards."""
    return values[::-1]


@built_in("index of(list: list, match: any)")
def index_of(values: list[Value], match: Value) -> list[Value]:
    """The positions of all items that equal the match."""
    return [
        Decimal(position)
        for position, value in enumerate(values, start=1)
        if equal(value, match) is True
    ]


@built_in("union(list+: list)", needs_run=True)
def union(run: Run, lists: list[list[Value]]) -> list[Value]:
    """One list of all different items of several."""
    return _distinct(run, [item for each in lists for item in each])


@built_in("distinct values(list: list)", needs_run=True)
def distinct_values(run: Run, values: list[Value]) -> list[Value]:
    """The list without repetitions."""
    return _distinct(run, values)


@built_in("flatten(list: list)", needs_run=True)
def flatten(run: Run, values: list[Value]) -> list[Value]:
    """One list of the items of all lists inside."""
    flat: list[Value] = []
    waiting = [iter(values)]
    while waiting:
        for item in waiting[-1]:
            run.spend(1)
            if isinstance(item, list):
                waiting.append(iter(item))
                break
            flat.append(item)
        else:
            waiting.pop()
    return flat


@built_in("sort(list: list)", needs_run=True)
def sort(run: Run, values: list[Value]) -> list[Value]:
    """The list in ascending order."""
    run.spend(len(values) * len(values).bit_length() // 4)
    return sorted(values, key=cmp_to_key(_order))


@built_in("sort(list: list, precedes: function)", needs_run=True)
def sort_by(run: Run, values: list[Value], precedes: Function) -> list[Value]:
    """The list in the order of a function that says what comes first."""

    def order(one: Value, other: Value) -> int:
        run.spend(1)
        if precedes.invoke(run, [one, other]) is True:
            return -1
        return 1 if precedes.invoke(run, [other, one]) is True else 0

    return sorted(values, key=cmp_to_key(order))


def _order(one: Value, other: Value) -> int:
    if less(one, other):
        return -1
    return 1 if less(other, one) else 0


def _distinct(run: Run, values: Iterable[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        run.spend(1 + len(found) // 10)
        if not any(equal(value, other) is True for other in found):
            found.append(value)
    return found


def _index(values: list[Value], position: Decimal) -> int:
    place = int(position)
    if place != position or place == 0 or abs(place) > len(values):
        raise Failure(f"There is no position {position} in a list of {len(values)}")
    return place - 1 if place > 0 else len(values) + place


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    list_contains,
    sublist,
    append,
    concatenate,
    insert_before,
    remove,
    replace_at,
    replace_matching,
    reverse,
    index_of,
    union,
    distinct_values,
    flatten,
    sort,
    sort_by,
)
