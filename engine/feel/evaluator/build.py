"""What compiling a part of an expression needs: the other parts' compilers, types and functions."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from engine.feel.nodes import Arithmetic, Call, ListOf, Literal, Name, Negation, Node, RangeOf
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.types import Resolver
from engine.feel.values import Function

FOLDED_FUNCTIONS = frozenset(("date", "time", "date and time", "duration"))


class Build(NamedTuple):
    """Compiles nodes; `functions` are the built-in ones, `types` finds a named type."""

    compilers: Mapping[type[Node], Callable[[Any, "Build"], Compiled]]
    functions: Mapping[str, Function]
    types: Resolver

    def __call__(self, node: Node) -> Compiled:
        """The node as a function of the scope."""
        return self.compilers[type(node)](node, self)

    def constant(self, node: Node) -> Compiled | None:
        """The compiled node with its value worked out already, where that cannot change."""
        if not _is_foldable(node):
            return None
        run = Run()
        value = self(node)(Scope({}, run))
        return None if run.warnings else Constant(value)


class Constant:
    """A compiled part that always has the same value."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __call__(self, scope: Scope) -> Value:
        return self.value


def mentions_input(node: object) -> bool:
    """Whether `?` occurs in the node."""
    if isinstance(node, Name):
        return node.name == "?"
    if isinstance(node, tuple):
        return any(map(mentions_input, node))
    return isinstance(node, Node) and any(
        mentions_input(getattr(node, field.name)) for field in fields(node)
    )


def weight(node: object) -> int:
    """How many steps one evaluation of the node costs, judged by its size."""
    return 1 + _size(node) // 8


def _size(node: object) -> int:
    if isinstance(node, tuple):
        return sum(map(_size, node))
    if not isinstance(node, Node):
        return 0
    return 1 + sum(_size(getattr(node, field.name)) for field in fields(node))


def _is_foldable(node: Node | None) -> bool:
    if isinstance(node, Literal) or node is None:
        return True
    if isinstance(node, Negation):
        return _is_foldable(node.operand)
    if isinstance(node, Arithmetic):
        return _is_foldable(node.first) and all(_is_foldable(part) for _, part in node.rest)
    if isinstance(node, ListOf):
        return all(map(_is_foldable, node.items))
    if isinstance(node, RangeOf):
        return _is_foldable(node.low) and _is_foldable(node.high)
    return isinstance(node, Call) and _is_folded_call(node)


def _is_folded_call(node: Call) -> bool:
    return (
        isinstance(node.function, Name)
        and node.function.name in FOLDED_FUNCTIONS
        and all(map(_is_foldable, node.arguments))
    )
