"""FEEL texts compiled once and evaluated many times: what the rest of the engine uses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypeVar

from engine.feel.builtins import FUNCTIONS
from engine.feel.evaluator import compile_node, compile_unary_tests, tested_constants
from engine.feel.lexer import name_parts
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.parser.cursor import Names
from engine.feel.problems import LimitExceeded, Place, SyntaxProblem, Warning_
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.testers import Cell, Test, Tester, quickest
from engine.feel.types import Resolver
from engine.feel.values import from_python

_TYPE_NAMES: Final = ("days and time duration", "years and months duration")
_MEMBERS: Final = ("time offset", "start included", "end included")
BUILT_IN_NAMES: Final = Names((*FUNCTIONS, *_TYPE_NAMES, *_MEMBERS))
MAX_NAME_DEPTH: Final = 5
MAX_NAME: Final = 200
T = TypeVar("T")


class Expression:
    """A FEEL expression, ready to be evaluated from several threads."""

    def __init__(self, text: str, compiled: Compiled) -> None:
        self.text = text
        self.compiled = compiled

    def evaluate(
        self,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> Value:
        """The value; errors make it null and are added to `warnings`. Raises LimitExceeded."""
        run = Run(now=now, warnings=warnings)
        return guarded(self.compiled, Scope(Converted(context), run))


class UnaryTests:
    """The unary tests of a cell, ready to be tried from several threads."""

    def __init__(self, text: str, cell: Cell) -> None:
        self.text = text
        self.test: Tester = quickest(cell, _general_tester(cell.holds))


class Converted(Mapping[str, Value]):
    """A context of plain Python values that become FEEL values when they are read."""

    __slots__ = ("_plain", "_values")

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self._plain = plain
        self._values: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._values:
            self._values[name] = from_python(self._plain[name])
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)


def guarded(step: Callable[..., T], *arguments: Any) -> T:
    """The result of a step; a stack that runs full becomes LimitExceeded."""
    try:
        return step(*arguments)
    except RecursionError as error:
        raise LimitExceeded("The evaluation is nested too deep") from error


def compile_expression(text: str, names: Iterable[str] = ()) -> Expression:
    """The text as an expression in which `names` are known; raises SyntaxProblem.

    Only names of several words or with signs in them need to be given.
    """
    return _expression(text, _spaced(names))


def compile_tests(text: str, names: Iterable[str] = ()) -> UnaryTests:
    """The text as the unary tests of a cell; raises SyntaxProblem."""
    return _tests(text, _spaced(names))


def build_expression(
    text: str, names: Iterable[Names], types: Resolver, source: str | None
) -> Compiled:
    """The text as a closure, with named types; `source` is where it stands in a file."""
    try:
        node = parse_expression(text, (BUILT_IN_NAMES, *names), source)
        return compile_node(node, FUNCTIONS, types)
    except RecursionError as error:
        raise SyntaxProblem("The expression is nested too deep", Place(1, 1, source)) from error


def build_cell(text: str, names: Iterable[Names], types: Resolver, source: str | None) -> Cell:
    """The unary tests of a cell as a closure, with named types."""
    try:
        node = parse_tests(text, (BUILT_IN_NAMES, *names), source)
        holds = compile_unary_tests(node, FUNCTIONS, types)
        return Cell(holds, tested_constants(node, FUNCTIONS))
    except RecursionError as error:
        raise SyntaxProblem("The tests are nested too deep", Place(1, 1, source)) from error


def evaluate(
    text: str,
    context: Mapping[str, Any] = {},
    *,
    now: datetime | None = None,
    warnings: list[Warning_] | None = None,
) -> Value:
    """The value of an expression in a context; raises SyntaxProblem and LimitExceeded."""
    expression = compile_expression(text, names_in(context))
    return expression.evaluate(context, now=now, warnings=warnings)


def unary_test(
    text: str,
    input: Any,
    context: Mapping[str, Any] = {},
    *,
    now: datetime | None = None,
) -> bool:
    """Whether an input passes unary tests; raises SyntaxProblem and LimitExceeded."""
    return compile_tests(text, names_in(context)).test(input, context, now=now)


def names_in(value: Any, depth: int = 0) -> Iterator[str]:
    """All keys in a value, those of contexts inside it too."""
    if depth > MAX_NAME_DEPTH:
        return
    if isinstance(value, Mapping):
        yield from map(str, value)
        for item in value.values():
            yield from names_in(item, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value[:1]:
            yield from names_in(item, depth + 1)


def _general_tester(holds: Test) -> Tester:
    def test(
        value: Any,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        warnings: list[Warning_] | None = None,
    ) -> bool:
        run = Run(now=now, warnings=warnings)
        scope = Scope(Converted(context), run)
        return guarded(holds, scope, from_python(value)) is True

    return test


def _spaced(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if not name.isidentifier() and _is_name(name)}))


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME and len(name_parts(name)) > 1


@lru_cache(maxsize=4096)
def _expression(text: str, names: tuple[str, ...]) -> Expression:
    return Expression(text, build_expression(text, (Names(names),), _no_types, None))


@lru_cache(maxsize=4096)
def _tests(text: str, names: tuple[str, ...]) -> UnaryTests:
    return UnaryTests(text, build_cell(text, (Names(names),), _no_types, None))


def _no_types(name: str) -> None:
    return None
