"""Writes a parsed expression as FEEL text: one way of writing for everything that means the same.

What is printed parses to the same nodes, given the same names; only a name with an operator in it
can be mistaken for the operation it looks like.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel.lexer import name_parts
from engine.feel.nodes import (
    Against,
    Arithmetic,
    Between,
    Call,
    Comparison,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    If,
    In,
    InstanceOf,
    Iterator_,
    ListOf,
    Literal,
    Logic,
    Member,
    Name,
    Negation,
    Node,
    Quantified,
    RangeOf,
    Tests,
    TypeName,
)
from engine.feel.numbers import number_text
from engine.feel.parser.cursor import KEYWORDS

# How tightly a part binds; where a tighter one is asked for, it stands in brackets.
_SPOKEN: Final = 0  # if, for, some, every, function: they go on as far as they can
_OR: Final = 1
_AND: Final = 2
_COMPARED: Final = 3
_SUM: Final = 4
_RANKS: Final = {"+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_NEGATED: Final = 7
_STEP: Final = 8
_VALUE: Final = 9
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

Written = tuple[int, str]


def print_expression(node: Node) -> str:
    """The text of an expression."""
    return _write(node)[1]


def print_tests(cell: Tests) -> str:
    """The text of a cell's unary tests."""
    if not cell.tests:
        return "-"
    tests = ", ".join(map(print_expression, cell.tests))
    if cell.negated:
        return f"not({tests})"
    if tests.startswith("not("):
        return ", ".join((_bracketed(cell.tests[0]), *map(print_expression, cell.tests[1:])))
    return tests


def _write(node: Node) -> Written:
    return _WRITERS[type(node)](node)


def _at(node: Node, level: int) -> str:
    """The text of a part, in brackets where it binds less tightly than asked for."""
    found, text = _write(node)
    return text if found >= level else f"({text})"


def _bracketed(node: Node) -> str:
    return f"({print_expression(node)})"


def _listed(nodes: Iterable[Node]) -> str:
    return ", ".join(map(print_expression, nodes))


def _literal(node: Literal) -> Written:
    value = node.value
    if isinstance(value, bool) or value is None:
        return _VALUE, {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Decimal):
        return _VALUE, number_text(value)
    return _VALUE, _quoted(value) if isinstance(value, str) else "@" + _quoted(str(value))


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _name(node: Name) -> Written:
    return _VALUE, node.name


def _list(node: ListOf) -> Written:
    return _VALUE, f"[{_listed(node.items)}]"


def _context(node: ContextOf) -> Written:
    entries = (f"{_key(key)}: {print_expression(value)}" for key, value in node.entries)
    return _VALUE, "{" + ", ".join(entries) + "}"


def _key(key: str) -> str:
    is_word = len(name_parts(key)) == 1 and (key[0].isalpha() or key[0] == "_")
    return key if is_word and key not in KEYWORDS else _quoted(key)


def _range(node: RangeOf) -> Written:
    if node.compared:
        return _VALUE, _compared_range(node)
    low, high = (_at(end, _SUM) for end in (node.low, node.high) if end)
    return _VALUE, "".join(
        ("[" if node.low_included else "(", low, "..", high, "]" if node.high_included else ")")
    )


def _compared_range(node: RangeOf) -> str:
    if node.low and node.high:
        return f"({'!=' if node.negated else '='} {_at(node.low, _SUM)})"
    if node.low:
        return f"({'>=' if node.low_included else '>'} {_at(node.low, _SUM)})"
    high = "" if node.high is None else _at(node.high, _SUM)
    return f"({'<=' if node.high_included else '<'} {high})"


def _arithmetic(node: Arithmetic) -> Written:
    level = _RANKS[node.rest[0][0]]
    rest = (f" {operator} {_at(operand, level + 1)}" for operator, operand in node.rest)
    return level, _at(node.first, level + 1) + "".join(rest)


def _negation(node: Negation) -> Written:
    return _NEGATED, f"-{_at(node.operand, _NEGATED)}"


def _tested(node: Node) -> str:
    """The left side of a comparison, which may be one itself; a type would swallow a `<`."""
    return _bracketed(node) if isinstance(node, InstanceOf) else _at(node, _COMPARED)


def _comparison(node: Comparison) -> Written:
    return _COMPARED, f"{_tested(node.left)} {node.operator} {_at(node.right, _SUM)}"


def _between(node: Between) -> Written:
    ends = f"{_at(node.low, _SUM)} and {_at(node.high, _SUM)}"
    return _COMPARED, f"{_tested(node.value)} between {ends}"


def _in(node: In) -> Written:
    return _COMPARED, f"{_tested(node.value)} in {_in_tests(node.tests)}"


def _in_tests(tests: tuple[Node, ...]) -> str:
    first = tests[0]
    if len(tests) > 1:
        return f"({_listed(tests)})"
    if isinstance(first, Against) or (isinstance(first, RangeOf) and not first.compared):
        return print_expression(first)
    text = _at(first, _SUM)  # a bracket at its start would be taken for that around the tests
    return f"({text})" if text.startswith("(") and _write(first)[0] >= _SUM else text


def _instance_of(node: InstanceOf) -> Written:
    return _COMPARED, f"{_tested(node.value)} instance of {_type(node.type)}"


def _type(of: TypeName) -> str:
    arguments = list(map(_type, of.arguments))
    if not arguments:
        return of.name
    if of.name == "function":
        return f"function<{', '.join(arguments[:-1])}> -> {arguments[-1]}"
    if of.keys:
        arguments = [f"{key}: {each}" for key, each in zip(of.keys, arguments, strict=True)]
    return f"{of.name}<{', '.join(arguments)}>"


def _logic(node: Logic) -> Written:
    level = _OR if node.operator == "or" else _AND
    operands = (_at(operand, level + 1) for operand in node.operands)
    return level, f" {node.operator} ".join(operands)


def _if(node: If) -> Written:
    branches = (
        f"if {print_expression(condition)} then {print_expression(result)} else "
        for condition, result in node.branches
    )
    last = node.otherwise
    otherwise = _bracketed(last) if isinstance(last, If) else print_expression(last)
    return _SPOKEN, "".join(branches) + otherwise


def _for(node: For) -> Written:
    iterators = ", ".join(map(_iterator, node.iterators))
    return _SPOKEN, f"for {iterators} return {print_expression(node.body)}"


def _quantified(node: Quantified) -> Written:
    iterators = ", ".join(map(_iterator, node.iterators))
    condition = print_expression(node.condition)
    return _SPOKEN, f"{node.kind} {iterators} satisfies {condition}"


def _iterator(node: Iterator_) -> str:
    values = f"{node.name} in {_at(node.values, _OR)}"
    return values if node.up_to is None else f"{values}..{_at(node.up_to, _OR)}"


def _function(node: FunctionOf) -> Written:
    parameters = (name if of is None else f"{name}: {_type(of)}" for name, of in node.parameters)
    return _SPOKEN, f"function({', '.join(parameters)}) {print_expression(node.body)}"


def _call(node: Call) -> Written:
    arguments = [print_expression(argument) for argument in node.arguments]
    if node.names:
        arguments = [f"{name}: {each}" for name, each in zip(node.names, arguments, strict=True)]
    return _STEP, f"{_at(node.function, _STEP)}({', '.join(arguments)})"


def _member(node: Member) -> Written:
    return _STEP, f"{_at(node.of, _STEP)}.{node.name}"


def _filter(node: Filter) -> Written:
    return _STEP, f"{_at(node.of, _STEP)}[{print_expression(node.condition)}]"


def _against(node: Against) -> Written:
    return _SPOKEN, f"{node.operator} {_at(node.operand, _SUM)}"


_WRITERS: Final[Mapping[type[Node], Callable[[Any], Written]]] = {
    Literal: _literal,
    Name: _name,
    ListOf: _list,
    ContextOf: _context,
    RangeOf: _range,
    Arithmetic: _arithmetic,
    Negation: _negation,
    Comparison: _comparison,
    Between: _between,
    In: _in,
    InstanceOf: _instance_of,
    Logic: _logic,
    If: _if,
    For: _for,
    Quantified: _quantified,
    FunctionOf: _function,
    Call: _call,
    Member: _member,
    Filter: _filter,
    Against: _against,
}
