"""Compiles the FEEL texts of a DMN file and collects what is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from lxml import etree

from engine.dmn.model import Complaint, ModelInvalid
from engine.dmn.source import id_of
from engine.errors import Invalid
from engine.feel.expressions import Test, build_expression, build_tests
from engine.feel.parser.cursor import Names
from engine.feel.run import Compiled, Scope, Value
from engine.feel.types import ANY, Resolver, Type

MAX_CELL: Final = 4096


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the texts of one element may refer to, and where complaints go."""

    file: str
    names: tuple[str, ...]
    types: Resolver
    problems: list[Complaint]

    def knowing(self, names: Iterable[str]) -> "Draft":
        """The same with more names."""
        return replace(self, names=(*self.names, *names))

    def complain(self, element: etree._Element, sentence: str) -> None:
        """Note what is wrong with an element."""
        self.problems.append((id_of(element), sentence))

    def expression(self, element: etree._Element, text: str) -> Compiled:
        """The text as a closure; where it does not parse, one that refuses to be evaluated."""
        if not self._is_feel(element):
            return self._refusal(element, "The expression language must be FEEL")
        try:
            return build_expression(text, Names(self.names), self.types, id_of(element))
        except Invalid as problem:
            return self._refusal(element, str(problem))

    def tests(self, element: etree._Element, text: str) -> Test:
        """The unary tests of a cell as a closure."""
        if not self._is_feel(element):
            return _ignoring_input(self._refusal(element, "The expression language must be FEEL"))
        try:
            return build_tests(text, Names(self.names), self.types, id_of(element))
        except Invalid as problem:
            return _ignoring_input(self._refusal(element, str(problem)))

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
        return self._refusal(element, sentence)

    def _refusal(self, element: etree._Element, sentence: str) -> Compiled:
        self.complain(element, sentence)
        complaint, file = self.problems[-1], self.file

        def refuse(scope: Scope) -> NoReturn:
            raise ModelInvalid(file, [complaint])

        return refuse

    def _is_feel(self, element: etree._Element) -> bool:
        language = element.get("expressionLanguage") or "feel"
        return language.lower() == "feel" or language.rstrip("/").endswith("/FEEL")


def _ignoring_input(refuse: Compiled) -> Callable[[Scope, Value], bool | None]:
    def test(scope: Scope, value: Value) -> bool | None:
        refuse(scope)
        return None

    return test
