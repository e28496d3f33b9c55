"""Which questions a decision comes to, and what its table then takes."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from engine import dmn
from engine.definitions.model import AuthorityDefinition, Fact, Field, Form, Option
from tests.engine.dmn.files import DMN, decision, input_data, literal, source, table
from tests.web import site as sites
from web.models.trying import fields, tried

LONDON = ZoneInfo("Europe/London")
FORM = Form(
    id="f",
    file="f.form",
    fields=(
        Field(
            key="reasons", type="checklist", label="Why?", options=(Option(value="a", label="A"),)
        ),
        Field(key="pathway", type="radio", label="Which?", options=(Option(value="x", label="X"),)),
    ),
)
FACTS = {
    "reasons": Fact(id="reasons", type="list"),
    "others": Fact(id="others", type="list"),
    "kind": Fact(id="kind", type="enum", values=("new", "known")),
    "agreed": Fact(id="agreed", type="boolean"),
    "seen_at": Fact(id="seen_at", type="datetime"),
}


def procedure() -> AuthorityDefinition:
    known = sites.definition()
    vocabulary = replace(known.vocabulary, facts=FACTS)
    return replace(known, vocabulary=vocabulary, forms={"f": FORM})


def asked(*elements: etree._Element, of: str = "d") -> tuple[Field, ...]:
    model = dmn.parse(source(*elements), file="d.dmn")
    return fields(procedure(), model, model.decisions[of])


def column(expression: str, *, kind: str = "", allowed: str = "") -> tuple[Field, ...]:
    """What a table of one column asks."""
    logic = table("FIRST", [expression], ["step"], [("-", '"go"')])
    (described,) = logic.findall("{*}input")
    if kind:
        described[0].set("typeRef", kind)
    if allowed:
        described.append(DMN.inputValues(DMN.text(allowed)))
    return asked(decision("d", logic))


def values(field: Field) -> list[object]:
    return [option.value for option in field.options]


def test_a_typed_column_is_asked_by_its_type() -> None:
    assert column("age", kind="number")[0].type == "number"
    assert [column("day", kind=kind)[0].subtype for kind in ("date", "time", "dateTime")] == [
        "date",
        "time",
        "datetime",
    ]
    assert values(column("there", kind="boolean")[0]) == [True, False, None]
    assert column("thing", kind="string")[0].type == "textfield"


def test_allowed_values_come_before_those_of_the_fact_and_of_a_form() -> None:
    assert values(column("kind", allowed='"known", "other"')[0]) == ["known", "other", None]
    assert values(column("kind")[0]) == ["new", "known", None]
    assert values(column("pathway")[0]) == ["x", None]
    assert values(column("agreed")[0]) == [True, False, None]


def test_a_list_is_asked_by_ticks_or_with_commas() -> None:
    (ticks,), (commas,) = column("reasons"), column("others")

    assert (ticks.type, values(ticks)) == ("checklist", ["a"])
    assert (commas.type, commas.description) == ("textfield", "Separate several with commas.")


def test_a_computed_column_asks_for_what_it_reads_in_the_words_of_the_form() -> None:
    found = column('kind = "new" and pathway != "x"')

    assert [(field.key, field.label) for field in found] == [
        ("kind", "Kind"),
        ("pathway", "Which?"),
    ]


def test_a_cell_and_a_result_may_read_a_variable() -> None:
    logic = table("FIRST", ["age"], ["step"], [("> limit", "fallback"), ('not("x")', '"a"')])

    assert [field.key for field in asked(decision("d", logic))] == ["age", "limit", "fallback"]


def test_what_the_model_works_out_itself_is_not_asked() -> None:
    logic = table("FIRST", ["doubled", "kind"], ["step"], [("> 9", '"new"', '"yes"')])
    found = asked(
        input_data("points"),
        decision("doubled", literal("points * 2"), "data#points"),
        decision("d", logic, "decision#doubled"),
    )

    assert [field.key for field in found] == ["points", "kind"]


@pytest.mark.parametrize(
    ("expression", "kind", "boxes", "value"),
    [
        ("age", "number", {"age": "17"}, 17),
        ("day", "date", {"day.day": "3", "day.month": "3", "day.year": "2026"}, date(2026, 3, 3)),
        ("at", "time", {"at.hour": "9", "at.minute": "30"}, time(9, 30)),
        ("there", "boolean", {"there": "false"}, False),
        ("others", "", {"others": "a, b"}, ["a", "b"]),
        ("kind", "", {"kind": "new"}, "new"),
    ],
)
def test_an_answer_is_what_the_table_reads(
    expression: str, kind: str, boxes: dict[str, str], value: object
) -> None:
    found = column(expression, kind=kind)

    sent = tried(found, {name: [text] for name, text in boxes.items()}, zone=LONDON)

    assert sent.problems == {}
    assert sent.inputs == {expression: value}


def test_a_moment_of_a_case_is_a_text_and_of_a_typed_column_a_moment() -> None:
    parts = {"day": "3", "month": "3", "year": "2026", "hour": "9", "minute": "30"}
    boxes = {f"seen_at.{part}": [text] for part, text in parts.items()}

    plain, typed = (
        tried(column("seen_at", kind=kind), boxes, zone=LONDON) for kind in ("", "dateTime")
    )

    assert plain.inputs == {"seen_at": "2026-03-03T09:30:00+00:00"}
    assert typed.inputs == {"seen_at": datetime(2026, 3, 3, 9, 30, tzinfo=LONDON)}


def test_what_cannot_be_read_is_a_problem_and_an_empty_box_no_input() -> None:
    sent = tried(column("age", kind="number"), {"age": ["old"]}, zone=LONDON)

    assert list(sent.problems) == ["age"]
    assert tried(column("age", kind="number"), {"age": [""]}, zone=LONDON).inputs == {}
