"""Compares engine.feel with feelin on random texts, and names every way in which they disagree.

    python -m conformance.differential [texts] [seed]

A text on which they disagree is taken apart: what counts is its smallest part on which they do.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from conformance.classes import UNKNOWN, class_of
from conformance.oracle import CONTEXT, Question, agree, ours, theirs
from conformance.random_feel import Writer
from engine import feel
from engine.errors import Invalid
from engine.feel.expressions import BUILT_IN_NAMES
from engine.feel.nodes import Call, ContextOf, Filter, For, Iterator_, Name, Node, Quantified
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.printing import print_expression, print_tests
from engine.feel.values import kind_of

BOUND = frozenset(("i", "item", "?", "a"))  # names that only mean something further out


class Disagreement(NamedTuple):
    """A smallest text, both answers, and what kind of step it is on what kinds of values."""

    question: Question
    ours: Any
    theirs: Any
    signature: str


def questions(count: int, seed: int) -> list[Question]:
    """Random texts, as the printer writes them: half expressions, half cells with an input."""
    writer = Writer(seed)
    found: list[Question] = []
    while len(found) < count:
        text = writer.expression()
        try:
            if len(found) % 2:
                found.append(Question(print_tests(parse_tests(writer.cell(), NAMES)), text))
            else:
                found.append(Question(print_expression(parse_expression(text, NAMES))))
        except feel.SyntaxProblem:
            continue
    return found


NAMES = (BUILT_IN_NAMES,)


def parts(question: Question) -> Iterator[Question]:
    """The parts of a text that mean something alone, inner ones first, itself last."""
    if question.input is not None:
        yield from parts(Question(question.input))
        cell = parse_tests(question.text, NAMES)
        for test in cell.tests:
            yield from _inner(test)
        for test in cell.tests:
            yield Question(print_tests(type(cell)(at=cell.at, tests=(test,))), question.input)
        yield question
        return
    yield from _inner(parse_expression(question.text, NAMES))


def _inner(node: Node) -> Iterator[Question]:
    called = node.function if isinstance(node, Call) else None
    for child in children(node):
        if child is not called:
            yield from _inner(child)
    if not free(node) & BOUND and type(node).__name__ not in ("Against", "Iterator_"):
        yield Question(print_expression(node))


def children(node: Any) -> Iterator[Node]:
    """The nodes right inside a node."""
    for field in fields(node):
        yield from _nodes(getattr(node, field.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)


def free(node: Node) -> set[str]:
    """The names in a node that it does not bind itself."""
    if isinstance(node, Name):
        return {node.name}
    names = set[str]().union(*map(free, children(node)))
    if isinstance(node, Filter):
        return free(node.of) | (names - BOUND)
    return names - BOUND if isinstance(node, (For, Quantified, ContextOf)) else names


def disagreements(asked: Iterable[Question]) -> list[Disagreement]:
    """Every text that the engines answer differently, cut down to its smallest such part."""
    asked = list(asked)
    wrong = _differing(asked)
    pieces = {question: list(dict.fromkeys(parts(question))) for question in wrong}
    every = list(dict.fromkeys(part for found in pieces.values() for part in found))
    smaller = _differing(every)
    found = []
    for question, inside in pieces.items():
        smallest = next((part for part in inside if part in smaller), question)
        one, other = smaller.get(smallest) or wrong[question]
        found.append(Disagreement(smallest, one, other, signature(smallest)))
    return found


def _differing(asked: list[Question]) -> dict[Question, tuple[Any, Any]]:
    answers = zip(asked, map(ours, asked), theirs(asked), strict=True)
    return {each: (one, other) for each, one, other in answers if not agree(one, other)}


def signature(question: Question) -> str:
    """What kind of step a text is, on what kinds of values."""
    if question.input is not None:
        tests = parse_tests(question.text, NAMES)
        shapes = "|".join(_shape(test) for test in tests.tests)
        negated = "not " if tests.negated else ""
        return f"cell {negated}{shapes} on {_kind(question.input)}"
    return _shape(parse_expression(question.text, NAMES))


def _shape(node: Node) -> str:
    name = type(node).__name__
    if isinstance(node, Call) and isinstance(node.function, Name):
        name = node.function.name
    inside = [] if isinstance(node, Name) else list(children(node))
    if isinstance(node, Call):
        inside = list(node.arguments)
    operator = getattr(node, "operator", "")
    written = [
        each for each in inside if not isinstance(each, Iterator_) and not free(each) & BOUND
    ]
    kinds = [_kind(print_expression(child)) for child in written]
    return f"{name}{operator}({', '.join(kinds)})"


def _kind(text: str) -> str:
    try:
        return kind_of(feel.evaluate(text, CONTEXT))
    except Invalid:
        return "error"


def main(count: int, seed: int) -> int:
    """Print how many agree and the disagreements by class; return 1 for one without a class."""
    found = disagreements(questions(count, seed))
    sys.stdout.write(f"{count - len(found)} of {count} agree\n")
    by_class: dict[str, list[Disagreement]] = {}
    for each in found:
        by_class.setdefault(class_of(each.signature), []).append(each)
    for name, members in sorted(by_class.items(), key=lambda item: -len(item[1])):
        shortest = min(members, key=lambda each: len(str(each.question)))
        sys.stdout.write(
            f"{len(members):>6}  {name}\n        {shortest.question}\n"
            f"        ours {shortest.ours}, feelin's {shortest.theirs}\n"
        )
    for each in by_class.get(UNKNOWN, ()):
        sys.stdout.write(f"{each.signature}: {each.question}: {each.ours} / {each.theirs}\n")
    return int(UNKNOWN in by_class)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:] or ("20000", "1"))))
