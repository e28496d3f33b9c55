"""Compiles the FEEL texts of a DMN file and collects what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from lxml import etree

from engine.dmn.model import Complaint, ModelInvalid
from engine.dmn.source import id_of, is_feel
from engine.feel.expressions import build_cell, build_expression
from engine.feel.lexer import MAX_LENGTH
from engine.feel.parser.cursor import Names
from engine.feel.problems import SyntaxProblem
from engine.feel.run import Compiled, Scope, Value
from engine.feel.testers import Cell
from engine.feel.types import ANY, Resolver, Type

MAX_CELL: Final = 4096


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the texts of one element may refer to, and where complaints go."""

    file: str
    names: tuple[Names, ...]
    types: Resolver
    problems: list[Complaint]

    def knowing(self, names: Iterable[str]) -> "Draft":
        """The same with more names."""
        return replace(self, names=(*self.names, Names(names)))

    def complain(self, element: etree._Element, sentence: str) -> None:
        """Note what is wrong with an element."""
        self.problems.append((id_of(element), sentence))

    def expression(
        self, element: etree._Element, text: str, *, longest: int = MAX_LENGTH
    ) -> Compiled:
        """The text as a closure; where it does not parse, one that refuses to be evaluated."""
        if problem := _obstacle(element, text, longest):
            return self.refuse(element, problem)
        try:
            return build_expression(text, self.names, self.types, id_of(element))
        except SyntaxProblem as error:
            return self.refuse(element, str(error))

    def cell(self, element: etree._Element, text: str) -> Cell:
        """The unary tests of a cell; where they do not parse, ones that refuse to be tried."""
        if problem := _obstacle(element, text, MAX_CELL):
            return _refusing(self.refuse(element, problem))
        try:
            return build_cell(text, self.names, self.types, id_of(element))
        except SyntaxProblem as error:
            return _refusing(self.refuse(element, str(error)))

    def type_of(self, element: etree._Element | None) -> Type:
        """The type that an element's `typeRef` names; any type where it names none."""
        reference = None if element is None else element.get("typeRef")
        if element is None or not reference:
            return ANY
        found = self.types(reference)
        if found is None:
            self.complain(element, f"There is no type {reference!r}")
        return found or ANY

    def refuse(self, element: etree._Element, sentence: str) -> Compiled:
        """Complain, and give a closure that refuses to be evaluated."""
        self.complain(element, sentence)
        complaint, file = self.problems[-1], self.file

        def refuse(scope: Scope) -> NoReturn:
            raise ModelInvalid(file, [complaint])

        return refuse


def _obstacle(element: etree._Element, text: str, longest: int) -> str | None:
    """Why the text is not even looked at, or None."""
    if not is_feel(element):
        return "The expression language must be FEEL"
    if len(text) > longest:
        return f"The expression is longer than {longest:,} characters"
    return None


def _refusing(refuse: Compiled) -> Cell:
    def holds(scope: Scope, value: Value) -> bool | None:
        refuse(scope)
        return None

    return Cell(holds, None)
