"""Parses FEEL text by hand: names may contain spaces, so tokens depend on the names in scope."""

from collections.abc import Iterable

from engine.feel.nodes import Node, Tests
from engine.feel.parser.cursor import Names
from engine.feel.parser.grammar import Grammar


def parse_expression(text: str, known: Iterable[Names], source: str | None = None) -> Node:
    """The text as an expression; `source` names its place in a file; raises SyntaxProblem."""
    return Grammar(text, known, source).whole_expression()


def parse_tests(text: str, known: Iterable[Names], source: str | None = None) -> Tests:
    """The text as the unary tests of a cell; raises SyntaxProblem."""
    return Grammar(text, known, source).whole_tests()
