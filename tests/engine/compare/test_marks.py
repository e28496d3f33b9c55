"""A mark tells how an answer stands to the base line, and why."""

from dataclasses import replace

import pytest

from engine.compare.evidence import Evidence
from engine.compare.limits import Limit, limit_in, limit_of, spans
from engine.compare.marks import mark
from engine.compare.questions import Measure
from engine.working_days import OfficeCalendar

CALENDAR = OfficeCalendar.from_settings(
    {"office_hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}
)


def lasting(amount: int, unit: str = "hours") -> Limit:
    """A limit from receipt that must be kept."""
    return Limit(
        amount=amount,
        unit=unit,
        start="received_at",
        strength="must",
        spans=spans(amount, unit, CALENDAR),
    )


DAY = lasting(24)
WORKING_DAY = lasting(1, "working-days")


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
        (WORKING_DAY, "looser", "never shorter, at most 133 hours against 24"),
        (lasting(1), "stricter", "never longer, at most 1 hour against 24"),
        (lasting(16, "working-days"), "looser", "never shorter"),
        (replace(DAY, strength="should"), "looser", "should against must"),
        (replace(DAY, start="written_confirmation"), "looser", "it starts later"),
        (replace(DAY, start="first_contact_at"), "stricter", "it starts earlier"),
        (replace(DAY, start=""), "same", ""),
        (replace(lasting(1), strength="should"), "different", "should against must"),
        (lasting(24, "working-days"), "looser", "never shorter"),
    ],
)
def test_limits_are_ordered_by_time_start_and_strength(
    limit: Limit, kind: str, reason: str
) -> None:
    found = mark(Measure.LIMIT, (limited(limit),), (limited(DAY),))

    assert found.kind == kind
    assert reason in found.reason


def test_several_limits_are_ordered_only_where_all_stand_alike() -> None:
    longer, shorter = lasting(48), lasting(1)
    base = (limited(DAY),)

    assert mark(Measure.LIMIT, (limited(WORKING_DAY), limited(longer)), base).kind == "looser"
    assert mark(Measure.LIMIT, (limited(shorter), limited(longer)), base).kind == "different"
    assert mark(Measure.LIMIT, (limited(DAY), limited(longer)), base).kind == "different"
    several = (limited(longer), limited(shorter))
    assert mark(Measure.LIMIT, several, tuple(reversed(several))).kind == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WORKING_DAY, lasting(48)),  # shorter on a Monday, longer on a Friday
        (WORKING_DAY, lasting(1, "end-of-working-day")),  # longer only where it starts at night
        (lasting(3, "working-days"), lasting(100)),
    ],
)
def test_no_order_is_claimed_where_it_depends_on_the_day(one: Limit, other: Limit) -> None:
    for ours, base in ((one, other), (other, one)):
        found = mark(Measure.LIMIT, (limited(ours),), (limited(base),))

        assert found.kind == "different"
        assert "depends on when" in found.reason


def test_an_hour_more_of_office_is_no_other_limit() -> None:
    early = OfficeCalendar.from_settings({"office_hours": {"mon": "08:00-17:00"}})
    ours = replace(WORKING_DAY, spans=spans(1, "working-days", early))

    assert mark(Measure.LIMIT, (limited(ours),), (limited(WORKING_DAY),)).kind == "same"


def test_the_longest_working_day_begins_after_hours_before_easter() -> None:
    assert WORKING_DAY.longest > 5 * 24
    assert DAY.longest == 24


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
