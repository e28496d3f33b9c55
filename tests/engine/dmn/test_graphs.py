"""Decisions that require others, functions, services, types and boxed expressions."""

import datetime as dt

import pytest

from engine import dmn
from engine.errors import NotFound
from tests.engine.dmn.files import DMN, decision, input_data, literal, required, source, table


def parsed(*elements):
    return dmn.parse(source(*elements), file="test.dmn")


def entry(name, expression):
    return DMN.contextEntry(DMN.variable(name=name), expression)


def knowledge(identity, parameters, logic):
    formal = [DMN.formalParameter(name=name) for name in parameters]
    return DMN.businessKnowledgeModel(
        DMN.encapsulatedLogic(*formal, logic), id=identity, name=identity
    )


def test_a_decision_sees_what_it_requires():
    model = parsed(
        input_data("age", name="age in years"),
        decision("adult", literal("age in years >= 18"), "data#age"),
        decision("route", literal('if adult then "adult" else "child"'), "decision#adult"),
    )

    assert model.evaluate("route", {"age in years": 17}) == "child"
    assert model.decisions["route"].requires == ("adult",)


def test_rules_of_required_decisions_come_first():
    first = table("UNIQUE", ["x"], ["y"], [("> 0", "true")])
    second = table("UNIQUE", ["first"], ["y"], [("true", '"go"')])
    for rule, name in zip((first[-1], second[-1]), ("a", "b"), strict=True):
        rule.set("id", name)
    second.set("id", "second table")
    model = parsed(decision("first", first), decision("second", second, "decision#first"))

    outcome = model.decide("second", {"x": 1})

    assert (outcome.outputs, outcome.rules, outcome.inputs) == ("go", ("a", "b"), {"first": True})


def test_a_missing_input_is_a_warning_that_names_it():
    model = parsed(input_data("age"), decision("d", literal("age = null"), "data#age"))

    outcome = model.decide("d", {})

    assert outcome.outputs is True
    assert [str(warning) for warning in outcome.warnings] == [
        "There is no value for the input 'age'"
    ]


def test_a_business_knowledge_model_is_a_function_and_may_call_itself():
    factorial = knowledge("fac", ["n"], literal("if n <= 1 then 1 else n * fac(n - 1)"))
    factorial.append(required("knowledge#fac"))
    model = parsed(factorial, decision("d", literal("fac(5)"), "knowledge#fac"))

    assert model.evaluate("d", {}) == 120


def test_an_invocation_binds_by_name():
    binding = DMN.binding(DMN.parameter(name="n"), literal("x + 1"))
    model = parsed(
        knowledge("double", ["n"], literal("n * 2")),
        decision("d", DMN.invocation(literal("double"), binding), "knowledge#double"),
    )

    assert model.evaluate("d", {"x": 4}) == 10


def test_a_decision_service_is_called_from_outside_and_from_inside():
    service = DMN.decisionService(
        DMN.outputDecision(href="#sum"),
        DMN.inputDecision(href="#b"),
        DMN.inputData(href="#a"),
        id="service",
        name="add up",
    )
    model = parsed(
        input_data("a", "number"),
        decision("b", literal("1")),
        decision("sum", literal("a + b"), "data#a", "decision#b"),
        service,
        decision("d", literal("add up(2, 3) + add up(b: 1, a: 1)"), "knowledge#service"),
    )

    assert model.evaluate_service("add up", {"a": 20, "b": 5}) == 25
    assert model.evaluate("d", {}) == 7
    assert model.evaluate_service("service", {"a": "text", "b": 5}) is None


def test_a_service_with_several_outputs_gives_a_context():
    service = DMN.decisionService(
        DMN.outputDecision(href="#one"), DMN.outputDecision(href="#two"), id="s", name="s"
    )
    model = parsed(decision("one", literal("1")), decision("two", literal("2")), service)

    assert model.evaluate_service("s", {}) == {"one": 1, "two": 2}


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        (DMN.list(literal("1"), literal("x")), [1, 5]),
        (DMN.context(entry("a", literal("x")), entry("b c", literal("a + 1"))), {"a": 5, "b c": 6}),
        (
            DMN.context(entry("a", literal("x")), DMN.contextEntry(literal("a * 2"))),
            10,
        ),
        (
            DMN.relation(
                DMN.column(name="n"), DMN.column(name="m"), DMN.row(literal("1"), literal("x"))
            ),
            [{"n": 1, "m": 5}],
        ),
        (
            DMN.conditional(
                getattr(DMN, "if")(literal("x > 1")),
                DMN.then(literal('"many"')),
                getattr(DMN, "else")(literal('"few"')),
            ),
            "many",
        ),
        (
            DMN.filter(getattr(DMN, "in")(literal("[1, 5, 9]")), DMN.match(literal("item >= x"))),
            [5, 9],
        ),
        (
            getattr(DMN, "for")(
                getattr(DMN, "in")(literal("[1, 2]")),
                getattr(DMN, "return")(literal("i * x + count(partial)")),
                iteratorVariable="i",
            ),
            [5, 11],
        ),
        (
            DMN.some(
                getattr(DMN, "in")(literal("[1, 5]")),
                DMN.satisfies(literal("i = x")),
                iteratorVariable="i",
            ),
            True,
        ),
        (
            DMN.every(
                getattr(DMN, "in")(literal("[1, 5]")),
                DMN.satisfies(literal("i = x")),
                iteratorVariable="i",
            ),
            False,
        ),
        (DMN.functionDefinition(DMN.formalParameter(name="a"), literal("a")), None),
    ],
)
def test_boxed_expressions_have_values(logic, value):
    model = parsed(decision("d", logic, type_ref="Any"))

    result = model.evaluate("d", {"x": 5})

    assert result == value or (value is None and result.parameters == ("a",))


def test_types_are_checked_and_single_values_and_lists_of_one_converted():
    types = [
        DMN.itemDefinition(
            DMN.typeRef("string"),
            DMN.allowedValues(DMN.text('"high", "low"')),
            name="tNeed",
        ),
        DMN.itemDefinition(DMN.typeRef("number"), name="tNumbers", isCollection="true"),
        DMN.itemDefinition(
            DMN.itemComponent(DMN.typeRef("number"), name="age in years"), name="tChild"
        ),
    ]
    model = parsed(
        *types,
        input_data("need", "tNeed"),
        input_data("child", "tChild"),
        decision("same", literal("need"), "data#need"),
        decision("numbers", literal("5"), type_ref="tNumbers"),
        decision("number", literal("[5]"), type_ref="number"),
        decision("wrong", literal('"5"'), type_ref="number"),
        decision("age", literal("child.age in years + 1"), "data#child"),
        decision("kind", literal("child instance of tChild"), "data#child"),
    )

    assert model.evaluate("same", {"need": "high"}) == "high"
    assert model.evaluate("same", {"need": "other"}) is None
    assert model.evaluate("numbers", {}) == [5]
    assert model.evaluate("number", {}) == 5
    assert (
        model.decide("wrong", {}).warnings[0].message == "wrong should give a number, not a string"
    )
    assert model.evaluate("age", {"child": {"age in years": 5}}) == 6
    assert model.evaluate("kind", {"child": {"age in years": 5}}) is True


def test_the_time_is_the_callers():
    model = parsed(decision("d", literal("now()")))
    now = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)

    assert str(model.decide("d", {}, now=now).outputs) == "2026-03-02T10:00:00Z"
    assert model.evaluate("d", {}) is None


def test_a_decision_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        parsed(decision("d", literal("1"))).evaluate("e", {})


def test_a_decision_without_logic_is_null():
    assert parsed(DMN.decision(id="d", name="d")).evaluate("d", {}) is None
