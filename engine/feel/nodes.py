"""The parts of a parsed FEEL expression."""

from dataclasses import dataclass
from typing import Any

from engine.feel.problems import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A part of an expression and where it starts."""

    at: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Literal(Node):
    """A number, text, boolean, null or `@"…"` value."""

    value: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Name(Node):
    """A variable, a function or, as `?`, the input of a unary test."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextOf(Node):
    """`{key: value}`; an entry sees those before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RangeOf(Node):
    """`[low..high)`, or `compared` as in `> low`; `negated` for `!= low`."""

    low: Node | None
    low_included: bool
    high: Node | None
    high_included: bool
    compared: bool = False
    negated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Arithmetic(Node):
    """Operands joined by operators of one rank, from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Negation(Node):
    """`-a`."""

    operand: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison(Node):
    """`a < b` and the like."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Between(Node):
    """`a between b and c`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class In(Node):
    """`a in test` or `a in (test, test)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TypeName:
    """A type by name, `list<…>`, `range<…>`, `context<…>` or `function<…> -> …`."""

    name: str
    arguments: tuple["TypeName", ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class InstanceOf(Node):
    """`a instance of type`."""

    value: Node
    type: TypeName


@dataclass(frozen=True, kw_only=True, slots=True)
class Logic(Node):
    """Operands joined by `and` or by `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class If(Node):
    """`if a then b else if c then d else e`."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Iterator_(Node):  # noqa: N801 - not Python's
    """`name in list`, or `name in low..high`."""

    name: str
    values: Node
    up_to: Node | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class For(Node):
    """`for a in b return c`."""

    iterators: tuple[Iterator_, ...]
    body: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantified(Node):
    """`some a in b satisfies c`, or `every`."""

    kind: str
    iterators: tuple[Iterator_, ...]
    condition: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class FunctionOf(Node):
    """`function(a, b: type) body`."""

    parameters: tuple[tuple[str, TypeName | None], ...]
    body: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Call(Node):
    """`f(a, b)` or `f(name: a)`; `names` is empty for the first form."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Member(Node):
    """`a.b`."""

    of: Node
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter(Node):
    """`a[condition or index]`."""

    of: Node
    condition: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Against(Node):
    """A unary test with an operator: `< 5`, `!= "a"`."""

    operator: str
    operand: Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Tests(Node):
    """The unary tests of a cell; no tests at all mean `-`."""

    tests: tuple[Node, ...]
    negated: bool = False
