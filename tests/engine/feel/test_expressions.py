"""What a caller of FEEL meets: warnings, time, values from and to Python, errors with places."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine import feel
from engine.errors import Invalid

LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime(2026, 3, 2, 10, 30, tzinfo=LONDON)


def warnings_of(text, context=None):
    warnings = []
    feel.evaluate(text, context or {}, warnings=warnings)
    return [str(warning) for warning in warnings]


def test_now_and_today_are_those_of_the_caller():
    assert str(feel.evaluate("now()", now=NOW)) == "2026-03-02T10:30:00@Europe/London"
    assert str(feel.evaluate("today()", now=NOW)) == "2026-03-02"


def test_without_a_time_now_is_null_with_a_warning():
    assert feel.evaluate("now()") is None
    assert warnings_of("now()") == ["now: this evaluation has no time (line 1, column 1)"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("1 + age", "There is no value called 'age' (line 1, column 5)"),
        ('1 +\n  "a" * 2', "Cannot multiply a string and a number (line 2, column 3)"),
        ('substring("a", 5)', "substring: there is no character 5 (line 1, column 1)"),
        ("substring(1)", "substring does not take 1 arguments (line 1, column 1)"),
        ("[1][2]", "There is no item 2 in a list of 1 (line 1, column 4)"),
        ("{a: 1}.b", "The context has no entry 'b' (line 1, column 7)"),
        ("1 / 0", "Division by zero (line 1, column 1)"),
        ("{a: 1}(2)", "A context cannot be called as a function (line 1, column 1)"),
    ],
)
def test_null_comes_with_a_warning_and_its_place(text, warning):
    assert warning in warnings_of(text)


def test_a_value_that_is_fine_has_no_warning():
    assert warnings_of("if a > 1 then a else 0", {"a": 2}) == []


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("1 +", "Expected a value, found the end", 1, 4),
        ("(1", "Expected ) to close (, found the end", 1, 3),
        ("[1..2", "Expected ) or ] at the end of the range, found the end", 1, 6),
        ("if a then 1", "Expected else after the first part of if, found the end", 1, 12),
        ("1 ++ 2", "Expected a value, found +", 1, 4),
        ("a\n  b", "Expected an operator or the end, found b", 2, 3),
        ('"abc', 'The text that starts with " has no end', 1, 1),
        ("1 /* x", "The comment that starts with /* has no end", 1, 3),
        ("a == 1", "Expected a value, found =", 1, 4),
        ("function(a) external {}", "External functions are never run", 1, 13),
        ("1 instance of tWhat", "There is no type 'tWhat'", 1, 3),
        ("1e99999", "The number 1e99999 is too large", 1, 1),
        ("", "Expected a value, found the end", 1, 1),
    ],
)
def test_text_that_does_not_parse_says_where_and_why(text, message, line, column):
    with pytest.raises(feel.SyntaxProblem) as raised:
        feel.compile_expression(text)

    assert (raised.value.message, raised.value.line, raised.value.column) == (message, line, column)
    assert isinstance(raised.value, Invalid)


@pytest.mark.parametrize("text", ["1 +", "[1..", "not(", "a, ", "< "])
def test_a_cell_that_does_not_parse_is_a_problem(text):
    with pytest.raises(feel.SyntaxProblem):
        feel.compile_tests(text)


def test_names_with_spaces_are_known_from_the_caller():
    expression = feel.compile_expression("level of need = need", ["level of need"])

    assert expression.evaluate({"level of need": "high", "need": "high"}) is True


def test_an_unknown_name_with_spaces_is_no_expression():
    with pytest.raises(feel.SyntaxProblem):
        feel.compile_expression("level of need")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.1, "1.1"),
        (7, "7"),
        (True, "true"),
        (("a", None), '["a", null]'),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (dt.time(10, 30, 0, 500_000), "10:30:00.5"),
        (dt.datetime(2026, 3, 2, 10, 30, tzinfo=dt.UTC), "2026-03-02T10:30:00Z"),
        (NOW, "2026-03-02T10:30:00@Europe/London"),
        (dt.timedelta(days=-1, hours=-2), "-P1DT2H"),
        ({"a": {"b": [1]}}, "{a: {b: [1]}}"),
    ],
)
def test_python_values_become_feel_values(value, text):
    assert feel.evaluate("string(x)", {"x": value}) == text


@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), float("inf"), 1j, {1, 2}])
def test_what_feel_does_not_have_is_refused_at_the_border(value):
    with pytest.raises(Invalid):
        feel.evaluate("x", {"x": value})


def test_a_boolean_stays_one():
    assert feel.evaluate("x", {"x": True}) is True
    assert feel.evaluate("x = 1", {"x": True}) is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("1.0", 1),
        ("0.1", 0.1),
        ("null", None),
        ("[true, {a: 'x'}]".replace("'", '"'), [True, {"a": "x"}]),
        ('@"2026-03-02T10:00:00+01:00"', "2026-03-02T10:00:00+01:00"),
        ('@"P1Y6M"', "P1Y6M"),
    ],
)
def test_values_become_plain_data(text, data):
    result = feel.to_json(feel.evaluate(text))

    assert result == data
    assert type(result) is type(data)


@pytest.mark.parametrize("text", ["[1..2]", "max", "10 ** 200", "function(a) a"])
def test_what_is_no_data_is_refused(text):
    with pytest.raises(Invalid):
        feel.to_json(feel.evaluate(text))


def test_a_compiled_expression_keeps_nothing_of_an_evaluation():
    expression = feel.compile_expression("for i in xs return i + y")

    first = expression.evaluate({"xs": [1, 2], "y": 1})
    second = expression.evaluate({"xs": [1], "y": Decimal(5)})

    assert (first, second) == ([2, 3], [6])


def test_tests_know_the_time_and_other_values():
    tests = feel.compile_tests("< now() - limit")

    past = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    assert tests.test(past, {"limit": dt.timedelta(hours=1)}, now=NOW)
    assert not tests.test(NOW, {"limit": dt.timedelta(hours=1)}, now=NOW)


def test_a_warning_of_a_test_reaches_the_caller():
    warnings = []

    assert not feel.compile_tests("< limit").test(1, {}, warnings=warnings)
    assert warnings[0].message == "There is no value called 'limit'"
