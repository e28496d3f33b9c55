"""A table that looks its inputs up answers as it does when it tries rule by rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import dmn
from tests.engine.dmn.files import decision, input_data, source, table

NUMBERS = st.sampled_from(
    ["-", "0", "1.5", "< 2", ">= 2.5", "[1..3)", "]0..2]", "1, 2", "not(2)", "not(< 1, 3)"]
)
TEXTS = st.sampled_from(["-", '"a"', '"a","b"', 'not("a")', '= "b"', '!= "c"', 'not("a", "b")'])
BOOLEANS = st.sampled_from(["-", "true", "false", "not(true)"])
RULES = st.lists(st.tuples(NUMBERS, TEXTS, BOOLEANS), min_size=1, max_size=6)
POLICIES = st.sampled_from(["UNIQUE", "FIRST", "ANY", "PRIORITY"])
INPUTS = {
    "n": st.integers(-1, 4) | st.sampled_from([10**40, -(10**33), None, "a"]),
    "t": st.sampled_from(["a", "b", "c", "", None, 1]),
    "b": st.booleans() | st.none(),
}


class Text(str):
    """A text that no lookup knows."""

    __slots__ = ()


class Number(Decimal):
    """A number that no lookup knows."""


def model(policy, rules, kinds=("number", "string", "boolean")):
    rows = [(*cells, str(number % 3)) for number, cells in enumerate(rules)]
    names = ("n", "t", "b")
    return dmn.parse(
        source(
            *(input_data(name, kind) for name, kind in zip(names, kinds, strict=True)),
            decision("d", table(policy, list(names), ["y"], rows), *(f"data#{n}" for n in names)),
        ),
        file="d.dmn",
    )


def decided(model, inputs):
    try:
        outcome = model.decide("d", inputs)
    except dmn.AmbiguousRules as ambiguous:
        return ambiguous.rules
    assert model.evaluate("d", inputs) == outcome.outputs
    return outcome


def slow(value):
    if isinstance(value, str):
        return Text(value)
    return Number(value) if type(value) is int else value


@given(POLICIES, RULES, st.fixed_dictionaries(INPUTS))
def test_looking_up_and_trying_agree(policy, rules, inputs):
    found = model(policy, rules)

    assert decided(found, inputs) == decided(
        found, {name: slow(value) for name, value in inputs.items()}
    )


@pytest.mark.parametrize(
    ("cells", "inputs", "expected"),
    [
        (("<= 1e33", "-", "-"), {"n": 10**33 + 1}, None),
        (("1.5", "-", "-"), {"n": Decimal("1.5")}, 0),
        (("1.5", "-", "-"), {"n": 1.5}, 0),
        (("-", "t", "-"), {"t": "any"}, 0),
        (("-", '? = "a"', "-"), {"t": "a"}, 0),
        (("-", '< "b"', "-"), {"t": "a"}, 0),
        (("1, true", "-", "-"), {"n": 1}, 0),
        (("date(2026, 3, 2)", "-", "-"), {"n": 1}, None),
    ],
)
def test_what_cannot_be_looked_up_is_tried(cells, inputs, expected):
    found = model("UNIQUE", [cells])

    assert found.evaluate("d", {"n": 0, "t": "", "b": True} | inputs) == expected


def test_an_input_of_another_type_than_declared_is_null_with_a_warning():
    found = model("UNIQUE", [("-", "-", "-")])

    outcome = found.decide("d", {"n": "one", "t": "a", "b": True})

    assert outcome.inputs["n"] is None
    assert [str(warning) for warning in outcome.warnings] == [
        "n should give a number, not a string"
    ]
