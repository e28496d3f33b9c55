"""What an expression costs grows with its length, not faster; counted in calls, not seconds."""

import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.expressions import BUILT_IN_NAMES, build_cell, build_expression, names_in
from engine.feel.parser.cursor import Names
from engine.feel.run import Run, Scope

SHAPES = {
    "a sum": ("1", " + 1"),
    "a sum of names": ("x", " - x * 2 ** x"),
    "a condition": ("x = 1", " and x < 2 or not(x > 5)"),
    "comparisons in a row": ("[x < 1", ", x in (1, [2..3], > 4)"),
    "texts": ('"a"', ' + "b"'),
    "a context": ("{a0: 1", ", a: x"),
    "conditions": ("x", " + (if x > 1 then x else 2)"),
    "calls": ("max(1", ", abs(x), level of need"),
    "loops": ("[1", ", for i in [1, 2] return i + x"),
    "filters": ("[1", ", [1, 2, 3][item > x]"),
}
CELLS = {
    "numbers": ("1", ", 2"),
    "texts": ('"a"', ', "b"'),
    "ranges": ("< 1", ", [2..3], > x"),
    "conditions": ("? > 1", ", ? < x and ? != 2"),
}
CLOSING = {"[": "]", "{": "}", "m": ")"}
VALUES = {"x": Decimal(1), "level of need": Decimal(2)}
NAMES = (Names(names_in(VALUES)),)


def calls(step):
    """How many functions a step calls, those written in C too."""
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        result = step()
    finally:
        sys.setprofile(None)
    return counted, result


def costs(shape, repeated, build):
    first, more = shape
    text = first + more * repeated + CLOSING.get(first[0], "")
    compiling, compiled = calls(lambda: build(text, NAMES, lambda name: None, None))
    scope = Scope(VALUES, Run())
    return compiling, calls(lambda: compiled(scope))[0]


def is_linear(shape, build):
    """Twice the length costs at most twice as much: each length as much more as the one before."""
    for step, (one, two, four) in enumerate(
        zip(*(costs(shape, repeated, build) for repeated in (40, 80, 160)), strict=True)
    ):
        assert four - two <= 2.1 * (two - one) + 10, (step, one, two, four)


@pytest.mark.parametrize("name", SHAPES)
def test_an_expression_twice_as_long_costs_twice_as_much(name):
    is_linear(SHAPES[name], build_expression)


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_twice_as_long_costs_twice_as_much(name):
    def build(*arguments):
        holds = build_cell(*arguments).holds
        return lambda scope: holds(scope, Decimal(7))

    is_linear(CELLS[name], build)


@given(st.integers(1, 300), st.integers(1, 5))
def test_a_loop_spends_steps_for_its_rounds(rounds, factor):
    def steps(count):
        run = Run()
        text = f"for i in 1..{count} return i"
        build_expression(text, (BUILT_IN_NAMES,), lambda name: None, None)(Scope({}, run))
        return run.steps

    assert steps(rounds * factor) == factor * steps(rounds) > 0
