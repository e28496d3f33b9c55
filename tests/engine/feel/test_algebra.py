"""Arithmetic agrees with Python's decimals, dates with its calendar; logic has three values."""

import datetime as dt
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from engine import feel

PYTHON = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)
TRUTHS = st.sampled_from([True, False, None])
DATES = st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31))
DAYS = st.integers(-200_000, 200_000)
MONTHS = st.integers(-2400, 2400)


def value(text, **context):
    return feel.evaluate(text, context)


@given(NUMBERS, NUMBERS)
def test_the_four_operations_are_those_of_decimals_of_34_digits(a, b):
    assert value("a + b", a=a, b=b) == PYTHON.add(a, b)
    assert value("a - b", a=a, b=b) == PYTHON.subtract(a, b)
    assert value("a * b", a=a, b=b) == PYTHON.multiply(a, b)
    assert value("a / b", a=a, b=b) == (PYTHON.divide(a, b) if b else None)


@given(NUMBERS, st.integers(0, 9))
def test_powers_and_roundings_are_those_of_decimals(a, places):
    unit = Decimal(1).scaleb(-places)

    assert value("a ** n", a=a, n=places) == (PYTHON.power(a, places) if a or places else 1)
    for name, rounding in (
        ("floor", ROUND_FLOOR),
        ("ceiling", ROUND_CEILING),
        ("decimal", ROUND_HALF_EVEN),
    ):
        assert value(f"{name}(a, n)", a=a, n=places) == a.quantize(unit, rounding=rounding)


@given(NUMBERS, NUMBERS)
def test_modulo_leaves_what_floor_takes_away(a, b):
    assume(b)
    assert value("modulo(a, b) = a - b * floor(a / b)", a=a, b=b) is True


@given(TRUTHS, TRUTHS, TRUTHS)
def test_logic_has_the_laws_of_three_values(a, b, c):
    order = {False: 0, None: 1, True: 2}

    assert order[value("a and b", a=a, b=b)] == min(order[a], order[b])
    assert order[value("a or b", a=a, b=b)] == max(order[a], order[b])
    assert order[value("not(a)", a=a)] == 2 - order[a]
    for one, other in (
        ("not(a and b)", "not(a) or not(b)"),
        ("not(a or b)", "not(a) and not(b)"),
        ("a and (b or c)", "a and b or a and c"),
        ("a or b and c", "(a or b) and (a or c)"),
        ("a and b and c", "c and (b and a)"),
        ("not(not(a))", "a"),
    ):
        assert value(one, a=a, b=b, c=c) is value(other, a=a, b=b, c=c)


@given(st.lists(TRUTHS, max_size=6))
def test_all_and_some_are_long_conjunctions_and_disjunctions(values):
    conjunction = " and ".join(["true", *map(word, values)])
    disjunction = " or ".join(["false", *map(word, values)])

    assert value("every v in vs satisfies v", vs=values) is value(conjunction)
    assert value("all(vs)", vs=values) is value(conjunction)
    assert value("some v in vs satisfies v", vs=values) is value(disjunction)
    assert value("any(vs)", vs=values) is value(disjunction)


def word(truth):
    return {True: "true", False: "false", None: "null"}[truth]


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("[("), st.sampled_from("])"))
def test_a_range_is_its_two_comparisons(x, low, high, opening, closing):
    assume(low <= high)
    above, below = (">=" if opening == "[" else ">"), ("<=" if closing == "]" else "<")
    context = {"x": x, "low": low, "high": high}

    inside = value(f"x in {opening}low..high{closing}", **context)

    assert inside is value(f"x {above} low and x {below} high", **context)
    assert inside is value(f"includes({opening}low..high{closing}, x)", **context)


@given(DATES, DAYS)
def test_days_are_added_as_python_adds_them(date, days):
    assume(0 < date.toordinal() + days <= dt.date.max.toordinal())
    moved = date + dt.timedelta(days=days)
    context = {"d": date, "n": days, "m": moved}

    assert value('d + n * @"P1D" = m', **context) is True
    assert value('(m - d) / @"P1D"', **context) == days
    assert value("[m.year, m.month, m.day, m.weekday]", **context) == [
        *moved.timetuple()[:3],
        moved.isoweekday(),
    ]
    assert value("string(m)", **context) == moved.isoformat()


@given(DATES, MONTHS)
def test_months_keep_the_day_where_the_month_has_it(date, months):
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    assume(1 <= year <= dt.MAXYEAR - 1)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - dt.timedelta(days=1)).day

    moved = value('d + n * @"P1M"', d=date, n=months)

    assert str(moved) == dt.date(year, month + 1, min(date.day, last)).isoformat()
