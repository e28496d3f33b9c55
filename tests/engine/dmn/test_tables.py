"""Decision tables: what each hit policy answers, and what is recorded about it."""

from decimal import Decimal

import pytest

from engine import dmn
from engine.errors import Invalid
from tests.engine.dmn.files import DMN, decision, source, table

OVERLAPPING = [("> 1", '"low"'), ("> 5", '"high"'), ("> 9", '"high"')]


def decide(hit_policy, value, rows=OVERLAPPING, outputs=("need",), **attributes):
    logic = table(hit_policy, ["x"], outputs, rows, **attributes)
    return dmn.parse(source(decision("d", logic)), file="d.dmn").decide("d", {"x": value})


def ranked(name, values):
    return DMN.output(DMN.outputValues(DMN.text(values)), name=name)


@pytest.mark.parametrize(
    ("hit_policy", "value", "outputs", "rules"),
    [
        ("UNIQUE", 2, "low", ("r1",)),
        ("UNIQUE", 0, None, ()),
        ("FIRST", 10, "low", ("r1",)),
        ("RULE ORDER", 10, ["low", "high", "high"], ("r1", "r2", "r3")),
        ("COLLECT", 7, ["low", "high"], ("r1", "r2")),
        ("COLLECT", 0, None, ()),
    ],
)
def test_hit_policy_decides_what_counts(hit_policy, value, outputs, rules):
    outcome = decide(hit_policy, value)

    assert (outcome.outputs, outcome.rules) == (outputs, rules)


@pytest.mark.parametrize(
    ("hit_policy", "outputs", "rules"),
    [
        ("PRIORITY", "high", ("r2",)),
        ("OUTPUT ORDER", ["high", "high", "low"], ("r2", "r3", "r1")),
    ],
)
def test_output_values_rank_the_rules(hit_policy, outputs, rules):
    outcome = decide(hit_policy, 10, outputs=(ranked("need", '"high", "low"'),))

    assert (outcome.outputs, outcome.rules) == (outputs, rules)


@pytest.mark.parametrize(
    ("aggregation", "value"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)]
)
def test_a_collecting_table_can_put_its_outputs_together(aggregation, value):
    rows = [("-", "1"), ("> 0", "2"), ("> 1", "3"), ("> 99", "50")]

    outcome = decide("COLLECT", 5, rows, aggregation=aggregation)

    assert outcome.outputs == value
    assert outcome.rules == ("r1", "r2", "r3")


def test_rules_of_a_unique_table_that_match_together_are_an_error_that_names_them():
    with pytest.raises(dmn.AmbiguousRules, match="r1, r2") as raised:
        decide("UNIQUE", 7)

    assert raised.value.rules == ("r1", "r2")
    assert isinstance(raised.value, Invalid)


def test_rules_of_an_any_table_must_agree():
    with pytest.raises(dmn.AmbiguousRules, match="r1, r2"):
        decide("ANY", 7)

    assert decide("ANY", 10, [("> 1", '"a"'), ("> 5", '"a"')]).rules == ("r1",)


def test_several_outputs_are_a_context():
    rows = [("-", ('"high"', "1 + 1"))]

    assert decide("UNIQUE", 1, rows, ("need", "days")).outputs == {"need": "high", "days": 2}


def test_without_a_match_the_default_answers():
    output = DMN.output(DMN.defaultOutputEntry(DMN.text('"none"')), name="need")

    outcome = decide("UNIQUE", 0, outputs=(output,))

    assert (outcome.outputs, outcome.rules) == ("none", ())


def test_a_missing_input_is_null_with_a_warning():
    rows = [("null", '"unknown"'), ("> 0", '"known"')]
    model = dmn.parse(source(decision("d", table("UNIQUE", ["x"], ["y"], rows))), file="d.dmn")

    outcome = model.decide("d", {})

    assert outcome.outputs == "unknown"
    assert [warning.message for warning in outcome.warnings] == ["There is no value called 'x'"]
    assert outcome.warnings[0].source == "i-x"


def test_a_cell_without_an_answer_says_which_one_it_is():
    outcome = decide("UNIQUE", "text", [("> 5", '"high"')])

    assert outcome.outputs is None
    assert outcome.warnings[0].source == "r1i0"


def test_a_boolean_cell_asks_for_equality_not_for_truth():
    rows = [("true", '"yes"'), ("false", '"no"')]

    assert decide("UNIQUE", True, rows).outputs == "yes"
    assert decide("UNIQUE", False, rows).outputs == "no"
    assert decide("UNIQUE", 1, rows).outputs is None
    assert decide("UNIQUE", None, rows).outputs is None


def test_the_outcome_holds_the_inputs_as_feel_saw_them():
    outcome = decide("FIRST", 7)

    assert outcome.inputs == {"x": Decimal(7)}
    assert isinstance(outcome.inputs["x"], Decimal)


def test_cells_see_other_inputs_and_the_tested_value():
    rows = [("? > limit and limit > 0", '"over"'), ("<= limit", '"within"')]
    model = dmn.parse(source(decision("d", table("UNIQUE", ["x"], ["y"], rows))), file="d.dmn")

    assert model.evaluate("d", {"x": 5, "limit": 3}) == "over"
    assert model.evaluate("d", {"x": 2, "limit": 3}) == "within"


def test_the_table_is_there_as_it_was_written():
    logic = table("FIRST", ["age", "need"], ["answer"], [("< 18", "-", '"yes"')])
    read = dmn.parse(source(decision("d", logic)), file="d.dmn").decisions["d"].table

    assert (read.hit_policy, [column.expression for column in read.inputs]) == (
        "FIRST",
        ["age", "need"],
    )
    assert [column.name for column in read.outputs] == ["answer"]
    assert [(rule.id, rule.description) for rule in read.rules] == [("r1", "T-01")]
    assert (read.rules[0].inputs, read.rules[0].outputs) == (("< 18", "-"), ('"yes"',))
    assert read.rules[0].line == 2


def test_allowed_values_are_there_as_they_were_written():
    logic = table("FIRST", ["need"], [ranked("answer", '"yes", "no"')], [("-", '"yes"')])
    logic[0].append(DMN.inputValues(DMN.text('"high", "low"')))

    read = dmn.parse(source(decision("d", logic)), file="d.dmn").decisions["d"].table

    assert read.inputs[0].allowed_values == '"high", "low"'
    assert read.outputs[0].allowed_values == '"yes", "no"'


def test_a_decision_answers_to_its_name_and_to_its_id():
    logic = table("FIRST", ["x"], ["y"], [("-", "1")])
    model = dmn.parse(source(decision("d", logic, name="Next step")), file="d.dmn")

    assert model.evaluate("d", {}) == model.evaluate("Next step", {}) == 1
