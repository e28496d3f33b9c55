"""Why a table decides as it does: where each rule fails, and what its cells ask for in words."""

from decimal import Decimal

import pytest

from engine import dmn
from engine.dmn.explain import explain, said
from engine.errors import NotFound
from tests.engine.dmn.files import decision, input_data, literal, source, table

NEEDS = [
    ("true", "-", '"strategy"'),
    ("false", '"moderate", "high"', '"assessment"'),
    ("-", '"low"', '"early help"'),
]


def model(*elements):
    return dmn.parse(source(*elements), file="d.dmn")


def needs(hit_policy="UNIQUE"):
    return model(decision("d", table(hit_policy, ["harm", "level"], ["step"], NEEDS)))


def failures(found):
    """Of each rule: the expression of the column where it fails, or None."""
    return [one.miss.input.expression if one.miss else None for one in found]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"harm": True, "level": "high"}, [None, "harm", "level"]),
        ({"harm": False, "level": "high"}, ["harm", None, "level"]),
        ({"harm": False, "level": "low"}, ["harm", "level", None]),
        ({"harm": True, "level": "low"}, [None, "harm", None]),
        ({"harm": None, "level": None}, ["harm", "harm", "level"]),
        ({}, ["harm", "harm", "level"]),
    ],
)
def test_a_rule_fails_at_its_first_cell_that_does_not_accept_its_input(inputs, expected):
    assert failures(explain(needs(), "d", inputs)) == expected


def test_a_miss_says_which_cell_met_which_value():
    _, judged, _ = explain(needs(), "d", {"harm": False, "level": "low"})

    assert judged.miss is not None
    assert judged.rule.id == "r2"
    assert (judged.miss.column, judged.miss.cell) == (1, '"moderate", "high"')
    assert judged.miss.value == "low"


@pytest.mark.parametrize("harm", [True, False, None])
@pytest.mark.parametrize("level", ["none", "low", "moderate", "high", None])
def test_the_rules_that_match_are_those_that_a_collecting_table_hits(harm, level):
    inputs = {"harm": harm, "level": level}

    matches = tuple(one.rule.id for one in explain(needs(), "d", inputs) if one.miss is None)

    assert matches == needs("COLLECT").decide("d", inputs).rules


def test_a_column_may_compute_its_value_and_a_cell_may_read_another_input():
    logic = table("FIRST", ["age + 1"], ["old"], [("> limit", "true"), ("-", "false")])
    found = explain(model(decision("d", logic)), "d", {"age": 17, "limit": 18})

    assert failures(found) == ["age + 1", None]
    assert found[0].miss.value == Decimal(18)


def test_required_decisions_are_worked_out_first():
    both = model(
        input_data("points"),
        decision("doubled", literal("points * 2"), "data#points"),
        decision(
            "d", table("FIRST", ["doubled"], ["step"], [("> 9", '"yes"')]), "decision#doubled"
        ),
    )

    assert failures(explain(both, "d", {"points": 5})) == [None]
    assert explain(both, "d", {"points": 4})[0].miss.value == Decimal(8)


def test_a_decision_without_a_table_has_no_rules_and_one_that_is_not_there_is_not_found():
    found = model(decision("d", literal("1 + 1")))

    assert explain(found, "d", {}) == ()
    with pytest.raises(NotFound, match="no decision 'other'"):
        explain(found, "other", {})


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("-", "anything"),
        ("", "anything"),
        ("true", "yes"),
        ("false", "no"),
        ("null", "no answer"),
        ('""', "an empty text"),
        ('"manager_determines"', "manager determines"),
        ('"moderate","high"', "moderate or high"),
        ('"a", "b", "c"', "a, b or c"),
        ('not("professional")', "anything but professional"),
        ("not(1, 2)", "anything but 1 or 2"),
        ("18", "18"),
        ("-5.50", "-5.5"),
        ("> 5", "more than 5"),
        ("<= 5", "at most 5"),
        ('!= "a"', "anything but a"),
        ('= "a"', "a"),
        ("[1..5]", "1 to 5"),
        ("[1..5)", "at least 1 and less than 5"),
        ("(1..5]", "more than 1 and at most 5"),
        ('["08:00".."17:30"]', "08:00 to 17:30"),
        ('date("2026-01-01")', "2026-01-01"),
        ('< @"2026-01-01"', "less than 2026-01-01"),
        ("> limit_of_age", "more than “limit of age”"),
        ('["a", "b"]', "a, b"),
    ],
)
def test_a_cell_is_said_in_words(cell, words):
    found = said(cell)

    assert (found.text, found.is_feel) == (words, False)
    assert found.is_anything == (words == "anything")


@pytest.mark.parametrize(
    "cell", ["? > 5 and ? < 9", "< today()", "?", "no feel at all", "{a: 1}", "x + 1"]
)
def test_what_has_no_words_is_shown_as_feel(cell):
    assert said(cell).text == cell
    assert said(cell).is_feel


def test_a_long_list_is_cut_off_in_a_sentence():
    cell = ",".join(f'"{letter}"' for letter in "abcdef")

    assert said(cell, most=3).text == "a, b, c or 3 more"
    assert said(cell, most=6).text == "a, b, c, d, e or f"
