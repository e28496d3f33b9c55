"""Says a cell of a decision table in words, where there are words for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from engine.dmn.tables import ANYTHING
from engine.feel import LimitExceeded, SyntaxProblem, nodes
from engine.feel.builtins import FUNCTIONS
from engine.feel.evaluator import constant_value
from engine.feel.expressions import BUILT_IN_NAMES, guarded
from engine.feel.numbers import number_text
from engine.feel.parser import parse_tests
from engine.feel.run import Value
from engine.feel.values import Range
from engine.identifiers import spoken

MOST: Final = 8  # values in a sentence; a longer list is cut off
_COMPARED: Final[Mapping[str, str]] = {
    "=": "",
    "!=": "anything but ",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A cell as a reader meets it: words, or FEEL where it cannot be put into words."""

    text: str
    is_feel: bool = False
    is_anything: bool = False


class _Unspoken(Exception):
    """There are no words for a part of the cell."""


@lru_cache(maxsize=4096)
def said(cell: str, *, most: int | None = None) -> Said:
    """The cell in words: `"moderate", "high"` as “moderate or high”.

    At most `most` values are listed, and then how many more there are.
    """
    if cell in ANYTHING:
        return Said(text="anything", is_anything=True)
    try:
        tests = guarded(parse_tests, cell, (BUILT_IN_NAMES,))
        return Said(text=_tests(tests, most))
    except (SyntaxProblem, LimitExceeded, _Unspoken):
        return Said(text=" ".join(cell.split()), is_feel=True)


def _tests(tests: nodes.Tests, most: int | None) -> str:
    parts = [_test(test) for test in tests.tests]
    words = _listed(parts, most)
    return f"anything but {words}" if tests.negated else words


def _listed(parts: Sequence[str], most: int | None) -> str:
    if most is not None and len(parts) > most:
        return f"{', '.join(parts[:most])} or {len(parts) - most} more"
    return " or ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _test(node: nodes.Node) -> str:
    read = _READERS.get(type(node))
    return _value_of(node) if read is None else read(node)


def _value_of(node: nodes.Node) -> str:
    value = constant_value(node, FUNCTIONS)
    if value is None:
        raise _Unspoken
    return _value(value)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, Range):
        return _range(value)
    if isinstance(value, dict):
        raise _Unspoken
    return spoken(str(value)) or "an empty text"


def _range(value: Range) -> str:
    if value.negated or value.low is None or value.high is None:
        raise _Unspoken
    low, high = _value(value.low), _value(value.high)
    if value.low_included and value.high_included:
        return f"{low} to {high}"
    return (
        f"{'at least' if value.low_included else 'more than'} {low}"
        f" and {'at most' if value.high_included else 'less than'} {high}"
    )


def _literal(node: nodes.Literal) -> str:
    return "no answer" if node.value is None else _value(node.value)


def _against(node: nodes.Against) -> str:
    return _COMPARED[node.operator] + _test(node.operand)


def _name(node: nodes.Name) -> str:
    if node.name == "?":
        raise _Unspoken
    return f"“{spoken(node.name)}”"


_READERS: Final[Mapping[type[nodes.Node], Callable[[Any], str]]] = {
    nodes.Literal: _literal,
    nodes.Against: _against,
    nodes.Name: _name,
}
