"""What the analysis says about small tables, in full sentences."""

import pytest
from lxml import etree

from engine import dmn
from engine.dmn.check import Budget, Known, check, pieces_of
from engine.dmn.check.fault import OverBudget
from tests.engine.dmn.files import DMN, decision, source, table

LEVELS = {"level_of_need": Known(kind="string", values=("none", "low", "high"))}
TRUTHS = {"a": Known(kind="boolean"), "b": Known(kind="boolean")}


def faults(hit_policy, inputs, rows, known=None, *, types=(), **attributes):
    """What is found in a table with one output, kind and sentence; `types` of the inputs."""
    logic = table(hit_policy, inputs, ["y"], rows, **attributes)
    expressions = logic.findall(".//{*}inputExpression")
    for expression, kind in zip(expressions, types, strict=False):
        expression.set("typeRef", kind)
    model = dmn.parse(source(decision("d", logic)), file="d.dmn")
    return [(fault.kind, fault.sentence) for fault in check(model, known)]


def test_a_gap_is_a_sentence_with_an_example_that_leaves_out_what_does_not_matter():
    rows = [('"low"', "false", "-", "1"), ('not("low")', "-", "-", "2")]

    found = faults("UNIQUE", ["level_of_need", "a", "b"], rows, {**LEVELS, **TRUTHS})

    assert ("gap", "No rule for level of need = low and a = true.") in found
    assert [kind for kind, _ in found] == ["unused", "gap"]


@pytest.mark.parametrize(
    ("cells", "type_", "example"),
    [
        (["< 18", "> 18"], "number", "18"),
        (["[0..17]", "[18..120]"], "number", "-1"),
        (["<= 17", ">= 18"], "number", "17.5"),
        (['<= date("2026-03-31")', '>= date("2026-04-02")'], "date", "2026-04-01"),
        (['< time("09:00:00")', '[time("09:00:00")..time("17:00:00")]'], "time", "18:00:00"),
        (
            ['< date and time("2026-01-01T00:00:00")', '> date and time("2026-01-01T00:00:00")'],
            "dateTime",
            "2026-01-01T00:00:00",
        ),
        (['< duration("P2D")', '>= duration("P3D")'], "dayTimeDuration", "P2D"),
        (['< duration("P1Y")', '>= duration("P2Y")'], "yearMonthDuration", "P1Y"),
        (['< "m"', '> "m"'], "string", "m"),
        (['"a"', '"b"'], "string", "any other text"),
        (["true"], "boolean", "false"),
    ],
)
def test_a_gap_is_found_in_every_kind_of_values(cells, type_, example):
    rows = [(cell, "1") for cell in cells]

    [(kind, sentence), *_] = faults("UNIQUE", ["x"], rows, types=[type_])

    assert (kind, sentence) == ("gap", f"No rule for x = {example}.")


@pytest.mark.parametrize(
    ("cells", "type_"),
    [
        (["< 18", ">= 18"], "number"),
        (['<= date("2026-03-31")', '>= date("2026-04-01")'], "date"),
        (['"a"', 'not("a")'], "string"),
        (["? < 3 or ? > 5", "? between 3 and 5"], "number"),
        (["? in (< 3, > 5)", "[3..5]"], "number"),
        (["not(? = 4)", "4"], "number"),
        (["!= 4", "= 4"], "number"),
        (["<= -1", "> 2 - 3"], "number"),
        (["true", "not(?)"], "boolean"),
    ],
)
def test_a_table_that_is_complete_and_unique_has_no_fault(cells, type_):
    assert faults("UNIQUE", ["x"], [(cell, "1") for cell in cells], types=[type_]) == []


def test_a_missing_input_is_no_gap_but_makes_a_rule_of_its_own_possible():
    rows = [("true", "1"), ("false", "2"), ("-", "3")]

    assert faults("FIRST", ["a"], rows, TRUTHS) == []
    assert faults("UNIQUE", ["a"], rows[:2], TRUTHS) == []
    assert faults("FIRST", ["a"], [*rows[:2], ("null", "3"), ("-", "4")], TRUTHS) == [
        ("shadowed", "The rule never applies: the rules above it match all that it matches.")
    ]


def test_null_among_the_allowed_values_needs_a_rule_too():
    allowed = DMN.inputValues(DMN.text('"a",null'))
    logic = table("UNIQUE", ["x"], ["y"], [('"a"', "1")])
    logic.find("{*}input").append(allowed)
    assert etree.iselement(logic)

    model = dmn.parse(source(decision("d", logic)), file="d.dmn")

    assert [fault.sentence for fault in check(model)] == ["No rule for x = missing."]


def test_overlapping_rules_are_both_named_with_an_example():
    rows = [("<= 18", "true", "1"), (">= 18", "-", "2"), ("< 18", "false", "2")]

    found = faults("UNIQUE", ["x", "a"], rows, TRUTHS, types=["number"])

    assert found == [("overlap", "Rule 1 (r1) and rule 2 (r2) both match x = 18 and a = true.")]


@pytest.mark.parametrize(("outputs", "kinds"), [("11", []), ("12", ["conflict"])])
def test_rules_of_an_any_table_conflict_when_their_outputs_differ(outputs, kinds):
    rows = [("<= 18", outputs[0]), (">= 18", outputs[1])]

    assert [kind for kind, _ in faults("ANY", ["x"], rows, types=["number"])] == kinds


def test_outputs_that_are_no_constants_are_not_judged():
    rows = [("<= 18", "x"), (">= 18", "2 * x")]

    [(kind, sentence)] = faults("ANY", ["x"], rows, types=["number"])

    assert kind == "unproved"
    assert sentence.endswith("both match x = 18, and may give different outputs.")


def test_collecting_tables_and_tables_with_a_default_have_no_gaps():
    rows = [("1", "1")]

    assert faults("COLLECT", ["x"], rows) == []
    assert [kind for kind, _ in faults("RULE ORDER", ["x"], rows)] == ["gap"]


def test_a_cell_that_is_not_analysable_is_said_and_hides_no_gap():
    rows = [("odd(?)", "true", "1"), ("even(?)", "true", "2")]

    found = faults("UNIQUE", ["x", "a"], rows, TRUTHS, types=["number"])

    assert [kind for kind, _ in found] == ["unproved", "unproved", "gap"]
    assert found[-1][1] == "No rule for a = false."
    assert "odd(?) for x is not analysable" in found[0][1]


def test_a_gap_behind_cells_that_are_not_analysable_is_not_proved():
    found = faults("UNIQUE", ["x"], [("odd(?)", "1"), ("even(?)", "2")], types=["number"])

    assert found[-1] == (
        "unproved",
        "It is not proved that every input has a rule: see the cells named above.",
    )


def test_inputs_that_read_the_same_variable_are_only_doubted():
    found = faults("UNIQUE", ["x", "x > 3"], [("<= 3", "false", "1"), ("> 3", "true", "2")])

    assert {kind for kind, _ in found} == {"unproved"}
    assert "read the same variable: No rule for" in found[0][1]


def test_a_cell_of_another_type_than_the_fact_is_said_once():
    found = faults("FIRST", ["a"], [('"yes"', "1"), ("-", "2")], TRUTHS)

    assert found == [("type", '"yes" is a text, but a is true or false.')]


def test_each_value_that_cannot_be_is_named():
    rows = [("1, 200", "1"), ("-", "2")]
    logic = table("FIRST", ["x"], ["y"], rows)
    logic.find("{*}input").append(DMN.inputValues(DMN.text("[0..120]")))
    model = dmn.parse(source(decision("d", logic)), file="d.dmn")

    assert [fault.sentence for fault in check(model)] == ["x is never 200: it may be [0..120]."]


def test_a_budget_ends_and_the_analysis_says_so():
    budget = Budget(left=1)
    budget.spend(1)
    with pytest.raises(OverBudget):
        budget.spend(1)

    rows = [(f"> {number}", "1") for number in range(1200)]
    found = faults("ANY", ["x"], [(*row,) for row in rows], types=["number"])

    assert [kind for kind, _ in found] == ["large", "unproved"]
    assert "split it" in found[-1][1]


def test_the_pieces_of_an_input_are_cut_by_the_cells_of_all_tables():
    tables = [
        dmn.parse(source(decision("d", table("FIRST", ["x"], ["y"], rows))), file="d.dmn")
        .decisions["d"]
        .table
        for rows in ([("< 10", "1")], [("> 10.5", "1"), ("-", "2")])
    ]

    pieces = [None if value is None else float(value) for value in pieces_of(tables, "x")]

    assert pieces == [9, 10, 10.25, 10.5, 11, None]
    assert pieces_of(tables, "z") == ()
