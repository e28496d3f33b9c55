"""Laws of decision tables, for any rules and any input, against a plain reading of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import dmn
from tests.engine.dmn.files import decision, source, table

BOUNDS = st.integers(0, 9)
RULES = st.lists(st.tuples(BOUNDS, BOUNDS, st.integers(0, 3)), min_size=1, max_size=6)


def decided(hit_policy, rules, value, **attributes):
    rows = [(f"[{min(low, high)}..{max(low, high)}]", str(out)) for low, high, out in rules]
    logic = table(hit_policy, ["x"], ["y"], rows, **attributes)
    return dmn.parse(source(decision("d", logic)), file="d.dmn").decide("d", {"x": value})


def matching(rules, value):
    return [
        (f"r{number}", out)
        for number, (low, high, out) in enumerate(rules, start=1)
        if min(low, high) <= value <= max(low, high)
    ]


@given(RULES, BOUNDS)
def test_collecting_tables_give_every_match_in_order(rules, value):
    expected = matching(rules, value)

    outcome = decided("RULE ORDER", rules, value)

    assert list(outcome.rules) == [rule for rule, _ in expected]
    assert (outcome.outputs or []) == [out for _, out in expected]


@given(RULES, BOUNDS)
def test_the_first_match_is_the_first_of_all(rules, value):
    expected = matching(rules, value)[:1]

    outcome = decided("FIRST", rules, value)

    assert list(outcome.rules) == [rule for rule, _ in expected]
    assert outcome.outputs == (expected[0][1] if expected else None)


@given(RULES, BOUNDS)
def test_a_unique_table_answers_exactly_when_one_rule_matches(rules, value):
    expected = matching(rules, value)

    if len(expected) > 1:
        with pytest.raises(dmn.AmbiguousRules) as raised:
            decided("UNIQUE", rules, value)
        assert list(raised.value.rules) == [rule for rule, _ in expected]
    else:
        assert decided("UNIQUE", rules, value).outputs == (expected[0][1] if expected else None)


@given(RULES, BOUNDS)
def test_an_any_table_answers_exactly_when_all_matches_agree(rules, value):
    outs = {out for _, out in matching(rules, value)}

    if len(outs) > 1:
        with pytest.raises(dmn.AmbiguousRules):
            decided("ANY", rules, value)
    else:
        assert decided("ANY", rules, value).outputs == (outs.pop() if outs else None)


@given(RULES, BOUNDS)
def test_aggregations_agree_with_python(rules, value):
    outs = [out for _, out in matching(rules, value)]

    for aggregation, combine in (("SUM", sum), ("MIN", min), ("MAX", max), ("COUNT", len)):
        outcome = decided("COLLECT", rules, value, aggregation=aggregation)
        assert outcome.outputs == (combine(outs) if outs else None)
