"""FEEL types: what `instance of` and a declared type ask of a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import Invalid
from engine.feel.nodes import TypeName
from engine.feel.run import Value
from engine.feel.temporal import FeelDateTime, FeelTime
from engine.feel.values import Function, Range, kind_of


@dataclass(frozen=True)
class Type:
    """A simple type by name; the other types are its children."""

    name: str

    def accepts(self, value: Value) -> bool:
        """Whether the value is of this type; null is of type Null only."""
        return self.check(value, set())

    def check(self, value: Value, seen: "Seen") -> bool:
        """As `accepts`; what has been seen already is not looked at again."""
        if self.name == "Any":
            return value is not None
        kind = kind_of(value)
        return kind == self.name or (self.name == "Null" and value is None)


@dataclass(frozen=True)
class Constrained(Type):
    """A type of which only some values are allowed."""

    base: Type
    allows: Callable[[Value], bool]

    def check(self, value: Value, seen: "Seen") -> bool:
        return self.base.check(value, seen) and self.allows(value)


@dataclass(frozen=True)
class ListType(Type):
    """A list with items of one type."""

    item: Type

    def check(self, value: Value, seen: "Seen") -> bool:
        return isinstance(value, list) and all(admits(self.item, item, seen) for item in value)


@dataclass(frozen=True)
class ContextType(Type):
    """A context with at least these entries."""

    entries: Mapping[str, Type]

    def check(self, value: Value, seen: "Seen") -> bool:
        return isinstance(value, dict) and all(
            key in value and admits(of, value[key], seen) for key, of in self.entries.items()
        )


@dataclass(frozen=True)
class RangeType(Type):
    """A range between values of one type."""

    item: Type

    def check(self, value: Value, seen: "Seen") -> bool:
        return isinstance(value, Range) and all(
            admits(self.item, end, seen) for end in (value.low, value.high)
        )


@dataclass(frozen=True)
class FunctionType(Type):
    """A function with these parameters and this result."""

    parameters: tuple[Type, ...]
    result: Type

    def check(self, value: Value, seen: "Seen") -> bool:
        return (
            isinstance(value, Function)
            and isinstance(value.type, FunctionType)
            and is_subtype(value.type, self)
        )


Seen = set[tuple[int, int]]  # ids of types and of values
Resolver = Callable[[str], Type | None]
ANY: Final = Type("Any")
NULL: Final = Type("Null")
SIMPLE: Final[Mapping[str, Type]] = {
    name: Type(name)
    for name in (
        "Any",
        "Null",
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "list",
        "context",
        "range",
        "function",
    )
} | {
    "dateTime": Type("date and time"),
    "dayTimeDuration": Type("days and time duration"),
    "yearMonthDuration": Type("years and months duration"),
}


def admits(of: Type, value: Value, seen: Seen) -> bool:
    """Whether the value is of the type or is null."""
    if value is None or (id(of), id(value)) in seen:
        return True
    if isinstance(value, (list, dict)):
        seen.add((id(of), id(value)))
    return of.check(value, seen)


def simple_type(name: str) -> Type | None:
    """The simple type of that name, if there is one."""
    return SIMPLE.get(name)


def resolve(type_name: TypeName, named: Resolver) -> Type:
    """The type that a text names; raises Invalid when there is none."""
    arguments = tuple(resolve(argument, named) for argument in type_name.arguments)
    if type_name.name == "function" and arguments:
        return FunctionType("function", arguments[:-1], arguments[-1])
    if type_name.name == "context" and type_name.keys:
        return ContextType("context", dict(zip(type_name.keys, arguments, strict=True)))
    if type_name.name == "list" and arguments:
        return ListType("list", arguments[0])
    if type_name.name == "range" and arguments:
        return RangeType("range", arguments[0])
    found = simple_type(type_name.name) or named(type_name.name)
    if found is None:
        raise Invalid(f"There is no type {type_name.name!r}")
    return found


def is_subtype(one: Type, other: Type) -> bool:
    """Whether every value of type `one` is also of type `other`."""
    if other == ANY or one in (NULL, other):
        return True
    if isinstance(one, Constrained):
        return is_subtype(one.base, other)
    if type(one) is not type(other):
        return type(other) is Type and type(one) is not Type and one.name == other.name
    return _is_structural_subtype(one, other)


def _is_structural_subtype(one: Type, other: Type) -> bool:
    if isinstance(one, (ListType, RangeType)) and isinstance(other, (ListType, RangeType)):
        return is_subtype(one.item, other.item)
    if isinstance(one, ContextType) and isinstance(other, ContextType):
        return all(
            key in one.entries and is_subtype(one.entries[key], of)
            for key, of in other.entries.items()
        )
    if isinstance(one, FunctionType) and isinstance(other, FunctionType):
        return (
            len(one.parameters) == len(other.parameters)
            and all(map(is_subtype, other.parameters, one.parameters))
            and is_subtype(one.result, other.result)
        )
    return False


def coerce(value: Value, target: Type) -> Value:
    """The value as the type asks for it, where FEEL converts; else None.

    A list of one becomes its item, an item a list of one, and a date midnight of that day.
    """
    if value is None or target == ANY or target.accepts(value):
        return value
    if isinstance(target, ListType) and not isinstance(value, list):
        item = coerce(value, target.item)
        return None if item is None else [item]
    if isinstance(value, list) and len(value) == 1 and not _is_list(target):
        return coerce(value[0], target)
    if kind_of(value) == "date" and base_of(target).name == "date and time":
        midnight = FeelDateTime(value, FeelTime(0, 0, 0, 0, 0))
        return midnight if target.accepts(midnight) else None
    return None


def unconstrained(target: Type) -> Type:
    """The type without constraints anywhere in it: `instance of` asks for kinds, not values."""
    if isinstance(target, Constrained):
        return unconstrained(target.base)
    if isinstance(target, ListType):
        return ListType(target.name, unconstrained(target.item))
    if isinstance(target, ContextType):
        entries = {key: unconstrained(of) for key, of in target.entries.items()}
        return ContextType(target.name, entries)
    return target


def base_of(target: Type) -> Type:
    """The type without its constraints."""
    return base_of(target.base) if isinstance(target, Constrained) else target


def _is_list(target: Type) -> bool:
    return base_of(target).name == "list"
