"""Parses expressions with their operators, and the unary tests of a decision table's cell."""

from collections.abc import Callable
from typing import Final

from engine.feel.nodes import (
    Against,
    Arithmetic,
    Between,
    Comparison,
    For,
    If,
    In,
    InstanceOf,
    Iterator_,
    Logic,
    Negation,
    Node,
    Quantified,
    Tests,
)
from engine.feel.parser.cursor import MAX_NESTING
from engine.feel.parser.primaries import Primaries
from engine.feel.problems import SyntaxProblem

_RANKS: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_COMPARISONS: Final = ("<", "<=", ">", ">=", "=", "!=")


class Grammar(Primaries):
    """The whole language."""

    def whole_expression(self) -> Node:
        """The text as one expression."""
        node = self.expression()
        self._end()
        return node

    def whole_tests(self) -> Tests:
        """The text as the unary tests of a cell."""
        at = self.place
        if self.sees("-") and self.ahead(1).kind == "end":
            return Tests(at=at, tests=())
        if self.sees("not") and self.ahead(1).text == "(":
            return self._negated_tests()
        tests = self._test_list()
        self._end()
        return Tests(at=at, tests=tests)

    def expression(self) -> Node:
        with self.nested():
            at = self.place
            operands = [self._conjunction()]
            while self.accept("or"):
                operands.append(self._conjunction())
            if len(operands) == 1:
                return operands[0]
            return Logic(at=at, operator="or", operands=tuple(operands))

    def endpoint(self) -> Node:
        return self._arithmetic(1, closing=True)

    def _conjunction(self) -> Node:
        at = self.place
        operands = [self._comparison()]
        while self.accept("and"):
            operands.append(self._comparison())
        if len(operands) == 1:
            return operands[0]
        return Logic(at=at, operator="and", operands=tuple(operands))

    def _comparison(self) -> Node:
        if self.sees("if", "for", "some", "every"):
            return self._spoken()
        left = self._arithmetic()
        for _ in range(MAX_NESTING):
            if not self.sees(*_COMPARISONS, "between", "in", "instance"):
                return left
            left = self._compared(left)
        raise SyntaxProblem(f"More than {MAX_NESTING} comparisons follow each other", self.place)

    def _compared(self, left: Node) -> Node:
        at, operator = self.place, self.take().text
        if operator == "between":
            low = self._arithmetic()
            self.expect("and", "between the two ends")
            return Between(at=at, value=left, low=low, high=self._arithmetic())
        if operator == "in":
            return In(at=at, value=left, tests=self._in_tests())
        if operator == "instance":
            self.expect("of", "after instance")
            return InstanceOf(at=at, value=left, type=self.type_name())
        return Comparison(at=at, operator=operator, left=left, right=self._arithmetic())

    def _in_tests(self) -> tuple[Node, ...]:
        at = self.place
        if not self.accept("("):
            return (self._against() if self.sees(*_COMPARISONS) else self._arithmetic(),)
        first = self._test()
        if self.accept(".."):
            return (self._range_end(first, included=False),)
        tests = [first]
        while self.accept(","):
            tests.append(self._test())
        self.expect(")", f"to close ( in column {at.column}")
        return tuple(tests)

    def _arithmetic(self, lowest: int = 1, *, closing: bool = False) -> Node:
        at = self.place
        left = self._negation(closing=closing)
        while (rank := self._rank()) >= lowest:
            rest = []
            while self._rank() == rank:
                operator = self.take().text
                rest.append((operator, self._arithmetic(rank + 1, closing=closing)))
            left = Arithmetic(at=at, first=left, rest=tuple(rest))
        return left

    def _rank(self) -> int:
        return _RANKS.get(self.token.text, 0) if self.token.kind == "symbol" else 0

    def _negation(self, *, closing: bool) -> Node:
        if not self.sees("-"):
            if self.sees("if", "for", "some", "every"):
                return self._spoken()
            return self.postfix(closing=closing)
        with self.nested():
            at = self.take().place
            return Negation(at=at, operand=self._negation(closing=closing))

    def _spoken(self) -> Node:
        if self.sees("if"):
            return self._if()
        return self._for() if self.sees("for") else self._quantified()

    def _if(self) -> Node:
        at = self.place
        branches = []
        while self.accept("if"):
            condition = self.expression()
            self.expect("then", "after the condition of if")
            branches.append((condition, self.expression()))
            self.expect("else", "after the first part of if")
        return If(at=at, branches=tuple(branches), otherwise=self.expression())

    def _for(self) -> Node:
        at = self.take().place
        with self.knowing(["partial"]) as names:
            iterators = self._iterators(names.add)
            self.expect("return", "after the lists of for")
            return For(at=at, iterators=iterators, body=self.expression())

    def _quantified(self) -> Node:
        at, kind = self.place, self.take().text
        with self.knowing(()) as names:
            iterators = self._iterators(names.add)
            self.expect("satisfies", f"after the lists of {kind}")
            return Quantified(at=at, kind=kind, iterators=iterators, condition=self.expression())

    def _iterators(self, known: Callable[[str], None]) -> tuple[Iterator_, ...]:
        iterators: list[Iterator_] = []
        while not iterators or self.accept(","):
            at = self.place
            name = self.name_until("in")
            self.expect("in", "after the name of the item")
            values = self.expression()
            up_to = self.expression() if self.accept("..") else None
            iterators.append(Iterator_(at=at, name=name, values=values, up_to=up_to))
            known(name)
        return tuple(iterators)

    def _negated_tests(self) -> Tests:
        start, at = self._index, self.place
        try:
            self.take()
            self.expect("(")
            tests = self._test_list()
            self.expect(")")
            self._end()
            return Tests(at=at, tests=tests, negated=True)
        except SyntaxProblem:
            self._index = start
        plain = self._test_list()
        self._end()
        return Tests(at=at, tests=plain)

    def _test_list(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.accept(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        return self._against() if self.sees(*_COMPARISONS) else self.expression()

    def _against(self) -> Node:
        at, operator = self.place, self.take().text
        return Against(at=at, operator=operator, operand=self.endpoint())

    def _end(self) -> None:
        if self.token.kind != "end":
            self.missing("an operator or the end")
