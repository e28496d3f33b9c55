"""Compiles values, names, operators, logic and `if`."""

from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Final

from engine.errors import Invalid
from engine.feel import types
from engine.feel.arithmetic import OPERATORS, negate
from engine.feel.compare import compare
from engine.feel.evaluator.build import Build, Constant
from engine.feel.nodes import (
    Arithmetic,
    Between,
    Comparison,
    If,
    InstanceOf,
    Literal,
    Logic,
    Name,
    Negation,
)
from engine.feel.numbers import ARITHMETIC
from engine.feel.problems import SyntaxProblem
from engine.feel.run import Compiled, Scope, Value, attempt, size_of

_MISSING: Final = object()
_NUMBER_ORDERS: Final = {"<": lt, "<=": le, ">": gt, ">=": ge}
_NUMBER_SUMS: Final = {"+": ARITHMETIC.add, "-": ARITHMETIC.subtract, "*": ARITHMETIC.multiply}


def literal(node: Literal, build: Build) -> Compiled:
    """A value written out."""
    return Constant(node.value)


def name(node: Name, build: Build) -> Compiled:
    """The value of a variable, or a built-in function."""
    wanted, at = node.name, node.at
    function = build.functions.get(wanted)

    def look_up(scope: Scope) -> Value:
        inner: Scope | None = scope
        while inner is not None:
            value = inner.values.get(wanted, _MISSING)
            if value is not _MISSING:
                return value
            inner = inner.outer
        if function is None:
            scope.run.warn(f"There is no value called {wanted!r}", at)
        return function

    return look_up


def arithmetic(node: Arithmetic, build: Build) -> Compiled:
    """Operators of one rank, from the left."""
    result = build(node.first)
    if len(node.rest) == 1:
        operator, operand = node.rest[0]
        return _binary(operator, result, build(operand), node)
    steps = [(OPERATORS[operator], build(operand)) for operator, operand in node.rest]

    def chain(scope: Scope) -> Value:
        value = result(scope)
        for step, operand in steps:
            value = attempt(scope, node.at, step, value, operand(scope))
            scope.run.spend(size_of(value))
        return value

    return chain


def _binary(operator: str, left: Compiled, right: Compiled, node: Arithmetic) -> Compiled:
    step, quick = OPERATORS[operator], _NUMBER_SUMS.get(operator)
    at = node.at
    if quick is None:
        return lambda scope: attempt(scope, at, step, left(scope), right(scope))
    sum_of = quick

    def number(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if type(one) is Decimal and type(other) is Decimal:
            try:
                return sum_of(one, other)
            except ArithmeticError:
                scope.run.warn("The number is too large", at)
                return None
        value = attempt(scope, at, step, one, other)
        scope.run.spend(size_of(value))
        return value

    return number


def negation(node: Negation, build: Build) -> Compiled:
    """`-a`."""
    operand, at = build(node.operand), node.at
    return lambda scope: attempt(scope, at, negate, operand(scope))


def comparison(node: Comparison, build: Build) -> Compiled:
    """`a < b` and the like."""
    left, right, at, operator = build(node.left), build(node.right), node.at, node.operator
    quick = _NUMBER_ORDERS.get(operator)
    if quick is None:
        return lambda scope: attempt(scope, at, compare, operator, left(scope), right(scope))
    order = quick

    def ordered(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if type(one) is Decimal and type(other) is Decimal:
            return order(one, other)
        return attempt(scope, at, compare, operator, one, other)

    return ordered


def between(node: Between, build: Build) -> Compiled:
    """`a between b and c`, both ends included."""
    value, low, high, at = build(node.value), build(node.low), build(node.high), node.at

    def lies_between(scope: Scope) -> Value:
        tested = value(scope)
        above = attempt(scope, at, compare, ">=", tested, low(scope))
        below = attempt(scope, at, compare, "<=", tested, high(scope))
        return conjunction((above, below))

    return lies_between


def logic(node: Logic, build: Build) -> Compiled:
    """`and` and `or` with three values; what is no boolean counts as null."""
    operands = [build(operand) for operand in node.operands]
    decisive = node.operator == "or"

    def decide(scope: Scope) -> Value:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(scope)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return decide


def conjunction(values: tuple[Value, ...]) -> bool | None:
    """True when all are true, false when one is false, else null."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def choice(node: If, build: Build) -> Compiled:
    """`if`; a condition that is not true leads to the other part."""
    branches = [(build(condition), build(result)) for condition, result in node.branches]
    otherwise = build(node.otherwise)

    def choose(scope: Scope) -> Value:
        for condition, result in branches:
            if condition(scope) is True:
                return result(scope)
        return otherwise(scope)

    return choose


def instance_of(node: InstanceOf, build: Build) -> Compiled:
    """`a instance of type`."""
    value = build(node.value)
    try:
        asked = types.unconstrained(types.resolve(node.type, build.types))
    except Invalid as problem:
        raise SyntaxProblem(str(problem), node.at) from problem
    return lambda scope: asked.accepts(value(scope))
