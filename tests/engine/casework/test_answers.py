"""What a form asks, and which answers it takes."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.casework.answers import asked, validate_answers
from engine.definitions.model import Field, Form, Option

LONDON = ZoneInfo("Europe/London")
YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))


def form(*fields: Field) -> Form:
    return Form(id="form", file="form.form", fields=fields)


def judged(field: Field, answer: Any) -> tuple[dict[str, Any], dict[str, str]]:
    return validate_answers(form(field), {"key": answer}, {}, zone=LONDON)


@pytest.mark.parametrize(
    ("field", "answer", "taken"),
    [
        (Field(key="key", type="textfield"), "  Ayla  ", "Ayla"),
        (Field(key="key", type="textarea"), "one\r\ntwo", "one\ntwo"),
        (Field(key="key", type="number", validation={"min": 0, "max": 9}), 3, 3),
        (Field(key="key", type="radio", options=YES_NO), False, False),
        (Field(key="key", type="checkbox"), True, True),
        (
            Field(key="key", type="checklist", options=(Option(value="a", label="A"),)),
            ["a", "a"],
            ["a"],
        ),
        (Field(key="key", type="datetime", subtype="date"), "2026-03-27", "2026-03-27"),
        (
            Field(key="key", type="datetime", subtype="datetime"),
            "2026-07-01T15:10",
            "2026-07-01T15:10:00+01:00",
        ),
    ],
)
def test_good_answer_is_taken_as_json_data(field: Field, answer: Any, taken: Any) -> None:
    assert judged(field, answer) == ({"key": taken}, {})


@pytest.mark.parametrize(
    ("field", "answer", "sentence"),
    [
        (Field(key="key", type="textfield", label="Name", required=True), "", "Enter an answer"),
        (Field(key="key", type="radio", options=YES_NO, required=True), None, "Select an answer"),
        (Field(key="key", type="radio", options=YES_NO), 1, "choices offered"),
        (Field(key="key", type="radio", options=YES_NO), "true", "choices offered"),
        (Field(key="key", type="checklist", options=YES_NO), "a", "a list of the choices"),
        (Field(key="key", type="checklist", options=YES_NO), [[1]], "choices offered"),
        (Field(key="key", type="number"), float("nan"), "a number"),
        (Field(key="key", type="number"), float("inf"), "a number"),
        (Field(key="key", type="number"), True, "a number"),
        (Field(key="key", type="number", validation={"max": 9}), 10, "9 or less"),
        (Field(key="key", type="textfield", validation={"maxLength": 3}), "four", "3 characters"),
        (Field(key="key", type="textfield"), ["x"], "must be text"),
        (Field(key="key", type="datetime", subtype="date"), "2026-02-30", "a real date"),
        (Field(key="key", type="checkbox", required=True), False, "Select an answer"),
        (
            Field(key="key", type="textfield", validation={"validationType": "email"}),
            "nobody",
            "an e-mail address",
        ),
    ],
)
def test_bad_answer_gets_a_sentence(field: Field, answer: Any, sentence: str) -> None:
    clean, problems = judged(field, answer)

    assert clean == {}
    assert sentence in problems["key"]


def test_hidden_field_is_neither_asked_nor_taken() -> None:
    police = Field(key="told", type="radio", options=YES_NO)
    reasons = Field(key="reasons", type="textarea", required=True, hide="told = true")
    both = form(police, reasons)

    assert [f.key for f in asked(both, {"told": True})] == ["told"]
    answers = {"told": True, "reasons": "stale"}
    assert validate_answers(both, answers, {}, zone=LONDON) == ({"told": True}, {})
    assert "reasons" in validate_answers(both, {"told": False}, {}, zone=LONDON)[1]


def test_answer_that_nobody_asked_for_is_a_problem() -> None:
    _, problems = validate_answers(form(), {"typename": "x"}, {}, zone=LONDON)

    assert problems == {"typename": "is not asked here"}


def test_problem_in_a_repeated_entry_names_the_entry() -> None:
    name = Field(key="name", type="textfield", label="Name", required=True)
    children = form(Field(key="children", type="dynamiclist", fields=(name,)))

    clean, problems = validate_answers(
        children, {"children": [{"name": "Ayla"}, {}]}, {}, zone=LONDON
    )

    assert clean["children"][0] == {"name": "Ayla"}
    assert list(problems) == ["children.1.name"]


def test_fields_of_a_hidden_group_are_hidden_with_it() -> None:
    inner = Field(key="inner", type="textfield", required=True)
    group = Field(key=None, type="group", hide="simple = true", fields=(inner,))

    assert asked(form(group), {"simple": True}) == ()
    assert asked(form(group), {"simple": False}) == (inner,)
