"""Built-in functions on contexts."""

from typing import Final

from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.problems import Failure
from engine.feel.run import Value

Context = dict[str, Value]


@built_in("get value(m: context, key: string)")
def get_value(context: Context, key: str) -> Value:
    """The entry of a context."""
    return _entry(context, key)


@built_in("get value(context: context, keys: list)")
def get_value_by_keys(context: Context, keys: list[Value]) -> Value:
    """The entry of a context inside others, by the path of keys to it."""
    value: Value = context
    if not keys:
        raise Failure("get value: there are no keys")
    for key in keys:
        if not isinstance(value, dict) or not isinstance(key, str):
            raise Failure("get value: the keys lead to no entry")
        value = _entry(value, key)
    return value


@built_in("get entries(m: context)")
def get_entries(context: Context) -> list[Value]:
    """A list of contexts with key and value, one for each entry."""
    return [{"key": key, "value": value} for key, value in context.items()]


@built_in("context(entries: list)")
def context_of(entries: list[Value]) -> Context:
    """A context made of contexts with key and value."""
    context: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            raise Failure("context: every entry needs a key and a value")
        if not isinstance(entry["key"], str) or entry["key"] in context:
            raise Failure("context: a key must be a string and stand once only")
        context[entry["key"]] = entry["value"]
    return context


@built_in("context put(context: context, key: string, value: any)")
def context_put(context: Context, key: str, value: Value) -> Context:
    """The context with one entry added or replaced."""
    return {**context, key: value}


@built_in("context put(context: context, keys: list, value: any)")
def context_put_by_keys(context: Context, keys: list[Value], value: Value) -> Context:
    """The context with an entry inside others added or replaced."""
    if not keys:
        raise Failure("context put: there are no keys")
    key, *others = keys
    if not isinstance(key, str):
        raise Failure("context put: a key must be a string")
    if not others:
        return {**context, key: value}
    inside = context.get(key)
    if not isinstance(inside, dict):
        raise Failure(f"context put: the entry {key!r} is no context")
    return {**context, key: context_put_by_keys.call(inside, others, value)}


@built_in("context merge(contexts: list)")
def context_merge(contexts: list[Value]) -> Context:
    """One context of several; the last entry of a name wins."""
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Failure("context merge: every item must be a context")
        merged.update(context)
    return merged


def _entry(context: Context, key: str) -> Value:
    if key not in context:
        raise Failure(f"get value: there is no entry {key!r}")
    return context[key]


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    get_value,
    get_value_by_keys,
    get_entries,
    context_of,
    context_put,
    context_put_by_keys,
    context_merge,
)
