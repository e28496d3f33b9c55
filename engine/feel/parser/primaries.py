"""Parses the innermost parts of an expression: values, names, brackets, calls and types."""

from decimal import Decimal
from typing import Final

from engine.feel import temporal
from engine.feel.lexer import unescape
from engine.feel.nodes import (
    Call,
    ContextOf,
    Filter,
    FunctionOf,
    ListOf,
    Literal,
    Member,
    Name,
    Node,
    RangeOf,
    TypeName,
)
from engine.feel.numbers import to_number
from engine.feel.parser.cursor import KEYWORDS, MAX_NESTING, Cursor
from engine.feel.problems import Place, SyntaxProblem

_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_AFTER_OPEN_END: Final = frozenset(
    (
        *(")", "]", "}", ",", ".", "..", ":", "=", "!=", "<", "<=", ">", ">="),
        *("then", "else", "return", "satisfies", "and", "or", "in", "between", "instance"),
    )
)


class Primaries(Cursor):
    """The parts of an expression that bind tightest."""

    def expression(self) -> Node:
        """Any expression; the grammar of operators fills this in."""
        raise NotImplementedError

    def endpoint(self) -> Node:
        """The end of a range: an expression that may be followed by a bracket."""
        raise NotImplementedError

    def postfix(self, *, closing: bool) -> Node:
        """A value with its members, filters and calls; `closing` where `[` may end a range."""
        node = self._primary()
        for _ in range(MAX_NESTING):
            if self.sees("."):
                at = self.take().place
                node = Member(at=at, of=node, name=self.member_name())
            elif self.sees("(") and not isinstance(node, Literal):
                node = self._call(node)
            elif self.sees("[") and not (closing and self._ends_range()):
                node = self._filter(node)
            else:
                return node
        raise SyntaxProblem(f"More than {MAX_NESTING} steps follow each other", self.place)

    def type_name(self) -> TypeName:
        """A type, as after `instance of`."""
        with self.nested():
            if self.accept("function"):
                return self._function_type()
            name = self.known_name() or self._type_words()
            if name == "context" and self.accept("<"):
                return self._context_type()
            if name in ("list", "range") and self.accept("<"):
                item = self.type_name()
                self.expect(">", f"after the type in {name}<…>")
                return TypeName(name=name, arguments=(item,))
            return TypeName(name=name)

    def _primary(self) -> Node:
        token = self.token
        at = token.place
        if name := self.known_name():
            return Name(at=at, name=name)
        if token.kind == "number":
            return Literal(at=at, value=self._number())
        if token.kind == "string":
            return Literal(at=at, value=unescape(self.take()))
        if token.kind == "word" and token.text in _CONSTANTS:
            return Literal(at=at, value=_CONSTANTS[self.take().text])
        if token.kind == "word" and token.text not in KEYWORDS:
            return Name(at=at, name=self.take().text)
        return self._bracketed()

    def _bracketed(self) -> Node:
        parse = {
            "?": self._input,
            "(": self._parenthesis,
            "[": self._list_or_range,
            "]": self._open_range,
            "{": self._context,
            "function": self._function,
            "@": self._at_literal,
        }.get(self.token.text if self.token.kind != "string" else "")
        if parse is None:
            self.missing("a value")
        with self.nested():
            return parse(self.take().place)

    def _input(self, at: Place) -> Node:
        return Name(at=at, name="?")

    def _number(self) -> Decimal:
        token = self.take()
        number = to_number(token.text)
        if number is None:
            raise SyntaxProblem(f"The number {token.text[:40]} is too large", token.place)
        return number

    def _at_literal(self, at: Place) -> Node:
        if self.token.kind != "string":
            self.missing('a date, time or duration in quotes after "@"')
        text = unescape(self.take())
        for read in (
            temporal.parse_date,
            temporal.parse_date_time,
            temporal.parse_time,
            temporal.parse_duration,
        ):
            try:
                return Literal(at=at, value=read(text))
            except ValueError:
                continue
        return Literal(at=at, value=None)

    def _parenthesis(self, at: Place) -> Node:
        if self.sees("<", "<=", ">", ">=", "=", "!="):
            node = self._operator_range()
            self.expect(")")
            return node
        first = self.expression()
        if self.accept(".."):
            return self._range_end(first, included=False)
        if self.sees(","):
            raise SyntaxProblem("A list is written with square brackets", at)
        self.expect(")")
        return first

    def _operator_range(self) -> Node:
        """A range written with an operator, such as `>= 5`."""
        at, operator = self.place, self.take().text
        operand = self.endpoint()
        low = operand if operator in (">", ">=", "=", "!=") else None
        high = operand if operator in ("<", "<=", "=", "!=") else None
        return RangeOf(
            at=at,
            low=low,
            low_included=operator in (">=", "=", "!="),
            high=high,
            high_included=operator in ("<=", "=", "!="),
            compared=True,
            negated=operator == "!=",
        )

    def _list_or_range(self, at: Place) -> Node:
        if self.accept("]"):
            return ListOf(at=at, items=())
        first = self.expression()
        if self.accept(".."):
            return self._range_end(first, included=True)
        items = [first]
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return ListOf(at=at, items=tuple(items))

    def _open_range(self, at: Place) -> Node:
        low = self.endpoint()
        self.expect("..", "between the ends of the range")
        return self._range_end(low, included=False)

    def _range_end(self, low: Node, *, included: bool) -> Node:
        high = self.endpoint()
        if not self.sees(")", "]", "["):
            self.missing(") or ] at the end of the range")
        return RangeOf(
            at=low.at,
            low=low,
            low_included=included,
            high=high,
            high_included=self.take().text == "]",
        )

    def _ends_range(self) -> bool:
        """Whether a `[` closes a range: nothing follows that could stand in a filter."""
        following = self.ahead(1)
        return following.kind == "end" or following.text in _AFTER_OPEN_END

    def _context(self, at: Place) -> Node:
        entries: list[tuple[str, Node]] = []
        with self.knowing(()) as names:
            while not self.sees("}"):
                key = unescape(self.take()) if self.token.kind == "string" else self.name_until(":")
                self.expect(":", "after the key of a context")
                entries.append((key, self.expression()))
                names.add(key)
                self.keys.add(key)
                if not self.accept(","):
                    break
        self.expect("}")
        return ContextOf(at=at, entries=tuple(entries))

    def _function(self, at: Place) -> Node:
        self.expect("(", "after function")
        parameters: list[tuple[str, TypeName | None]] = []
        while not self.sees(")"):
            name = self.name_until(":", ",", ")")
            parameters.append((name, self.type_name() if self.accept(":") else None))
            if not self.accept(","):
                break
        self.expect(")")
        if self.sees("external"):
            raise SyntaxProblem("External functions are never run", self.place)
        with self.knowing(name for name, _ in parameters):
            return FunctionOf(at=at, parameters=tuple(parameters), body=self.expression())

    def _call(self, function: Node) -> Node:
        at = function.at
        names: list[str] = []
        arguments: list[Node] = []
        with self.nested():
            self.expect("(")
            named = self.is_named()
            while not self.sees(")"):
                if named:
                    names.append(self.name_until(":"))
                    self.expect(":", "after the name of an argument")
                arguments.append(self.expression())
                if not self.accept(","):
                    break
            self.expect(")")
        return Call(at=at, function=function, arguments=tuple(arguments), names=tuple(names))

    def _filter(self, of: Node) -> Node:
        with self.nested():
            at = self.take().place
            condition = self.expression()
            self.expect("]")
        return Filter(at=at, of=of, condition=condition)

    def _type_words(self) -> str:
        words = [self._word("the name of a type")]
        while self.accept("."):
            words.append("." + self.member_name())
        while self.token.kind == "word" and self.token.text not in KEYWORDS:
            words.append(" " + self.take().text)
        return "".join(words)

    def _context_type(self) -> TypeName:
        keys, types = [], []
        while not self.sees(">"):
            keys.append(self.name_until(":"))
            self.expect(":", "after the key of a context")
            types.append(self.type_name())
            if not self.accept(","):
                break
        self.expect(">", "after the entries of context<…>")
        return TypeName(name="context", keys=tuple(keys), arguments=tuple(types))

    def _function_type(self) -> TypeName:
        if not self.accept("<"):
            return TypeName(name="function")
        types = []
        while not self.sees(">"):
            types.append(self.type_name())
            if not self.accept(","):
                break
        self.expect(">", "after the parameters of function<…>")
        self.expect("->", "before the result of a function type")
        return TypeName(name="function", arguments=(*types, self.type_name()))
