"""Compiles boxed expressions: everything that may stand where a decision's logic stands."""

from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from engine.dmn.draft import Draft
from engine.dmn.source import child, children, id_of, name_of, tag, text_of
from engine.dmn.tables import compile_table
from engine.feel.evaluator.functions import call_named, costly, user_function
from engine.feel.evaluator.loops import decide, rounds
from engine.feel.evaluator.structures import select
from engine.feel.problems import Place
from engine.feel.run import Compiled, Scope, Value, attempt
from engine.feel.types import ANY, FunctionType, Type, coerce
from engine.feel.values import kind_of

EXPRESSIONS: Final = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "functionDefinition",
    "list",
    "relation",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
)
MAX_BOXES: Final = 30


def compile_boxed(element: etree._Element, draft: Draft) -> Compiled:
    """The boxed expression as a closure."""
    if sum(tag(each) in EXPRESSIONS for each in element.iterancestors()) > MAX_BOXES:
        return draft.refuse(element, f"Expressions are nested more than {MAX_BOXES} levels deep")
    return _COMPILERS[tag(element)](element, draft)


def expression_in(element: etree._Element | None) -> etree._Element | None:
    """The first boxed expression that is a child of the element."""
    return None if element is None else next(children(element, *EXPRESSIONS), None)


def inside(element: etree._Element, draft: Draft) -> Compiled:
    """The boxed expression in an element, as a closure; null where there is none."""
    found = expression_in(element)
    return _nothing if found is None else compile_boxed(found, draft)


def _cost(element: etree._Element) -> int:
    """How many steps one evaluation of the element costs, judged by its texts."""
    return 1 + sum(len(text.text or "") for text in element.iter("{*}text")) // 30


def _nothing(scope: Scope) -> Value:
    return None


def _part(element: etree._Element, name: str, draft: Draft) -> Compiled:
    part = child(element, name)
    return draft.refuse(element, f"{name} is missing") if part is None else inside(part, draft)


def _literal(element: etree._Element, draft: Draft) -> Compiled:
    text = text_of(element)
    if child(element, "importedValues") is not None:
        return draft.refuse(element, "Imported values are not read")
    return draft.expression(element, text) if text else _nothing


def _context(element: etree._Element, draft: Draft) -> Compiled:
    entries: list[tuple[str | None, Compiled]] = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        name = None if variable is None else name_of(variable)
        target = draft.type_of(variable)
        value = inside(entry, draft)
        entries.append((name, _typed(value, target)))
        draft = draft.knowing([name] if name else [])

    def make(scope: Scope) -> Value:
        values: dict[str, Value] = {}
        inner = scope.inner(values)
        for name, value in entries:
            if name is None:
                return value(inner)
            values[name] = value(inner)
        return values

    return make


def _typed(value: Compiled, target: Type) -> Compiled:
    return lambda scope: coerce(value(scope), target)


def _list(element: etree._Element, draft: Draft) -> Compiled:
    items = [compile_boxed(each, draft) for each in children(element, *EXPRESSIONS)]
    return lambda scope: [item(scope) for item in items]


def _relation(element: etree._Element, draft: Draft) -> Compiled:
    columns = [name_of(column) for column in children(element, "column")]
    rows = [
        [compile_boxed(cell, draft) for cell in children(row, *EXPRESSIONS)]
        for row in children(element, "row")
    ]
    if any(len(row) != len(columns) for row in rows):
        return draft.refuse(element, "Every row must have as many cells as there are columns")
    return lambda scope: [
        {name: cell(scope) for name, cell in zip(columns, row, strict=True)} for row in rows
    ]


def _invocation(element: etree._Element, draft: Draft) -> Compiled:
    function = inside(element, draft)
    arguments: dict[str, Compiled] = {}
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        if parameter is None:
            return draft.refuse(binding, "The binding names no parameter")
        arguments[name_of(parameter)] = inside(binding, draft)
    at = Place(1, 1, id_of(element))
    return lambda scope: attempt(
        scope,
        at,
        call_named,
        scope.run,
        function(scope),
        {name: value(scope) for name, value in arguments.items()},
    )


def compile_function(
    element: etree._Element, name: str, draft: Draft, *, result: Type = ANY
) -> Compiled:
    """A function definition as a closure that makes the function; `result` is its type."""
    if (element.get("kind") or "FEEL") != "FEEL":
        return draft.refuse(element, "External functions are never run")
    parameters = list(children(element, "formalParameter"))
    names = tuple(name_of(parameter) for parameter in parameters)
    given = draft.type_of(element) if result == ANY else result
    signature = FunctionType("function", tuple(map(draft.type_of, parameters)), given)
    body = costly(inside(element, draft.knowing(names)), _cost(element))
    return lambda scope: user_function(name, names, signature, body, scope)


def _function(element: etree._Element, draft: Draft) -> Compiled:
    return compile_function(element, "function", draft)


def _conditional(element: etree._Element, draft: Draft) -> Compiled:
    condition = _part(element, "if", draft)
    then, otherwise = _part(element, "then", draft), _part(element, "else", draft)
    at = Place(1, 1, id_of(element))

    def choose(scope: Scope) -> Value:
        decided = condition(scope)
        if decided is None or isinstance(decided, bool):
            return then(scope) if decided else otherwise(scope)
        scope.run.warn(f"A condition is a boolean, not a {kind_of(decided)}", at)
        return None

    return choose


def _filter(element: etree._Element, draft: Draft) -> Compiled:
    values, condition = _part(element, "in", draft), _part(element, "match", draft)
    at, cost = Place(1, 1, id_of(element)), _cost(element)
    return lambda scope: attempt(scope, at, select, values(scope), condition, scope, cost)


def _for(element: etree._Element, draft: Draft) -> Compiled:
    name = element.get("iteratorVariable") or ""
    values = _part(element, "in", draft)
    body = _part(element, "return", draft.knowing([name, "partial"]))
    at, cost = Place(1, 1, id_of(element)), _cost(element)

    def repeat(scope: Scope) -> Value:
        results: list[Value] = []
        around = scope.inner({"partial": results})
        for inner in rounds([(name, values, None)], around, cost):
            results.append(body(inner))
        return results

    return lambda scope: attempt(scope, at, repeat, scope)


def _quantified(element: etree._Element, draft: Draft) -> Compiled:
    name, decisive = element.get("iteratorVariable") or "", tag(element) == "some"
    values = _part(element, "in", draft)
    condition = _part(element, "satisfies", draft.knowing([name]))
    at, cost = Place(1, 1, id_of(element)), _cost(element)

    def test(scope: Scope) -> Value:
        return decide(
            decisive, (condition(inner) for inner in rounds([(name, values, None)], scope, cost))
        )

    return lambda scope: attempt(scope, at, test, scope)


_COMPILERS: Final[Mapping[str, Callable[[etree._Element, Draft], Compiled]]] = {
    "literalExpression": _literal,
    "decisionTable": compile_table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": _function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
}
