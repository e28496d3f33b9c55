"""Looks into FEEL without running it: does it parse, what does it call, which names does it use?"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from engine import feel
from engine.dmn.model import Decision
from engine.feel import nodes
from engine.feel.builtins import FUNCTIONS
from engine.feel.expressions import BUILT_IN_NAMES
from engine.feel.parser import parse_expression, parse_tests

MAX_TEXT = 4_000
_IMPLIED = frozenset({"item", "partial", "?"})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A variable that an expression compares with texts."""

    name: str
    values: tuple[str, ...]


def problem_with_feel(text: str) -> str | None:
    """Why the text is no expression that can be evaluated, as a sentence; None if it is one."""
    if not text.strip():
        return "it is empty."
    if len(text) > MAX_TEXT:
        return f"it is longer than {MAX_TEXT:,} letters. Put the rule into a decision table."
    try:
        feel.compile_expression(text)
    except feel.SyntaxProblem as error:
        return f"{error}."
    for part in _parts(_parsed(text)):
        problem = _call_problem(part) if isinstance(part, nodes.Call) else None
        if problem:
            return f"{problem} (line {part.at.line}, column {part.at.column})."
    return None


def free_names(text: str) -> set[str]:
    """The variables that an expression takes from outside; empty for text that is no FEEL.

    Names inside a filter are left out: they may be members of what is filtered.
    """
    try:
        return set(_free(_parsed(text), _IMPLIED))
    except feel.SyntaxProblem:
        return set()


def compared_texts(text: str) -> list[Compared]:
    """The variables that an expression compares with texts, as in `status = "open"`."""
    try:
        parts = list(_parts(_parsed(text)))
    except feel.SyntaxProblem:
        return []
    return [found for part in parts if (found := _compared(part)) is not None]


def expressions_of(decision: Decision) -> Iterator[str]:
    """Everything in a decision that is computed; a cell as a test of nothing in particular."""
    yield decision.expression or ""
    if decision.table:
        yield from (column.expression for column in decision.table.inputs)
        for rule in decision.table.rules:
            yield from (f"? in ({cell})" for cell in rule.inputs)
            yield from rule.outputs


def tested_texts(text: str) -> tuple[str, ...]:
    """The texts that a cell of a decision table tests for; empty for text that is no FEEL."""
    try:
        tests = parse_tests(text, (BUILT_IN_NAMES,))
    except feel.SyntaxProblem:
        return ()
    return tuple(_texts(_parts(tests)))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> nodes.Node:
    return parse_expression(text, (BUILT_IN_NAMES,))


def _call_problem(call: nodes.Call) -> str | None:
    function = call.function
    if isinstance(function, nodes.Name):
        if function.name not in FUNCTIONS:
            return f"there is no function {function.name[:60]!r}"
        return None
    if isinstance(function, nodes.Member):
        return f"{function.name[:60]!r} is called, but values have no functions"
    return "something is called that is no function"


def _parts(node: Any) -> Iterator[nodes.Node]:
    """The expression and all its parts, however deep they stand."""
    pending: list[Any] = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, nodes.Node):
            yield part
        pending.extend(_children(part))


def _children(part: Any) -> Iterator[Any]:
    if isinstance(part, tuple):
        yield from part
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield getattr(part, field.name)


def _free(part: Any, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(part, nodes.Name):
        if part.name not in bound and part.name not in FUNCTIONS:
            yield part.name
    else:
        for child, inner in _inside(part, bound):
            yield from _free(child, inner)


def _inside(part: Any, bound: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """The parts directly inside, each with the names that it does not take from outside."""
    if isinstance(part, nodes.Filter):
        yield part.of, bound
    elif isinstance(part, nodes.For | nodes.Quantified):
        for iterator in part.iterators:
            yield (iterator.values, iterator.up_to), bound
            bound = bound | {iterator.name}
        yield part.body if isinstance(part, nodes.For) else part.condition, bound
    elif isinstance(part, nodes.ContextOf):
        for key, value in part.entries:
            yield value, bound
            bound = bound | {key}
    elif isinstance(part, nodes.FunctionOf):
        yield part.body, bound | {name for name, _ in part.parameters}
    else:
        yield from ((child, bound) for child in _children(part))


def fixed_length(text: str) -> float:
    """How many items a list has that depends on no variable; 0 for one that does."""
    if problem_with_feel(text) or free_names(text):
        return 0
    try:
        value = feel.evaluate(text)
    except feel.LimitExceeded:
        return float("inf")
    return len(value) if isinstance(value, list) else 0


def literal_text(text: str) -> str | None:
    """The text that an expression simply is, as in `"open"`; None for every other one."""
    try:
        found = _parsed(text)
    except feel.SyntaxProblem:
        return None
    is_text = isinstance(found, nodes.Literal) and isinstance(found.value, str)
    return str(found.value) if isinstance(found, nodes.Literal) and is_text else None


def _compared(part: nodes.Node) -> Compared | None:
    named, others = _sides(part)
    values = tuple(_texts(others))
    return Compared(name=named.name, values=values) if named and values else None


def _sides(part: nodes.Node) -> tuple[nodes.Name | None, tuple[nodes.Node, ...]]:
    """The variable that a part compares, and what it compares it with."""
    sides: tuple[nodes.Node, ...] = ()
    if isinstance(part, nodes.Comparison) and part.operator in ("=", "!="):
        sides = (part.left, part.right)
    elif isinstance(part, nodes.In):
        sides = (part.value, *part.tests)
    elif isinstance(part, nodes.Call) and isinstance(part.function, nodes.Name):
        sides = part.arguments if part.function.name == "list contains" else ()
    return next((side for side in sides if isinstance(side, nodes.Name)), None), sides


def _texts(parts: Any) -> Iterator[str]:
    for part in parts:
        if isinstance(part, nodes.Literal) and isinstance(part.value, str):
            yield part.value
