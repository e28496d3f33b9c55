"""No text, however it is made, takes long, fills the memory or ends Python's stack."""

import time

import pytest

from engine import feel
from engine.errors import Invalid

TOWER = "{a0: [1, 1], " + ", ".join(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 50)) + "}"
DEEP = {
    "parentheses": "(" * 9000 + "1" + ")" * 9000,
    "lists": "[" * 9000,
    "contexts": "{a:" * 3000,
    "negations": "-" * 15000 + "1",
    "calls": "f(" * 6000,
    "functions": "function(a) " * 1500 + "a",
    "conditions": "if a then " * 1500,
    "members": "a" + ".a" * 9000,
    "filters": "a" + "[1]" * 6000,
    "calls of results": "a" + "()" * 6000,
    "comparisons": "1" + "=1" * 9000,
    "types": "1 instance of " + "list<" * 3000,
    "length": " " * 20_001,
}
TOO_MUCH = {
    "counting": "for i in 1..1000000000 return i",
    "counting further": "for i in 1..1e6000 return i",
    "combinations": "some i in 1..1e9, j in 1..1e9 satisfies i + j < 0",
    "a large body": f"for i in 1..100000 return [{','.join('1' * 5000)}]",
    "recursion": "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r",
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "texts that double": 'for i in 1..90 return if i = 1 then "ab" else partial[-1] + partial[-1]',
    "many long texts": "for i in 1..100000 return string join(for j in 1..1000 return string(j))",
    "lists that grow": "for i in 1..1000 return concatenate(for j in 1..100 return j, partial)",
    "a tower as text": f"string({TOWER}.a49)",
    "a tower made flat": f"flatten({TOWER}.a49)",
    "sorting": "sort(for i in 1..150000 return 150000 - i)",
}
HARMLESS = {
    "a tower": f"{TOWER} = {TOWER}",
    "types of a tower": f"{TOWER}.a49 instance of {'list<' * 20}number{'>' * 20}",
    "a long sum": "1" + "+1" * 9000,
    "a long condition": "true" + " and true" * 2000,
    "many conditions": "if false then 1 else " * 900 + "2",
    "powers": "9 ** 9 ** 9 ** 9",
    "a bad pattern": f'matches("{"a" * 100}!", "(a+)+$")',
    "a large pattern": 'matches("a", "((a{1,100}){1,100}){1,100}")',
    "a huge index": "[1, 2][1e6000]",
    "a huge date": "date(1e6000, 1, 1)",
    "a huge duration": 'duration("P1D") * 1e6000',
    "a huge scale": "floor(1.5, 1e6000)",
    "a zone that is a path": 'time("10:00:00@../../etc/passwd")',
    "half a character": '"\\uD800"',
    "keys with quotes": '{"a\\"b": 1, "/*": 2}',
    "names": "{" + ",".join(f"a b{n}: 1" for n in range(1500)) + "}",
}


@pytest.fixture(autouse=True)
def _quick():
    start = time.process_time()
    yield
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", DEEP)
def test_a_text_that_is_too_deep_or_long_is_no_expression(name):
    with pytest.raises(feel.SyntaxProblem) as raised:
        feel.compile_expression(DEEP[name])

    assert raised.value.line == 1


@pytest.mark.parametrize("name", DEEP)
def test_nor_is_it_a_cell(name):
    with pytest.raises(feel.SyntaxProblem):
        feel.compile_tests(DEEP[name])


@pytest.mark.parametrize("name", TOO_MUCH)
def test_an_evaluation_that_asks_for_too_much_is_refused(name):
    with pytest.raises(feel.LimitExceeded):
        feel.evaluate(TOO_MUCH[name])


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_dangerous_has_a_value_or_is_null(name):
    feel.evaluate(HARMLESS[name])


def test_a_value_that_is_larger_than_it_looks_is_no_data():
    tower = feel.evaluate(TOWER)

    with pytest.raises(Invalid):
        feel.to_json(tower)


def test_data_may_not_be_nested_without_end():
    data = []
    for _ in range(5000):
        data = [data]

    with pytest.raises(Invalid):
        feel.evaluate("x", {"x": data})
