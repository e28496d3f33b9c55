"""Every example in the tables of this folder holds."""

import tomllib
from pathlib import Path

import pytest

from engine import feel
from engine.feel.compare import equal

TABLES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "feel").glob("*.toml"))
]
EXPRESSIONS = [example for table in TABLES for example in table.get("examples", ())]
UNARY_TESTS = [example for table in TABLES for example in table.get("tests", ())]


@pytest.mark.parametrize("example", EXPRESSIONS, ids=lambda example: example[0])
def test_an_expression_has_the_value_that_its_table_says(example):
    text, expected, *context = example

    value = feel.evaluate(text, *context)

    assert equal(value, feel.evaluate(expected)) is True, value


@pytest.mark.parametrize(
    "example", UNARY_TESTS, ids=lambda example: f"{example[1]} in {example[0]}"
)
def test_a_unary_test_answers_as_its_table_says(example):
    text, value, expected, *context = example

    assert feel.unary_test(text, feel.evaluate(value), *context) is expected


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["title"])
def test_a_table_has_examples(table):
    assert table.get("examples") or table.get("tests")
