"""A mark tells how an answer stands to the base line, and why."""

from dataclasses import replace

import pytest

from engine.compare.evidence import Evidence
from engine.compare.limits import Limit, limit_in, limit_of, longest
from engine.compare.marks import mark
from engine.compare.questions import Measure
from engine.working_days import OfficeCalendar

CALENDAR = OfficeCalendar.from_settings(
    {"office_hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}
)
DAY = Limit(amount=24, unit="hours", start="received_at", strength="must", longest=24)
WORKING_DAY = Limit(
    amount=1, unit="working-days", start="received_at", strength="must", longest=120
)


def said(value: str, strength: str = "") -> Evidence:
    return Evidence(value=value, strength=strength)


def limited(limit: Limit) -> Evidence:
    return Evidence(value=limit.words(), limit=limit)


@pytest.mark.parametrize("measure", Measure)
def test_both_silent_is_the_same_and_silence_alone_is_silent(measure: Measure) -> None:
    assert mark(measure, (), ()).kind == "same"
    assert mark(measure, (), (said("x", "must"),)).kind == "silent"


@pytest.mark.parametrize("measure", Measure)
def test_where_only_the_base_is_silent_it_is_never_called_looser(measure: Measure) -> None:
    found = mark(measure, (said("x", "must"),), ())

    assert found.kind == ("stricter" if measure is Measure.AUTHORISER else "different")
    assert "silent" in found.reason


@pytest.mark.parametrize("measure", [m for m in Measure if m is not Measure.LIMIT])
def test_the_same_words_are_the_same(measure: Measure) -> None:
    ours, base = (said("The manager  decides", "must"),), (said("the manager decides", "must"),)

    assert mark(measure, ours, base).kind == "same"


@pytest.mark.parametrize(
    ("measure", "ours", "base", "kind"),
    [
        (Measure.VALUE, "must", "should", "different"),
        (Measure.DUTY, "must", "should", "stricter"),
        (Measure.DUTY, "may", "should", "looser"),
        (Measure.DUTY, "must", "must", "different"),
        (Measure.DUTY, "must_not", "must", "different"),
        (Measure.DUTY, "", "must", "different"),
        (Measure.ITEM, "must", "should", "stricter"),
        (Measure.ITEM, "should", "should", "same"),
        (Measure.ITEM, "", "should", "same"),
        (Measure.PRESENCE, "may", "must", "same"),
        (Measure.SECRECY, "must_not", "should", "stricter"),
        (Measure.SECRECY, "should", "must_not", "looser"),
        (Measure.SECRECY, "must", "should", "different"),
        (Measure.AUTHORISER, "must", "must", "different"),
    ],
)
def test_other_words_are_ordered_by_strength_where_the_measure_has_an_order(
    measure: Measure, ours: str, base: str, kind: str
) -> None:
    assert mark(measure, (said("this", ours),), (said("that", base),)).kind == kind


def test_the_reason_names_both_strengths() -> None:
    found = mark(Measure.DUTY, (said("this", "must"),), (said("that", "should"),))

    assert found.reason == "must against should"


def test_the_strictest_of_several_answers_counts() -> None:
    ours = (said("this", "may"), said("and this", "must"))

    assert mark(Measure.DUTY, ours, (said("that", "should"),)).kind == "stricter"


@pytest.mark.parametrize(
    ("limit", "kind", "reason"),
    [
        (DAY, "same", ""),
        (WORKING_DAY, "looser", "at most 120 hours against 24"),
        (replace(DAY, amount=1, longest=1), "stricter", "at most 1 hour against 24"),
        (replace(DAY, strength="should"), "looser", "should against must"),
        (replace(DAY, start="written_confirmation"), "looser", "it starts later"),
        (replace(DAY, start="first_contact_at"), "stricter", "it starts earlier"),
        (replace(DAY, start=""), "same", ""),
        (replace(DAY, amount=1, longest=1, strength="should"), "different", "should against must"),
        (replace(WORKING_DAY, longest=24), "different", ""),
    ],
)
def test_limits_are_ordered_by_time_start_and_strength(
    limit: Limit, kind: str, reason: str
) -> None:
    found = mark(Measure.LIMIT, (limited(limit),), (limited(DAY),))

    assert found.kind == kind
    assert reason in found.reason


def test_several_limits_are_ordered_only_where_all_stand_alike() -> None:
    longer, shorter = replace(DAY, amount=48, longest=48), replace(DAY, amount=1, longest=1)
    base = (limited(DAY),)

    assert mark(Measure.LIMIT, (limited(WORKING_DAY), limited(longer)), base).kind == "looser"
    assert mark(Measure.LIMIT, (limited(shorter), limited(longer)), base).kind == "different"
    assert mark(Measure.LIMIT, (limited(DAY), limited(longer)), base).kind == "different"
    several = (limited(longer), limited(shorter))
    assert mark(Measure.LIMIT, several, tuple(reversed(several))).kind == "same"


def test_the_longest_working_day_is_over_easter() -> None:
    assert longest(1, "working-days", CALENDAR) == 5 * 24
    assert longest(24, "hours", CALENDAR) == 24
    assert longest(1, "end-of-working-day", CALENDAR) == 5 * 24 + 5


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (DAY, "24 hours from receipt by the service (must)"),
        (replace(DAY, amount=1), "1 hour from receipt by the service (must)"),
        (WORKING_DAY, "1 working day from receipt by the service (must)"),
        (replace(DAY, amount=0, start=""), "at once (must)"),
        (replace(DAY, owner="referrer"), "24 hours from receipt by the service (must, referrer's)"),
        (
            replace(WORKING_DAY, unit="end-of-working-day"),
            "by the end of the next working day from receipt by the service (must)",
        ),
        (
            replace(WORKING_DAY, unit="end-of-working-day", amount=2, start=""),
            "by the end of working day 2 (must)",
        ),
    ],
)
def test_a_limit_is_said_as_people_say_it(limit: Limit, words: str) -> None:
    assert limit.words() == words


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [("PT24H", 24, "hours"), ("P15WD", 15, "working-days"), ("PT0S", 0, "hours")],
)
def test_the_column_of_a_clause_is_read(code: str, amount: int, unit: str) -> None:
    found = limit_in(code, "should", CALENDAR)

    assert found is not None
    assert (found.amount, found.unit, found.strength) == (amount, unit, "should")


def test_a_clause_without_a_limit_has_none() -> None:
    assert limit_in("", "must", CALENDAR) is None


@pytest.mark.parametrize("amount", ["", "=hours", "-1"])
def test_an_amount_that_is_computed_is_no_limit_that_can_be_ordered(amount: str) -> None:
    given = {"deadline.amount": amount, "deadline.unit": "hours"}

    assert limit_of(given, CALENDAR) is None
