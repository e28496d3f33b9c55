"""Codes of the children in need census, in words."""

import pytest

from engine.cases.census import in_words
from engine.cases.known import said
from engine.definitions.model import Field


@pytest.mark.parametrize(
    ("fact", "text", "words"),
    [
        ("ethnicity", "WBRI", "White British"),
        ("disability", "HAND; LD", "Hand function, Learning"),
        ("disability", "HAND, since the accident", "HAND, since the accident"),
        ("disability", "", ""),
        ("referrer_name", "NONE", "NONE"),
    ],
)
def test_codes_are_told_in_words_and_other_text_stays(fact: str, text: str, words: str) -> None:
    assert in_words(fact, text) == words


def test_each_child_of_a_case_is_told_on_a_line_of_its_own() -> None:
    children = Field(key="children", type="dynamiclist")
    known = [{"ethnicity": "CHNE", "name": "Wren"}, {"name": "kit"}]

    assert said(children, known) == "Name: Wren, ethnicity: Chinese\nName: kit"


def test_what_somebody_typed_keeps_its_first_letter() -> None:
    address = Field(key="referrer_contact", type="textfield")

    assert said(address, "wren@example.test") == "wren@example.test"
    assert said(Field(key="sure", type="radio"), True) == "Yes"
