"""Limits worked by hand from the rules G1 to G4."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from engine.working_days import OfficeCalendar, due_at, explain, warning_at

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")
OFFICE = OfficeCalendar.from_settings({"office_hours": NINE_TO_FIVE})


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # the same clock time on the next working day
        ("2026-03-27T15:10", 1, "working-days", "2026-03-30T15:10"),
        ("2026-03-25T15:10", 1, "working-days", "2026-03-26T15:10"),
        # Saturday counts from Monday's opening, so it ends at Tuesday's
        ("2026-03-28T11:00", 1, "working-days", "2026-03-31T09:00"),
        ("2026-03-24T07:30", 1, "working-days", "2026-03-25T09:00"),
        ("2026-03-24T17:00", 1, "working-days", "2026-03-25T17:00"),
        ("2026-03-24T17:01", 1, "working-days", "2026-03-26T09:00"),
        ("2026-03-24T23:59", 1, "working-days", "2026-03-26T09:00"),
        # Easter 2026: Good Friday 3 April, Easter Monday 6 April
        ("2026-04-02T14:00", 1, "working-days", "2026-04-07T14:00"),
        ("2026-04-02T18:00", 1, "working-days", "2026-04-08T09:00"),
        ("2026-04-04T10:00", 1, "working-days", "2026-04-08T09:00"),
        # Christmas 2026: Boxing Day falls on Saturday, its substitute on Monday 28 December
        ("2026-12-24T10:00", 1, "working-days", "2026-12-29T10:00"),
        ("2026-12-31T16:00", 1, "working-days", "2027-01-04T16:00"),
        # three working days over a weekend
        ("2026-03-26T12:00", 3, "working-days", "2026-03-31T12:00"),
        # elapsed hours run through nights, weekends and holidays
        ("2026-03-27T15:10", 24, "hours", "2026-03-28T15:10"),
        ("2026-04-03T09:00", 48, "hours", "2026-04-05T09:00"),
        # the clocks go forward on 29 March 2026 and back on 25 October 2026
        ("2026-03-28T10:30", 24, "hours", "2026-03-29T11:30"),
        ("2026-10-24T10:30", 24, "hours", "2026-10-25T09:30"),
        ("2026-10-23T10:30", 1, "working-days", "2026-10-26T10:30"),
        # the end of the next working day
        ("2026-03-27T08:00", 1, "end-of-working-day", "2026-03-30T17:00"),
        ("2026-03-28T11:00", 1, "end-of-working-day", "2026-03-30T17:00"),
    ],
)
def test_limit_ends_when_worked_by_hand(start: str, amount: int, unit: str, due: str) -> None:
    assert due_at(local(start), amount=amount, unit=unit, calendar=OFFICE) == local(due)


def test_arithmetic_is_told_in_words() -> None:
    friday = local("2026-03-27T15:10")

    told = explain(friday, started_by="received", amount=1, unit="working-days", calendar=OFFICE)

    assert told == "received Fri 27 Mar 2026 15:10, one working day: Mon 30 Mar 2026 15:10"


def test_arithmetic_of_a_start_out_of_hours_names_the_opening() -> None:
    told = explain(
        local("2026-03-28T11:00"),
        started_by="received",
        amount=1,
        unit="working-days",
        calendar=OFFICE,
    )

    assert told == (
        "received Sat 28 Mar 2026 11:00, outside office hours, so counted from "
        "Mon 30 Mar 2026 09:00, one working day: Tue 31 Mar 2026 09:00"
    )


@pytest.mark.parametrize(
    ("started", "due", "warned"),
    [
        ("2026-03-27T15:10", "2026-03-28T15:10", "2026-03-27T16:00"),
        ("2026-03-27T16:30", "2026-03-28T16:30", "2026-03-27T16:30"),
        ("2026-03-28T11:00", "2026-03-29T12:00", "2026-03-28T11:00"),
        ("2026-03-24T10:00", "2026-03-25T10:00", None),
    ],
)
def test_limit_that_ends_out_of_hours_is_warned_of_before_closing(
    started: str, due: str, warned: str | None
) -> None:
    found = warning_at(local(started), local(due), calendar=OFFICE, before_close=timedelta(hours=1))

    assert found == (local(warned) if warned else None)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"timezone": "Europe/Lundon", "office_hours": NINE_TO_FIVE}, "no time zone"),
        ({"holidays": "XX-ENG", "office_hours": NINE_TO_FIVE}, "no known bank holidays"),
        ({"office_hours": {"monday": "09:00-17:00"}}, "no weekday"),
        ({"office_hours": {"mon": "9 to 5"}}, "write them as"),
        ({"office_hours": {"mon": "17:00-09:00"}}, "end before they begin"),
        ({}, "no office hours"),
    ],
)
def test_calendar_that_cannot_be_is_refused_with_a_sentence(
    settings: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        OfficeCalendar.from_settings(settings)


def test_unknown_unit_is_refused() -> None:
    with pytest.raises(Invalid, match="no unit"):
        due_at(local("2026-03-27T15:10"), amount=1, unit="fortnights", calendar=OFFICE)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001
def test_one_working_day_is_never_earlier_than_24_hours(naive: datetime) -> None:
    start = naive.replace(tzinfo=UTC)

    day = due_at(start, amount=1, unit="working-days", calendar=OFFICE)

    # an hour of play: the night on which the clocks go forward is 23 hours long
    assert day >= due_at(start, amount=24, unit="hours", calendar=OFFICE) - timedelta(hours=1)
