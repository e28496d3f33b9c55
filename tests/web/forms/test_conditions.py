"""When a conditional field is needed, found out from its `hide` expression."""

import json

import pytest

from engine.definitions.model import Field, Option
from web.forms import questions
from web.forms.conditions import Wanted, need, sentence

YES_NO = (Option(value=True, label="Yes"), Option(value=False, label="No"))
COLOURS = tuple(Option(value=word, label=word.title()) for word in ("red", "green", "blue"))
OTHERS = {
    "told": Field(key="told", type="radio", label="Told?", options=YES_NO),
    "colour": Field(key="colour", type="radio", label="Colour?", options=COLOURS),
    "parts": Field(key="parts", type="checklist", label="Parts?", options=COLOURS),
    "sure": Field(key="sure", type="checkbox", label="Sure"),
    "reason": Field(key="reason", type="textarea", label="Reason?"),
}


def hidden(expression: str) -> Field:
    return Field(key="more", type="textfield", label="More?", hide=expression)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("told != false", [("told", ("false",))]),
        ("told = true", [("told", ("false",))]),
        ('colour = "red"', [("colour", ("green", "blue"))]),
        ('colour != "red" and colour != "blue"', [("colour", ("red", "blue"))]),
        ('not(colour in ("red", "blue"))', [("colour", ("red", "blue"))]),
        ('told != true or colour != "red"', [("told", ("true",)), ("colour", ("red",))]),
        ('not(list contains(parts, "green"))', [("parts", ("green",))]),
        ("sure != true", [("sure", ("true",))]),
    ],
)
def test_conditions_on_the_same_page_are_found(
    expression: str, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = need(hidden(expression), OTHERS, {})

    assert found.possible
    assert [(part.key, part.values) for part in found.wanted] == wanted


def test_a_condition_on_what_is_known_is_decided_at_once() -> None:
    field = hidden('option != "2" or told = true')

    assert not need(field, OTHERS, {"option": "1"}).possible
    assert need(field, OTHERS, {"option": "2"}).wanted == (Wanted(key="told", values=("false",)),)


def test_a_condition_that_is_no_simple_choice_is_shown_with_a_general_hint() -> None:
    either = need(hidden('(told = true) = (colour = "red")'), OTHERS, {})
    on_text = need(hidden("reason = null"), OTHERS, {})

    assert (either.possible, either.wanted) == (True, ())
    assert sentence(either, OTHERS) == "Only needed with some answers."
    assert either.rows
    assert sentence(on_text, OTHERS) == "Only needed with some answers."


def test_the_hint_says_in_words_when_the_field_is_needed() -> None:
    found = need(hidden('told != true or (colour != "red" and colour != "blue")'), OTHERS, {})

    assert sentence(found, OTHERS) == (
        "Only needed if “Told?” is “Yes” and “Colour?” is “Red” or “Blue”."
    )


def test_the_hint_says_when_the_field_is_not_needed_where_that_is_simpler() -> None:
    found = need(hidden('told = true and colour != "red"'), OTHERS, {})

    assert sentence(found, OTHERS) == (
        "Not needed if “Told?” is “Yes” and “Colour?” is “Green” or “Blue”."
    )


def test_the_script_is_told_every_combination_that_shows_the_field() -> None:
    found = need(hidden('told = true and colour != "red"'), OTHERS, {})

    assert found.keys == ("told", "colour")
    assert ("true", "red") in found.rows
    assert ("", "") in found.rows
    assert ("true", "green") not in found.rows


def test_the_page_carries_the_condition_for_the_script_and_the_hint_for_everybody() -> None:
    inner = (OTHERS["told"], hidden("told != true"))
    listed = Field(key="children", type="dynamiclist", label="Child", fields=inner)

    (question,) = questions((listed,), {}, {}, {})

    more = question.entries[0].questions[1]
    assert json.loads(more.shown_when) == {"names": ["children.0.told"], "rows": [["true"]]}
    assert "Only needed if “Told?” is “Yes”." in more.params["hint"]["html"]
