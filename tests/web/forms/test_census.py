"""Codes of the census are chosen and read in words, and kept as codes."""

from zoneinfo import ZoneInfo

from engine.definitions.model import Field
from web.forms import fill, questions, said
from web.forms.reading import read

LONDON = ZoneInfo("Europe/London")
ETHNICITY = Field(key="ethnicity", type="textfield", label="Ethnicity", description="A code.")
DISABILITY = Field(key="disability", type="textfield", label="Disability")


def test_a_code_is_chosen_by_its_words() -> None:
    (asked,) = questions((ETHNICITY,), {"ethnicity": ["ABAN"]}, {}, {})

    chosen = [item for item in asked.params["items"] if item.get("selected")]
    assert [(item["value"], item["text"]) for item in chosen] == [("ABAN", "Bangladeshi")]
    assert "hint" not in asked.params


def test_what_is_no_code_can_still_be_kept() -> None:
    (asked,) = questions((ETHNICITY,), {"ethnicity": ["As the mother says"]}, {}, {})

    chosen = [item["text"] for item in asked.params["items"] if item.get("selected")]
    assert chosen == ["As the mother says"]


def test_several_disabilities_are_ticked_and_sent_as_one_text() -> None:
    boxes = fill((DISABILITY,), {"disability": "HEAR, LD"}, zone=LONDON)
    (asked,) = questions((DISABILITY,), boxes, {}, {})

    ticked = [item["text"] for item in asked.params["items"] if item["checked"]]
    assert ticked == ["Learning", "Hearing"]
    assert read((DISABILITY,), boxes, zone=LONDON).answers == {"disability": "HEAR, LD"}
    assert said(DISABILITY, boxes, "disability") == "Hearing, Learning"


def test_nothing_ticked_is_no_answer() -> None:
    assert read((DISABILITY,), {}, zone=LONDON).answers == {}
