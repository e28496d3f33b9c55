"""The function that makes a range of its text."""

from typing import Final

from engine.feel.builtins import dates
from engine.feel.builtins.signature import BuiltIn, as_functions, built_in
from engine.feel.evaluator import constant_value
from engine.feel.nodes import RangeOf
from engine.feel.parser import parse_expression
from engine.feel.parser.cursor import Names
from engine.feel.problems import Failure, SyntaxProblem
from engine.feel.run import Value
from engine.feel.values import Range

_DATES: Final = as_functions(dates.FUNCTIONS)
_NAMES: Final = Names(_DATES)


@built_in("range(from: string)")
def range_of(text: str) -> Range:
    """The range that a text such as `[1..5)` describes; its ends must be constants."""
    try:
        node = parse_expression(text, (_NAMES,))
    except SyntaxProblem as problem:
        raise Failure(f"range: {problem}") from problem
    value: Value = constant_value(node, _DATES) if isinstance(node, RangeOf) else None
    if not isinstance(value, Range) or None in (value.low, value.high):
        raise Failure(f"range: {text[:40]!r} is no range between two constants")
    return value


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (range_of,)
