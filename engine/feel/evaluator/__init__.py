"""Turns parsed expressions into closures, once, for evaluation many times."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.feel.evaluator import functions, loops, operators, structures, tests
from engine.feel.evaluator.build import Build, Constant
from engine.feel.evaluator.probes import constants_of
from engine.feel.nodes import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Member,
    Name,
    Negation,
    Node,
    Quantified,
    RangeOf,
    Tests,
)
from engine.feel.run import Compiled, Value
from engine.feel.types import Resolver
from engine.feel.values import Function

_COMPILERS: Final[Mapping[type[Node], Callable[[Any, Build], Compiled]]] = {
    Literal: operators.literal,
    Name: operators.name,
    Arithmetic: operators.arithmetic,
    Negation: operators.negation,
    Comparison: operators.comparison,
    Between: operators.between,
    Logic: operators.logic,
    If: operators.choice,
    InstanceOf: operators.instance_of,
    ListOf: structures.list_of,
    ContextOf: structures.context_of,
    RangeOf: structures.range_of,
    Member: structures.member,
    Filter: structures.filtered,
    For: loops.loop,
    Quantified: loops.quantified,
    Call: functions.call,
    FunctionOf: functions.function_of,
    In: tests.membership,
}


def compile_node(node: Node, built_in: Mapping[str, Function], types: Resolver) -> Compiled:
    """The expression as a function of its scope; raises SyntaxProblem for an unknown type."""
    return Build(_COMPILERS, built_in, types)(node)


def compile_unary_tests(
    node: Tests, built_in: Mapping[str, Function], types: Resolver
) -> tests.Test:
    """The tests of a cell as a function of the scope and the input."""
    return tests.unary_tests(node, Build(_COMPILERS, built_in, types))


def tested_constants(node: Tests, built_in: Mapping[str, Function]) -> tuple[Value, ...] | None:
    """What a cell compares its input with, where that is constant; else None."""
    return constants_of(node, Build(_COMPILERS, built_in, lambda name: None))


def constant_value(node: Node, built_in: Mapping[str, Function]) -> Value:
    """The value of an expression that consists of constants; null for any other."""
    found = Build(_COMPILERS, built_in, lambda name: None).constant(node)
    return found.value if isinstance(found, Constant) else None
