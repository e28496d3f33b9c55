"""Variables on their way: local ones, mapped ones, and the three-way merge of parallel branches.

A token's variables are never changed in place: whoever writes makes a new dictionary. So a token
may share them with the token before it, and events may show them without a copy.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.execution.limits import Variables

Shadow = dict[str, list[Any]]
"""Names that are local to a place, each with the outer value it hides: [value], or [] for none."""
Changes = dict[str, list[Any]]
"""What a branch changed: name → before, after (each [value], or [] for none), and when."""


def hide(outer: Mapping[str, Any], names: Iterable[str]) -> Shadow:
    """Return what is needed to give `names` back their outer values later."""
    return {name: _cell(outer, name) for name in names}


def reveal(variables: Variables, shadow: Shadow) -> Variables:
    """Return the variables as they are outside the place where `shadow` was made."""
    if not shadow:
        return variables
    result = dict(variables)
    for name, cell in shadow.items():
        _put(result, name, cell)
    return result


def assign(variables: Variables, target: str, value: Any) -> None:
    """Set `target` in a dictionary that nobody else holds; `a.b` sets `b` in a copy of `a`."""
    *path, last = target.split(".")
    place = variables
    for name in path:
        inner = place.get(name)
        place[name] = dict(inner) if isinstance(inner, dict) else {}
        place = place[name]
    place[last] = value


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, when: int = 0) -> Changes:
    """Return what was set, changed or removed between two states of the variables."""
    if before is after:
        return {}
    found: Changes = {
        name: [_cell(before, name), [value], when]
        for name, value in after.items()
        if not (name in before and _is_same(before[name], value))
    }
    for name in before:
        if name not in after:
            found[name] = [[before[name]], [], when]
    return found


def apply(variables: Variables, made: Changes) -> Variables:
    """Return the variables with the changes made in them, whatever they were."""
    if not made:
        return variables
    result = dict(variables)
    for name, (_, after, _) in made.items():
        _put(result, name, after)
    return result


def apply_unless_changed(variables: Variables, made: Changes) -> Variables:
    """Return the variables with those changes made whose starting point they still hold."""
    still = {
        name: change for name, change in made.items() if _is_same(_cell(variables, name), change[0])
    }
    return apply(variables, still)


def add_changes(some: Changes, others: Changes) -> Changes:
    """Return both together, where both start from the same: of one name the later wins."""
    result = dict(some)
    for name, change in others.items():
        if name not in some or change[2] >= some[name][2]:
            result[name] = change
    return result


def chain_changes(first: Changes, then: Changes) -> Changes:
    """Return what making the first and then the others comes to; of rivals the later wins."""
    result = {**then, **first}
    for name in first.keys() & then.keys():
        before, between, when = first[name]
        expected, after, later = then[name]
        if _is_same(between, expected) or later > when:
            result[name] = [before, after, later]
    return result


def merge(base: Variables, branches: Iterable[Variables]) -> Variables:
    """Return what parallel branches come to: each one's changes against the fork, last one wins."""
    result = base
    for branch in branches:
        result = apply(result, changes(base, branch))
    return result


def _cell(variables: Mapping[str, Any], name: str) -> list[Any]:
    return [variables[name]] if name in variables else []


def _put(variables: Variables, name: str, cell: list[Any]) -> None:
    if cell:
        variables[name] = cell[0]
    else:
        variables.pop(name, None)


def _is_same(one: Any, other: Any) -> bool:
    """Compare as JSON does: `1` is not `true`."""
    if one is other:
        return True
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(one[k], other[k]) for k in one)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
