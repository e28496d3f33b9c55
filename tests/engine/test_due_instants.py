"""Due instants worked by hand from the procedures' texts, against calendars and diagrams."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.definitions.model import Element
from engine.working_days import due_at
from tests.diagrams.authorities import AUTHORITIES, definition

TABLE = tomllib.loads(Path(__file__).with_name("due_instants.toml").read_text())["due"]
ROWS = [row for row in TABLE if row["authority"] in AUTHORITIES]
FEWEST = 60
CLOCKS_CHANGE = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
EASTER = (date(2026, 4, 3), date(2026, 4, 6))
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28))


def named(row: dict[str, Any]) -> str:
    return f"{row['clause']} from {row['start']:%Y-%m-%dT%H:%M%z}"


def limits(authority: str) -> list[Element]:
    """Every clock that the authority's diagrams keep."""
    elements = (e for p in definition(authority).processes.values() for e in p.elements.values())
    return [element for element in elements if element.deadline_name]


def clocks_of(row: dict[str, Any]) -> list[Element]:
    """The clocks that keep the row's clause and start where the row says."""
    return [
        element
        for element in limits(row["authority"])
        if row["clause"] in element.clauses and element.properties["deadline.from"] == row["starts"]
    ]


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_limit_ends_when_it_does_by_hand(row: dict[str, Any]) -> None:
    clocks = clocks_of(row)

    assert clocks, f"no clock of {row['clause']} starts from {row['starts']}"
    for clock in clocks:
        amount, unit = clock.properties["deadline.amount"], clock.properties["deadline.unit"]
        calendar = definition(row["authority"]).calendar
        due = due_at(row["start"], amount=int(amount), unit=unit, calendar=calendar)
        assert due == row["due"], row["arithmetic"]


def test_no_row_names_an_authority_without_a_folder() -> None:
    assert {row["authority"] for row in TABLE} - set(AUTHORITIES) == set()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_clock_of_an_authority_is_worked_by_hand(authority: str) -> None:
    worked = {clock.id for row in ROWS if row["authority"] == authority for clock in clocks_of(row)}

    assert {limit.id for limit in limits(authority)} - worked == set()


def test_the_table_is_long_enough_and_says_each_thing_once() -> None:
    rows = {(row["authority"], row["clause"], row["starts"], row["start"]) for row in TABLE}

    assert len(rows) == len(TABLE) >= FEWEST
    assert all(row["arithmetic"].strip() for row in TABLE)


@pytest.mark.parametrize("change", CLOCKS_CHANGE, ids=str)
def test_limits_run_over_both_changes_of_the_clocks(change: datetime) -> None:
    assert sum(row["start"] < change < row["due"] for row in TABLE) >= len(AUTHORITIES)


@pytest.mark.parametrize("holidays", [EASTER, CHRISTMAS], ids=["Easter", "Christmas"])
def test_limits_run_over_the_holidays(holidays: tuple[date, date]) -> None:
    first, last = holidays

    over = [r for r in TABLE if r["start"].date() <= last and r["due"].date() >= first]

    assert len(over) >= len(AUTHORITIES)


def test_limits_start_at_weekends_and_in_evenings() -> None:
    starts = [row["start"] for row in TABLE]

    assert sum(start.weekday() >= 5 for start in starts) >= len(AUTHORITIES)
    assert sum(start.hour >= 17 for start in starts) >= len(AUTHORITIES)
