"""Compiles unary tests and `in`; cells that only hold constants become quick comparisons."""

from collections.abc import Callable
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from engine.feel.compare import compare, matches
from engine.feel.evaluator.build import Build, Constant, mentions_input
from engine.feel.nodes import Against, In, Node, RangeOf, Tests
from engine.feel.run import Compiled, Scope, Value, attempt
from engine.feel.values import Range

Test = Callable[[Scope, Value], bool | None]
_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "!=": ne,
}


def unary_tests(node: Tests, build: Build) -> Test:
    """The tests of a cell: true when one of them holds, or none where they are negated."""
    if not node.tests:
        return lambda scope, value: True
    holds = any_of(node.tests, build)
    if not node.negated:
        return holds

    def negated(scope: Scope, value: Value) -> bool | None:
        result = holds(scope, value)
        return None if result is None else not result

    return negated


def membership(node: In, build: Build) -> Compiled:
    """`a in (test, test)`."""
    value, holds = build(node.value), any_of(node.tests, build)
    return lambda scope: holds(scope, value(scope))


def any_of(nodes: tuple[Node, ...], build: Build) -> Test:
    """True when one test holds, null when none does and one has no answer."""
    tests = [_test(node, build) for node in nodes]
    if len(tests) == 1:
        return tests[0]
    constants = [build.constant(node) for node in nodes]
    values = [each.value for each in constants if isinstance(each, Constant)]
    general = _any(tests)
    if len(values) == len(nodes) and all(type(value) is str for value in values):
        return _one_of(frozenset(values), str, general)
    if len(values) == len(nodes) and all(type(value) is Decimal for value in values):
        return _one_of(frozenset(values), Decimal, general)
    return general


def _any(tests: list[Test]) -> Test:
    def any_holds(scope: Scope, value: Value) -> bool | None:
        result: bool | None = False
        for test in tests:
            held = test(scope, value)
            if held:
                return True
            if held is None:
                result = None
        return result

    return any_holds


def _one_of(values: frozenset[Value], kind: type, general: Test) -> Test:
    def is_one_of(scope: Scope, value: Value) -> bool | None:
        return value in values if type(value) is kind else general(scope, value)

    return is_one_of


def _test(node: Node, build: Build) -> Test:
    if isinstance(node, Against):
        return _against(node, build)
    if mentions_input(node):
        return _about_input(node, build)
    constant = build.constant(node)
    if isinstance(constant, Constant):
        return _constant_test(constant.value, node)
    return _value_test(build(node), node)


def _against(node: Against, build: Build) -> Test:
    operator, at, order = node.operator, node.at, _ORDERS[node.operator]
    ordering = operator not in ("=", "!=")
    operand = build.constant(node.operand) or build(node.operand)

    def general(scope: Scope, value: Value) -> bool | None:
        if value is None and ordering:
            return None  # a missing value passes no such test, which needs no warning
        against = operand(scope.inner({"?": value}))
        result: bool | None = attempt(scope, at, compare, operator, value, against)
        return result

    if not isinstance(operand, Constant) or type(operand.value) not in (Decimal, str):
        return general
    bound, kind = operand.value, type(operand.value)

    def quick(scope: Scope, value: Value) -> bool | None:
        return order(value, bound) if type(value) is kind else general(scope, value)

    return quick


def _about_input(node: Node, build: Build) -> Test:
    condition = build(node)

    def holds(scope: Scope, value: Value) -> bool | None:
        result = condition(scope.inner({"?": value}))
        if result is None or isinstance(result, bool):
            return result
        outcome: bool | None = attempt(scope, node.at, matches, value, result)
        return outcome

    return holds


def _constant_test(expected: Value, node: Node) -> Test:
    def general(scope: Scope, value: Value) -> bool | None:
        result: bool | None = attempt(scope, node.at, matches, value, expected)
        return result

    kind = type(expected)
    if kind is Range:
        return _range_test(expected, general)
    if kind not in (Decimal, str, bool):
        return general

    def quick(scope: Scope, value: Value) -> bool | None:
        return bool(value == expected) if type(value) is kind else general(scope, value)

    return quick


def _range_test(bounds: Range, general: Test) -> Test:
    low, high = bounds.low, bounds.high
    if type(low) is not Decimal or type(high) is not Decimal or bounds.negated:
        return general
    above = le if bounds.low_included else lt
    below = le if bounds.high_included else lt
    if above is le and below is le:
        return lambda scope, value: (
            low <= value <= high if type(value) is Decimal else general(scope, value)
        )
    return lambda scope, value: (
        above(low, value) and below(value, high)
        if type(value) is Decimal
        else general(scope, value)
    )


def _value_test(expected: Compiled, node: Node) -> Test:
    def holds(scope: Scope, value: Value) -> bool | None:
        wanted = expected(scope)
        if wanted is True and not isinstance(value, bool):
            return True
        if wanted is None and isinstance(node, RangeOf):
            return None
        result: bool | None = attempt(scope, node.at, matches, value, wanted)
        return result

    return holds
