"""Laws of the analysis, for any table of a few columns, against trying every input."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from engine import dmn
from engine.dmn.check import Known, check
from tests.engine.dmn.files import decision, source, table

WORDS = ("low", "moderate", "high")
KNOWN = {
    "level": Known(kind="string", values=WORDS),
    "flag": Known(kind="boolean"),
    "age": Known(kind="number"),
}
AGES = [number / 2 for number in range(-3, 14)]  # all ends of ranges, and between all of them
INPUTS = [
    {"level": level, "flag": flag, "age": age}
    for level, flag, age in product(WORDS, (True, False), AGES)
]
LEVEL = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).flatmap(
    lambda words: st.sampled_from(
        [", ".join(f'"{w}"' for w in words), f'not("{words[0]}")', f'"{words[-1]}"', "-"]
    )
)
FLAG = st.sampled_from(["true", "false", "-", "-"])
END = st.integers(0, 5)
AGE = st.one_of(
    st.just("-"),
    st.builds(
        lambda sign, end: f"{sign} {end}", st.sampled_from(["<", "<=", ">", ">=", "!="]), END
    ),
    st.builds(
        lambda left, low, high, right: f"{left}{min(low, high)}..{max(low, high)}{right}",
        st.sampled_from("[("),
        END,
        END,
        st.sampled_from("])"),
    ),
)
ROWS = st.lists(st.tuples(LEVEL, FLAG, AGE, st.sampled_from("12")), min_size=1, max_size=7)


def analysed(hit_policy, rows):
    """The model, and what is found in it, by kind."""
    logic = table(hit_policy, ["level", "flag", "age"], ["y"], rows)
    model = dmn.parse(source(decision("d", logic)), file="d.dmn")
    found = {}
    for fault in check(model, KNOWN):
        found.setdefault(fault.kind, []).append(fault)
    return model, found


def matching(rows):
    """For every input the numbers of the rules that match it."""
    model, _ = analysed("RULE ORDER", rows)
    return [set(model.decide("d", values).rules) for values in INPUTS]


@given(ROWS)
def test_gaps_are_reported_exactly_when_some_input_falls_through(rows):
    _, found = analysed("UNIQUE", rows)

    assert bool(found.get("gap")) == any(not rules for rules in matching(rows))


@given(ROWS)
def test_the_example_of_a_gap_is_an_input_without_a_rule(rows):
    model, found = analysed("RULE ORDER", rows)

    for fault in found.get("gap", []):
        if "any input" in fault.sentence:
            continue
        told = fault.sentence.removeprefix("No rule for ").removesuffix(".")
        pairs = dict(part.split(" = ") for part in told.split(" and "))
        example = {
            "level": pairs.get("level", "low"),
            "flag": pairs.get("flag", "true") == "true",
            "age": float(pairs.get("age", "3")),
        }
        assert model.decide("d", example).rules == ()


@given(ROWS)
def test_overlaps_are_reported_exactly_when_two_rules_match_one_input(rows):
    _, found = analysed("UNIQUE", rows)

    assert bool(found.get("overlap")) == any(len(rules) > 1 for rules in matching(rows))


@given(ROWS)
def test_conflicts_are_reported_exactly_when_an_any_table_would_refuse(rows):
    _, found = analysed("ANY", rows)
    outputs = {f"r{number}": row[-1] for number, row in enumerate(rows, start=1)}

    refused = any(len({outputs[rule] for rule in rules}) > 1 for rules in matching(rows))

    assert bool(found.get("conflict")) == refused


@given(ROWS)
def test_a_rule_of_a_first_table_that_is_never_the_first_is_shadowed_or_unreachable(rows):
    model, found = analysed("FIRST", rows)
    dead = {fault.element for kind in ("shadowed", "unreachable") for fault in found.get(kind, [])}
    first = {
        model.decide("d", {"level": level, "flag": flag, "age": age}).rules
        for level, flag, age in product((*WORDS, None), (True, False, None), (*AGES, None))
    }

    never = {f"r{number}" for number in range(1, len(rows) + 1)} - {
        r for rules in first for r in rules
    }

    assert dead == never
