"""Boxes to answers and back."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.definitions.model import Field, Form, Option
from web.forms import Boxes, change_entries, fill, submit

LONDON = ZoneInfo("Europe/London")
YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))
WORDS = (Option(value="a", label="A"), Option(value="b", label="B"))
CHILD = (
    Field(key="name", type="textfield", label="Name", required=True),
    Field(key="date_of_birth", type="datetime", subtype="date", label="Date of birth"),
)
FORM = Form(
    id="f",
    file="",
    fields=(
        Field(key="text", type="textarea", label="Text"),
        Field(key="many", type="checklist", label="Many", options=WORDS),
        Field(
            key=None,
            type="group",
            fields=(Field(key="told", type="radio", label="Told?", options=YES_NO),),
        ),
        Field(key="why", type="textfield", label="Why?", required=True, hide="told != false"),
        Field(key="number", type="number", label="Number"),
        Field(key="at", type="datetime", subtype="datetime", label="At"),
        Field(key="children", type="dynamiclist", label="Child", fields=CHILD),
        Field(key="sure", type="checkbox", label="Sure"),
    ),
)
ANSWERS: dict[str, Any] = {
    "text": "two\nlines",
    "many": ["a", "b"],
    "told": False,
    "why": "because",
    "number": 4.5,
    "at": "2026-07-03T14:05:00+01:00",
    "children": [{"name": "One", "date_of_birth": "2017-05-04"}, {"name": "Two"}],
    "sure": True,
}


def sent(**boxes: str) -> Boxes:
    return {name: [text] for name, text in boxes.items()}


def test_what_is_filled_in_comes_back_as_the_same_answers() -> None:
    boxes = fill(FORM.fields, ANSWERS, zone=LONDON)

    found = submit(FORM, boxes, {}, zone=LONDON)

    assert found.answers == ANSWERS
    assert found.problems == {}


def test_instants_are_shown_on_the_office_clock() -> None:
    boxes = fill(FORM.fields, {"at": "2026-07-03T13:05:00+00:00"}, zone=LONDON)

    assert (boxes["at.hour"], boxes["at.minute"]) == (["14"], ["05"])


@pytest.mark.parametrize(
    ("boxes", "problem"),
    [
        ({"at.day": "31", "at.month": "2", "at.year": "2026", "at.hour": "9", "at.minute": "0"},
         "Enter a real date and a time that the clock showed, like 27 3 2026 14 30"),
        ({"at.day": "29", "at.month": "3", "at.year": "2026", "at.hour": "1", "at.minute": "30"},
         "Enter a real date and a time that the clock showed, like 27 3 2026 14 30"),
        ({"at.day": "3", "at.month": "3", "at.year": "2026"}, "Enter the hour and the minute"),
        ({"at.day": "x", "at.month": "3", "at.year": "2026", "at.hour": "9", "at.minute": "0"},
         "Enter the day in figures"),
        ({"at.day": "3", "at.month": "3", "at.year": "26", "at.hour": "9", "at.minute": "0"},
         "Enter the year with four figures, like 2026"),
        ({"at.day": "٣", "at.month": "3", "at.year": "2026", "at.hour": "9", "at.minute": "0"},
         "Enter the day in figures"),
    ],
)  # fmt: skip
def test_a_moment_that_never_was_is_refused(boxes: dict[str, str], problem: str) -> None:
    found = submit(FORM, {name: [text] for name, text in boxes.items()}, {}, zone=LONDON)

    assert found.problems == {"at": problem}


@pytest.mark.parametrize("text", ["four", "1e400", "NaN", "Infinity", "1 2"])
def test_a_number_must_be_one(text: str) -> None:
    assert "number" in submit(FORM, sent(number=text), {}, zone=LONDON).problems


def test_a_choice_that_is_not_offered_is_refused() -> None:
    found = submit(FORM, {"many": ["a", "zebra"]}, {}, zone=LONDON)

    assert found.problems == {"many": "Choose one of the answers that are offered"}


def test_a_hidden_field_is_neither_required_nor_judged() -> None:
    form = Form(
        id="f",
        file="",
        fields=(
            Field(key="told", type="radio", label="Told?", options=YES_NO),
            Field(key="when", type="datetime", label="When?", required=True, hide="told != true"),
        ),
    )
    nonsense = {"told": ["false"], "when.day": ["99"]}

    assert submit(form, nonsense, {}, zone=LONDON).problems == {}
    assert "when" in submit(form, {**nonsense, "told": ["true"]}, {}, zone=LONDON).problems


def test_a_required_field_that_shows_must_be_answered() -> None:
    found = submit(FORM, sent(told="false"), {}, zone=LONDON)

    assert found.problems == {"why": "Enter an answer to “Why?”"}


def test_problems_in_a_list_name_the_entry() -> None:
    boxes = {
        "children.count": ["2"],
        "children.0.name": ["One"],
        "children.1.date_of_birth.day": ["4"],
    }

    found = submit(FORM, boxes, {}, zone=LONDON)

    assert found.problems == {
        "children.1.name": "Enter an answer to “Name”",
        "children.1.date_of_birth": "Enter the month and the year",
    }


def test_an_entry_left_empty_is_no_entry() -> None:
    boxes = {"children.count": ["3"], "children.1.name": ["Two"]}

    assert submit(FORM, boxes, {}, zone=LONDON).answers["children"] == [{"name": "Two"}]


def test_an_entry_is_added_at_the_end() -> None:
    boxes = {"children.count": ["1"], "children.0.name": ["One"], "_add": ["children"]}

    assert change_entries(boxes)
    assert boxes == {"children.count": ["2"], "children.0.name": ["One"]}


def test_an_entry_is_removed_and_the_later_ones_move_up() -> None:
    boxes = {
        "children.count": ["3"],
        "children.0.name": ["One"],
        "children.1.name": ["Two"],
        "children.1.date_of_birth.day": ["4"],
        "children.2.name": ["Three"],
        "_remove": ["children.1"],
    }

    assert change_entries(boxes)
    assert boxes == {
        "children.count": ["2"],
        "children.0.name": ["One"],
        "children.1.name": ["Three"],
    }


@pytest.mark.parametrize("count", ["99999999", "-1", "x", "", "²"])
def test_a_list_never_grows_beyond_a_page(count: str) -> None:
    boxes = {"children.count": [count], "_add": ["children"]}

    change_entries(boxes)

    assert 1 <= int(boxes["children.count"][0]) <= 50


def test_nothing_is_changed_when_nobody_asked() -> None:
    assert not change_entries({"text": ["x"]})


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000])
def test_an_entry_that_no_page_has_changes_nothing(number: str) -> None:
    boxes = sent(
        **{"children.count": "1", "children.0.name": "One", f"children.{number}.name": "X"}
    )

    change_entries({**boxes, "_remove": [f"children.{number}"]})
    change_entries({**boxes, "_remove": ["children.0"]})

    found = submit(FORM, {**boxes, "children.count": [number]}, {}, zone=LONDON)
    assert found.answers["children"] == [{"name": "One"}]
