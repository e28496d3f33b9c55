"""The types that a DMN file defines."""

from collections.abc import Callable, Mapping

from lxml import etree

from engine.dmn.draft import Draft
from engine.dmn.source import child, children, name_of, own_text, text_of
from engine.feel.run import Run, Scope, Value
from engine.feel.testers import Test
from engine.feel.types import (
    ANY,
    Constrained,
    ContextType,
    FunctionType,
    ListType,
    Resolver,
    Type,
    simple_type,
)

Definitions = Mapping[str, etree._Element]


class ItemTypes:
    """Finds a type by its name in a file, in those it imports, or among FEEL's own."""

    def __init__(
        self,
        definitions: Definitions,
        imported: Mapping[str, Resolver],
        draft: Callable[[Resolver], Draft],
    ) -> None:
        self._definitions = definitions
        self._imported = imported
        self._draft = draft(self)
        self._known: dict[str, Type] = {}

    def __call__(self, reference: str) -> Type | None:
        """The type of that name, or None."""
        name = reference.strip()
        if name in self._definitions:
            return self._defined(name)
        prefix, dot, rest = name.partition(".")
        if dot and prefix in self._imported:
            return self._imported[prefix](rest)
        for resolver in [self._imported[""]] if "" in self._imported else []:
            if found := resolver(name):
                return found
        return simple_type(name) or simple_type(name.rpartition(":")[2])

    def _defined(self, name: str) -> Type:
        if name not in self._known:
            self._known[name] = ANY  # what a type that contains itself sees there
            self._known[name] = self._built(self._definitions[name])
        return self._known[name]

    def _built(self, element: etree._Element) -> Type:
        base = self._constrained(element, "allowedValues", self._base(element))
        if element.get("isCollection") == "true":
            base = ListType(name_of(element) and "list", base)
        return self._constrained(element, "typeConstraint", base)

    def _base(self, element: etree._Element) -> Type:
        components = list(children(element, "itemComponent"))
        if components:
            entries = {name_of(each): self._built(each) for each in components}
            return ContextType("context", entries)
        function = child(element, "functionItem")
        if function is not None:
            return self._function(function)
        reference = own_text(child(element, "typeRef"))
        found = self(reference) if reference else ANY
        if found is None:
            self._draft.complain(element, f"There is no type {reference!r}")
        return found or ANY

    def _function(self, element: etree._Element) -> Type:
        parameters = tuple(self._referred(each, "typeRef") for each in children(element))
        return FunctionType("function", parameters, self._referred(element, "outputTypeRef"))

    def _referred(self, element: etree._Element, attribute: str) -> Type:
        reference = element.get(attribute)
        return (self(reference) or ANY) if reference else ANY

    def _constrained(self, element: etree._Element, name: str, base: Type) -> Type:
        constraint = child(element, name)
        if constraint is None or not text_of(constraint):
            return base
        tests = self._draft.cell(constraint, text_of(constraint)).holds
        return Constrained(base.name, base, _allows(tests))


def _allows(tests: Test) -> Callable[[Value], bool]:
    return lambda value: tests(Scope({}, Run()), value) is True
