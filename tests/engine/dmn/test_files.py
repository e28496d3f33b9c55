"""Reading files: imports, what is refused and why, and files that mean harm."""

import time

import pytest

from engine import dmn
from engine.errors import Invalid
from tests.engine.dmn.files import DMN, decision, input_data, literal, source, table

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def problems_of(content):
    with pytest.raises(dmn.ModelInvalid) as raised:
        dmn.parse(content, file="d.dmn")
    assert isinstance(raised.value, Invalid)
    return raised.value.problems


def test_all_problems_are_listed_with_their_elements():
    rows = [("== 1", '"a"'), ("> 1", "'a'"), ("> 2", '"b"')]

    problems = problems_of(source(decision("d", table("UNIQUE", ["x +"], ["y"], rows))))

    assert [element for element, _ in problems] == ["i-x +", "r1i0", "r2o0"]
    assert problems[1][1] == "Expected a value, found = (line 1, column 2)"


@pytest.mark.parametrize(
    ("element", "sentence"),
    [
        (table("MOST", ["x"], ["y"], []), "There is no hit policy 'MOST'"),
        (table("UNIQUE", ["x"], [], []), "The table has no output"),
        (table("COLLECT", ["x"], ["y"], [], aggregation="AVG"), "There is no aggregation 'AVG'"),
        (
            table("UNIQUE", ["x", "z"], ["y"], [("1", "2")]),
            "Rule 1 must have 2 inputs and 1 outputs",
        ),
        (
            DMN.literalExpression(DMN.text("1"), expressionLanguage="python"),
            "The expression language must be FEEL",
        ),
        (DMN.functionDefinition(literal("1"), kind="Java"), "External functions are never run"),
        (DMN.invocation(literal("f"), DMN.binding(literal("1"))), "The binding names no parameter"),
        (DMN.conditional(), "if is missing"),
        (literal("1 +"), "Expected a value, found the end (line 1, column 4)"),
        (
            literal('"' + "a" * 20_000 + '"'),
            "The expression is longer than 20,000 characters",
        ),
        (
            table("UNIQUE", ["x"], ["y"], [("-", '"' + "a" * 5000 + '"')]),
            "The expression is longer than 4,096 characters",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence(element, sentence):
    problems = problems_of(source(decision("d", element)))

    assert sentence in [said for _, said in problems]


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("feel", True),
        ("FEEL", True),
        ("http://www.omg.org/spec/FEEL/20140401", True),
        (f"{MODEL.removesuffix('MODEL/')}FEEL/", True),
        ("juel", False),
        ("http://example.test/FEEL", False),
    ],
)
def test_the_language_of_a_whole_file_must_be_feel(language, read):
    content = source(decision("d", literal("1")))
    content = content.replace(
        b"<definitions ", f'<definitions expressionLanguage="{language}" '.encode()
    )

    if read:
        assert dmn.parse(content, file="d.dmn").evaluate("d", {}) == 1
    else:
        assert problems_of(content) == [("d", "The expression language must be FEEL")]


def test_decisions_in_a_circle_are_refused():
    circle = [
        decision("a", literal("b"), "decision#b"),
        decision("b", literal("a"), "decision#a"),
    ]

    assert [said for _, said in problems_of(source(*circle))] == [
        "The element requires itself, directly or through others"
    ]


def test_a_reference_to_nothing_is_refused():
    assert problems_of(source(decision("d", literal("1"), "data#x"))) == [
        ("d", "There is no element 'x'")
    ]


def test_an_unknown_type_is_refused():
    assert "There is no type 'tWhat'" in [
        said for _, said in problems_of(source(input_data("a", "tWhat")))
    ]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "not well-formed"),
        (b"PK\x03\x04", "not well-formed"),
        (b"<html/>", "not a DMN model"),
        (b"<definitions/>", "not a DMN model"),
        (f"<!DOCTYPE definitions><definitions xmlns='{MODEL}'/>".encode(), "DOCTYPE"),
        (
            f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            f"<definitions xmlns='{MODEL}'><decision id='d'><literalExpression><text>&e;</text>"
            f"</literalExpression></decision></definitions>".encode("utf-16"),
            "DOCTYPE",
        ),
        (b" " * 2_000_001, "larger than"),
        (("<a>" * 5000 + "</a>" * 5000).encode(), "not well-formed"),
    ],
)
def test_what_is_no_dmn_file_is_refused(content, part):
    assert part in problems_of(content)[0][1]


def test_a_table_with_too_many_rules_is_refused_at_once():
    rows = [("1", "2")] * 2001
    content = source(decision("d", table("FIRST", ["x"], ["y"], rows)))
    start = time.process_time()

    assert problems_of(content) == [
        ("table", "A table may have 2,000 rules, this one has 2,001"),
    ]
    assert time.process_time() - start < 1


def test_expressions_nested_without_end_are_refused():
    nested = DMN.list()
    for _ in range(100):
        nested = DMN.list(nested)

    assert "nested more than" in problems_of(source(decision("d", nested)))[0][1]


def test_a_broken_expression_does_not_stop_the_rest_of_a_loaded_file(tmp_path):
    path = tmp_path / "d.dmn"
    path.write_bytes(source(decision("good", literal("1")), decision("bad", literal("1 +"))))

    model = dmn.load(path)

    assert model.evaluate("good", {}) == 1
    assert [element for element, _ in model.problems] == ["bad"]
    with pytest.raises(dmn.ModelInvalid):
        model.evaluate("bad", {})


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(dmn.ModelInvalid):
        dmn.load(tmp_path / "none.dmn")


def test_a_file_uses_those_beside_it(tmp_path):
    shared = source(
        DMN.itemDefinition(DMN.typeRef("number"), name="tAge"),
        input_data("age", "tAge"),
        decision("adult", literal("age >= 18"), "data#age"),
        DMN.businessKnowledgeModel(
            DMN.encapsulatedLogic(DMN.formalParameter(name="n"), literal("n * 2")),
            id="double",
            name="double",
        ),
        namespace="urn:shared",
    )
    (tmp_path / "shared.dmn").write_bytes(shared)
    needs = [
        DMN.informationRequirement(DMN.requiredDecision(href="urn:shared#adult")),
        DMN.knowledgeRequirement(DMN.requiredKnowledge(href="urn:shared#double")),
    ]
    text = DMN.text("if common.adult then common.double(5) else 0")
    user = source(
        DMN("import", namespace="urn:shared", name="common", importType=MODEL),
        DMN.decision(
            DMN.variable(name="d", typeRef="common.tAge"),
            *needs,
            DMN.literalExpression(text),
            id="d",
            name="d",
        ),
    )
    (tmp_path / "user.dmn").write_bytes(user)

    model = dmn.load(tmp_path / "user.dmn")

    assert model.problems == ()
    assert model.evaluate("d", {"age": 20}) == 10
    assert model.evaluate("d", {"age": 2}) == 0


def test_an_import_never_leaves_its_folder(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.dmn").write_bytes(source(decision("s", literal("1")), namespace="urn:s"))
    user = source(
        DMN("import", namespace="urn:s", name="s", importType=MODEL, locationURI="../secret.dmn")
    )
    (tmp_path / "inside" / "user.dmn").write_bytes(user)

    problems = dmn.load(tmp_path / "inside" / "user.dmn").problems

    assert [said for _, said in problems] == [
        "No DMN file with the namespace 'urn:s' can be imported"
    ]


def test_files_that_import_each_other_are_a_problem(tmp_path):
    for own, other in (("urn:a", "urn:b"), ("urn:b", "urn:a")):
        content = source(DMN("import", namespace=other, name="o", importType=MODEL), namespace=own)
        (tmp_path / f"{own[-1]}.dmn").write_bytes(content)

    assert dmn.load(tmp_path / "a.dmn").problems
