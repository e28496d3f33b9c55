"""Takes an expression apart: the variables that it compares with constants, and with which."""

import json
from collections.abc import Iterator
from decimal import Decimal

from engine.feel import SyntaxProblem, nodes
from engine.feel.expressions import BUILT_IN_NAMES, guarded
from engine.feel.numbers import number_text
from engine.feel.parser import parse_expression
from engine.feel.problems import LimitExceeded


def compared(expression: str) -> dict[str, list[str]] | None:
    """The variables of an expression, with the tests that it puts to them; None if it does more."""
    try:
        parsed = guarded(parse_expression, expression, (BUILT_IN_NAMES,))
        tests = list(_tests(parsed))
    except (SyntaxProblem, LimitExceeded, _More):
        return None
    found: dict[str, list[str]] = {}
    for name, text in tests:
        found.setdefault(name, []).append(text)
    return found


class _More(Exception):
    """The expression does more than compare variables with constants."""


def _tests(node: nodes.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, nodes.Logic):
        for operand in node.operands:
            yield from _tests(operand)
    elif isinstance(node, nodes.Call) and _name_in(node.function) == "not":
        for argument in node.arguments:
            yield from _tests(argument)
    elif isinstance(node, nodes.Comparison):
        yield _comparison(node)
    elif isinstance(node, nodes.In):
        name = _name_in(node.value)
        yield from ((name, _test(test)) for test in node.tests)
    elif isinstance(node, nodes.Between):
        name = _name_in(node.value)
        yield from ((name, f">= {_constant(end)}") for end in (node.low, node.high))
    else:
        yield _name_in(node), "true"


def _comparison(node: nodes.Comparison) -> tuple[str, str]:
    sides = (node.left, node.right)
    names = [side for side in sides if isinstance(side, nodes.Name)]
    others = [side for side in sides if not isinstance(side, nodes.Name)]
    if len(names) != 1:
        raise _More
    text = _constant(others[0])
    return names[0].name, text if node.operator in ("=", "!=") else f">= {text}"


def _test(node: nodes.Node) -> str:
    if isinstance(node, nodes.Against):
        text = _constant(node.operand)
        return text if node.operator in ("=", "!=") else f">= {text}"
    return _constant(node)


def _constant(node: nodes.Node) -> str:
    value = node.value if isinstance(node, nodes.Literal) else ...
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return number_text(value)
    raise _More


def _name_in(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name) and node.name != "?":
        return node.name
    raise _More
