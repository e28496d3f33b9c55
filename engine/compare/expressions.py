"""Says FEEL as a reader would, where there are words for it."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.feel import SyntaxProblem, nodes
from engine.feel.expressions import BUILT_IN_NAMES
from engine.feel.parser import parse_expression
from engine.identifiers import spoken

_COMPARED: Mapping[str, str] = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
_FUNCTIONS: Mapping[str, str] = {
    "list contains": "{0} include {1}",
    "append": "{0} and {1}",
    "concatenate": "{0} and {1}",
    "count": "the number of {0}",
    "distinct values": "{0}, each once",
    "not": "not ({0})",
    "context merge": "{0}",
    "is defined": "{0} is known",
}


class _Unspoken(Exception):
    """There are no words for a part of the expression."""


@lru_cache(maxsize=4096)
def in_words(text: str) -> str:
    """Give an expression in words: `a = "b_c" or d` as “a is b c or d”; as it is without them."""
    try:
        return _said(parse_expression(text, (BUILT_IN_NAMES,)))
    except (SyntaxProblem, _Unspoken):
        return text


def _said(node: nodes.Node) -> str:
    read = _READERS.get(type(node))
    if read is None:
        raise _Unspoken
    return read(node)


def _literal(node: nodes.Literal) -> str:
    if node.value is None:
        return "no answer"
    if isinstance(node.value, bool):
        return "yes" if node.value else "no"
    return spoken(str(node.value)) or "an empty text"


def _name(node: nodes.Name) -> str:
    return spoken(node.name)


def _member(node: nodes.Member) -> str:
    """Of what a list goes through, the property; of all else, whose it is."""
    if isinstance(node.of, nodes.Name) and (node.of.name == "item" or len(node.of.name) == 1):
        return spoken(node.name)
    return f"{spoken(node.name)} of the {_said(node.of)}"


def _comparison(node: nodes.Comparison) -> str:
    if isinstance(node.right, nodes.Literal) and node.right.value is None:
        known = {"=": "is not answered", "!=": "is answered"}
        if node.operator in known:
            return f"{_said(node.left)} {known[node.operator]}"
    right = _said(node.right)
    shown = right if isinstance(node.right, nodes.Literal) else f"“{right}”"
    return f"{_said(node.left)} {_COMPARED[node.operator]} {shown}"


def _in(node: nodes.In) -> str:
    if not all(isinstance(test, nodes.Literal) for test in node.tests):
        raise _Unspoken
    return f"{_said(node.value)} is {_listed(node.tests, 'or')}"


def _logic(node: nodes.Logic) -> str:
    parts = [
        f"({_said(part)})" if isinstance(part, nodes.Logic) else _said(part)
        for part in node.operands
    ]
    return f" {node.operator} ".join(parts)


def _if(node: nodes.If) -> str:
    if isinstance(node.otherwise, nodes.Name) and len(node.branches) == 1:
        ((test, value),), name = node.branches, _said(node.otherwise)
        if _said(test) == f"{name} is not answered or the number of {name} is 0":
            return f"{name}, or {_said(value)} where there are none"
    parts = [f"{_said(value)} if {_said(test)}" for test, value in node.branches]
    return f"{', '.join(parts)}, otherwise {_said(node.otherwise)}"


def _list(node: nodes.ListOf) -> str:
    return _listed(node.items, "and") or "nothing"


def _context(node: nodes.ContextOf) -> str:
    return ", ".join(_entry(key, value) for key, value in node.entries)


def _entry(key: str, value: nodes.Node) -> str:
    """A value by its key; the key alone where it says all, a name without it."""
    if isinstance(value, nodes.Name) and value.name == key:
        return spoken(key)
    said = f"“{_said(value)}”"
    return said if key == "name" else f"{spoken(key)} {said}"


def _filter(node: nodes.Filter) -> str:
    return f"those of {_said(node.of)} where {_said(node.condition)}"


def _quantified(node: nodes.Quantified) -> str:
    each = node.iterators[0]
    if len(node.iterators) > 1 or each.up_to is not None:
        raise _Unspoken
    return f"{node.kind} of {_said(each.values)} have: {_said(node.condition)}"


def _call(node: nodes.Call) -> str:
    name = node.function.name if isinstance(node.function, nodes.Name) else ""
    form = _FUNCTIONS.get(name)
    if form is None or node.names or form.count("{") != len(node.arguments):
        raise _Unspoken
    return form.format(*(_said(argument) for argument in node.arguments))


def _listed(parts: Sequence[nodes.Node], word: str) -> str:
    said = [_said(part) for part in parts]
    return f" {word} ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


_READERS: Mapping[type[nodes.Node], Callable[[Any], str]] = {
    nodes.Literal: _literal,
    nodes.Name: _name,
    nodes.Member: _member,
    nodes.Comparison: _comparison,
    nodes.In: _in,
    nodes.Logic: _logic,
    nodes.If: _if,
    nodes.ListOf: _list,
    nodes.ContextOf: _context,
    nodes.Filter: _filter,
    nodes.Quantified: _quantified,
    nodes.Call: _call,
}
