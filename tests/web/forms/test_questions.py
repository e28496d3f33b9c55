"""Fields as questions: which component, with what in it."""

from dataclasses import replace
from typing import Any

import pytest

from engine.definitions.model import Field, Option
from web.forms import questions
from web.forms.questions import error_summary

YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))
MANY = tuple(Option(value=f"v{n}", label=f"Value {n}") for n in range(9))


def field(**changes: Any) -> Field:
    return replace(Field(key="thing", type="textfield", label="Which thing?"), **changes)


@pytest.mark.parametrize(
    ("changes", "macro"),
    [
        ({"type": "textfield"}, "input"),
        ({"type": "number"}, "input"),
        ({"type": "textarea"}, "textarea"),
        ({"type": "textarea", "validation": {"maxLength": 500}}, "character_count"),
        ({"type": "radio", "options": YES_NO}, "radios"),
        ({"type": "radio", "options": MANY[:8]}, "radios"),
        ({"type": "radio", "options": MANY}, "select"),
        ({"type": "select", "options": YES_NO}, "radios"),
        ({"type": "select", "options": MANY}, "select"),
        ({"type": "checklist", "options": MANY}, "checkboxes"),
        ({"type": "checkbox"}, "checkboxes"),
        ({"type": "datetime", "subtype": "date"}, "date"),
        ({"type": "dynamiclist", "fields": (Field(key="name", type="textfield"),)}, "repeat"),
        ({"type": "group", "key": None}, "group"),
        ({"type": "text", "key": None, "text": "Read this."}, "guidance"),
        ({"type": "separator", "key": None}, "separator"),
    ],
)
def test_each_type_of_field_has_its_component(changes: dict[str, Any], macro: str) -> None:
    (question,) = questions((field(**changes),), {}, {}, {})

    assert question.macro == macro


@pytest.mark.parametrize(
    ("subtype", "boxes"),
    [
        ("date", ["thing.day", "thing.month", "thing.year"]),
        ("time", ["thing.hour", "thing.minute"]),
        ("datetime", ["thing.day", "thing.month", "thing.year", "thing.hour", "thing.minute"]),
        (None, ["thing.day", "thing.month", "thing.year", "thing.hour", "thing.minute"]),
    ],
)
def test_a_date_is_asked_in_boxes(subtype: str | None, boxes: list[str]) -> None:
    (question,) = questions((field(type="datetime", subtype=subtype),), {}, {}, {})

    assert [item["name"] for item in question.params["items"]] == boxes


def test_clauses_stand_beside_the_question() -> None:
    cited = field(required=True, properties={"source.clause": "SWK-02, SWK-03"})

    (question,) = questions((cited,), {}, {}, {})

    html = question.params["label"]["html"]
    assert html.startswith('Which thing? <span class="app-clause">')
    assert html.striptags() == "Which thing? SWK-02, SWK-03"


def test_what_a_form_says_is_never_markup() -> None:
    bad = field(label="<script>", description="<b>", properties={"source.clause": "<i>"})

    (question,) = questions((bad,), {}, {}, {})

    assert "<script>" not in question.params["label"]["html"]
    assert "<i>" not in question.params["label"]["html"]
    assert "<b>" not in question.params["hint"]["html"]


def test_a_question_that_may_be_left_out_says_so() -> None:
    optional, required = questions((field(), field(key="other", required=True)), {}, {}, {})

    assert optional.params["label"]["html"] == "Which thing? (optional)"
    assert required.params["label"]["html"] == "Which thing?"


def test_values_are_kept_in_their_boxes() -> None:
    fields = (
        field(key="text"),
        field(key="one", type="radio", options=YES_NO),
        field(key="many", type="checklist", options=MANY),
        field(key="date", type="datetime", subtype="date"),
        field(key="long", type="select", options=MANY),
    )
    boxes = {
        "text": ["as typed"],
        "one": ["false"],
        "many": ["v1", "v3"],
        "date.day": ["31"],
        "date.month": ["2"],
        "long": ["v8"],
    }

    text, one, many, date, long = questions(fields, boxes, {}, {})

    assert text.params["value"] == "as typed"
    assert [item["checked"] for item in one.params["items"]] == [False, True]
    assert [item["value"] for item in many.params["items"] if item["checked"]] == ["v1", "v3"]
    assert [item["value"] for item in date.params["items"]] == ["31", "2", ""]
    assert [item["value"] for item in long.params["items"] if item.get("selected")] == ["v8"]


def test_the_error_summary_follows_the_page_and_links_to_boxes() -> None:
    inner = Field(key="name", type="textfield", label="Name")
    fields = (
        field(key="when", type="datetime", subtype="date", label="When?"),
        Field(key=None, type="group", fields=(field(key="why", type="radio", options=YES_NO),)),
        Field(key="children", type="dynamiclist", label="Child", fields=(inner,)),
    )
    problems = {
        "children.1.name": "Enter the second child’s name",
        "why": "must be one of the choices offered",
        "when": "Enter the day",
    }

    found = questions(fields, {"children.count": ["2"]}, problems, {})

    assert error_summary(found) == [
        {"text": "Enter the day", "href": "#when-day"},
        {"text": "“Which thing?” must be one of the choices offered", "href": "#why"},
        {"text": "Enter the second child’s name", "href": "#children-1-name"},
    ]


def test_a_list_shows_an_entry_more_when_one_was_added() -> None:
    inner = Field(key="name", type="textfield", label="Name")
    listed = Field(
        key="children",
        type="dynamiclist",
        label="Which children?",
        fields=(inner,),
        properties={"entry.label": "Child"},
    )

    (question,) = questions((listed,), {"children.count": ["2"]}, {}, {})

    assert [entry.legend for entry in question.entries] == ["Child 1", "Child 2"]
    assert [entry.questions[0].name for entry in question.entries] == [
        "children.0.name",
        "children.1.name",
    ]


def test_guidance_is_shown_with_its_clause() -> None:
    text = Field(
        key=None, type="text", text="Ask **first**.", properties={"source.clause": "SWK-10"}
    )

    (question,) = questions((text,), {}, {}, {})

    assert question.params["html"] == '<p class="govuk-body">Ask <strong>first</strong>.</p>'
    assert "SWK-10" in question.params["clauses"]
