"""How instants and words are written."""

from datetime import UTC, datetime

import pytest

from web.filters import as_words, count_of, day, recipient, when, words


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 3, 3, 14, 5, tzinfo=UTC), "Tuesday 3 March 2026 at 14:05"),
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), "Saturday 4 July 2026 at 00:30"),
        (datetime(2026, 7, 3, 11, 0, tzinfo=UTC), "Friday 3 July 2026 at 12:00"),
    ],
)
def test_instants_are_told_on_the_office_clock(instant: datetime, text: str) -> None:
    assert when(instant).striptags() == text


def test_an_instant_can_be_read_by_a_machine_too() -> None:
    assert 'datetime="2026-07-04T00:30:00+01:00"' in when(datetime(2026, 7, 3, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (None, "not known"),
        ("no_further_action", "no further action"),
        (["a", "b"], "a, b"),
        ([], "none"),
        ({"next_step": "assessment", "told": False}, "Next step: assessment; Told: no"),
        (3, "3"),
    ],
)
def test_values_of_decisions_are_words(value: object, text: str) -> None:
    assert as_words(value) == text


def test_small_words() -> None:
    assert words("disposal_decision") == "Disposal decision"
    assert recipient("child_and_family:information") == "Child and family (information)"
    assert day("2017-05-04") == "4 May 2017"
    assert day("about five") == "about five"
    assert (count_of(1, "incident"), count_of(2, "incident")) == ("1 incident", "2 incidents")
