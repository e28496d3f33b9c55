"""What is printed means what was parsed, for any expression."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.feel.expressions import BUILT_IN_NAMES, names_in
from engine.feel.nodes import Node
from engine.feel.parser import parse_expression, parse_tests
from engine.feel.parser.cursor import Names
from engine.feel.printing import print_expression, print_tests
from engine.feel.problems import SyntaxProblem

SPEC = Path(__file__).parents[2] / "spec" / "feel"
TABLES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SPEC.glob("*.toml"))]
EXAMPLES = [
    (text, tuple(names_in(context)))
    for table in TABLES
    for text, _, *contexts in table.get("examples", ())
    for context in contexts or [{}]
]
CELLS = [test[0] for table in TABLES for test in table.get("tests", ())]
NAMES = Names(("level of need",))

LEAVES = """
1  0.5  1e300  "a\\n\\"b"  true  null  x  level of need  ?  []  {}
@"2026-03-02"  @"-P1Y2M"  @"10:00:00@Europe/London"
"""
SIGNS = "+  -  *  /  **  <  >=  =  !=  and  or  in"
SHAPES = """
({})  -({})  [{}, 1]  [{}][{}]  ({})[{}]  ({}).a  {{a: {}, b c: {}}}.b c  not({})
f({}, {})  f(a: {}, b: {})  (function(a: number, b) {})({})  x.a({})
if {} then {} else {}  if {} then {} else (if {} then {} else {})
for i in {} return {}  for i in {}..{}, j in i return {}
some i in {} satisfies {}  every i in {}, level in i satisfies {}
({}) between ({}) and ({})  ({}) in (({})..({}))  ({}) in (< ({}), [({})..({})[)
x in < ({})  ({}) in ((>= ({})))  ](({}))..({})]  ((!= ({})))
({}) instance of list<context<a: number>>  ({}) instance of function<> -> Any
(({}) instance of list) < {}  a < b < {}  a in [{}] = {}
"""


def filled(shape, parts):
    return shape.format(*parts)


def one_of(listed):
    return st.sampled_from(re.split(r"\s*\n\s*|  +", listed.strip()))


TEXTS = st.recursive(
    one_of(LEAVES),
    lambda inner: st.one_of(
        st.tuples(inner, one_of(SIGNS), inner).map(" ".join),
        st.builds(filled, one_of(SHAPES), st.lists(inner, min_size=5, max_size=5)),
    ),
    max_leaves=12,
)


def bare(node):
    """The node without the places where its parts stand."""
    if isinstance(node, tuple):
        return tuple(map(bare, node))
    if not isinstance(node, Node):
        return node
    parts = ((field.name, bare(getattr(node, field.name))) for field in fields(node))
    return type(node), tuple((name, part) for name, part in parts if name != "at")


def is_stable(parse, write, text, names=NAMES):
    node = parse(text, (BUILT_IN_NAMES, names))
    printed = write(node)
    again = parse(printed, (BUILT_IN_NAMES, names))
    assert bare(again) == bare(node), printed
    assert write(again) == printed


def parses(parse, text):
    try:
        return bool(parse(text, (BUILT_IN_NAMES, NAMES)))
    except SyntaxProblem:
        return False


@given(TEXTS)
def test_any_expression_is_the_same_when_it_is_printed_and_read(text):
    assume(parses(parse_expression, text))

    is_stable(parse_expression, print_expression, text)


@given(st.lists(TEXTS, min_size=1, max_size=3).map(", ".join), st.sampled_from(["{}", "not({})"]))
def test_any_cell_is_the_same_when_it_is_printed_and_read(text, shape):
    assume(parses(parse_tests, shape.format(text)))

    is_stable(parse_tests, print_tests, shape.format(text))


@pytest.mark.parametrize(("text", "names"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_every_example_is_the_same_when_it_is_printed_and_read(text, names):
    is_stable(parse_expression, print_expression, text, Names(names))


@pytest.mark.parametrize("text", CELLS)
def test_every_cell_of_the_examples_is_the_same_when_it_is_printed_and_read(text):
    is_stable(parse_tests, print_tests, text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("( 1+2 )*(3)", "(1 + 2) * 3"),
        ("((a or b)) and (c)", "(a or b) and c"),
        ("]1..5[", "(1..5)"),
        ("1.50", "1.5"),
        ("x in (5)", "x in 5"),
        ("if(a)then(b)else(c)", "if a then b else c"),
        ('{"a":1,"b c":2}', '{a: 1, "b c": 2}'),
        ("-(-1)", "--1"),
        ("2**(3**2)", "2 ** (3 ** 2)"),
    ],
)
def test_brackets_and_spaces_that_mean_nothing_are_left_out(text, printed):
    assert print_expression(parse_expression(text, (BUILT_IN_NAMES,))) == printed
