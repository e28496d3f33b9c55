"""Laws that hold for any values: against Python's own numbers and dates, and of ranges."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine import feel
from engine.feel.temporal import FeelDate, date_of_days, parse_date_time, parse_duration

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
TEXTS = st.text(max_size=30)
INSTANTS = st.datetimes(timezones=st.just(dt.UTC))
EPOCH = dt.date(1970, 1, 1)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_number_is_in_a_range_when_it_is_not_outside(value, low, high):
    low, high = min(low, high), max(low, high)
    context = {"x": value, "low": low, "high": high}

    inside = feel.evaluate("x in [low..high]", context)

    assert inside is (low <= value <= high)
    assert feel.unary_test("[low..high]", value, context) is inside
    assert feel.evaluate("x between low and high", context) is inside


@given(NUMBERS, NUMBERS)
def test_a_constant_cell_answers_as_the_same_cell_with_a_name(value, limit):
    for operator in ("<", "<=", ">", ">=", "=", "!="):
        constant = feel.unary_test(f"{operator} {limit:f}", value)
        assert constant is feel.unary_test(f"{operator} limit", value, {"limit": limit})


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_listed_texts_are_matched_and_not_turns_that_round(listed, value):
    context = {f"t{index}": text for index, text in enumerate(listed)}
    cell = ", ".join(context)

    assert feel.unary_test(cell, value, context) is (value in listed)
    assert feel.unary_test(f"not({cell})", value, context) is (value not in listed)


@given(TEXTS)
def test_a_text_survives_being_written_and_read(text):
    written = feel.evaluate("string([x])", {"x": text})

    assert feel.evaluate(written) == [text]


@given(NUMBERS)
def test_a_number_survives_being_written_and_read(number):
    assert feel.evaluate("number(string(x))", {"x": number}) == number


@given(st.dates(), st.integers(-3_000_000, 3_000_000))
def test_days_are_counted_as_python_counts_them(date, more):
    ours = FeelDate(date.year, date.month, date.day)

    assert ours.days == (date - EPOCH).days
    assert date_of_days(ours.days + more).days == ours.days + more


@given(INSTANTS, INSTANTS)
def test_instants_are_ordered_and_subtracted_as_python_does(one, other):
    context = {"a": one, "b": other}

    assert feel.evaluate("a < b", context) is (one < other)
    assert feel.evaluate("b + (a - b) = a", context) is True


@given(st.integers(-(10**15), 10**15), st.integers(1, 59))
def test_a_duration_survives_being_written_and_read(nanos, seconds):
    text = str(parse_duration(f"PT{seconds}S"))
    duration = feel.evaluate("@x + y".replace("@x", f'@"{text}"'), {"y": dt.timedelta(0)})

    assert str(duration) == text
    assert feel.evaluate("x * n / n = x", {"x": duration, "n": abs(nanos) + 1}) is True


@given(INSTANTS)
def test_an_instant_survives_being_written_and_read(instant):
    written = feel.evaluate("string(x)", {"x": instant})

    assert feel.evaluate("x = y", {"x": instant, "y": parse_date_time(written)}) is True


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_sums_and_extremes_agree_with_python(values):
    context = {"xs": values}

    assert feel.evaluate("sum(xs)", context) == sum(values, Decimal(0))
    assert feel.evaluate("[min(xs), max(xs)]", context) == [min(values), max(values)]
    assert feel.evaluate("sort(xs)", context) == sorted(values)
