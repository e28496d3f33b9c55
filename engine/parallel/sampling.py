"""Contacts of a sampled year: each is drawn by its number alone, so that it can be drawn again."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from engine.definitions.model import Vocabulary
from engine.errors import Invalid
from engine.parallel.referral import child_name
from engine.scenarios import Scenario
from engine.scenarios.read import duration

MOST = 100_000  # contacts of one year
YEARS = range(2000, 2100)
_WEIGHTS = Path(__file__).with_name("sampling.toml")
_ZONE = ZoneInfo("Europe/London")
_OFFICE = range(9, 17)
_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year to be sampled. The same values give the same contacts, here and everywhere.

    `office_share` is how much of it comes Monday to Friday from 9 to 17; without it contacts are
    spread evenly. With `takes` people take their time, so that limits can be missed.
    """

    year: int
    contacts: int
    seed: int
    office_share: float | None = None
    takes: bool = False

    def __post_init__(self) -> None:
        if self.year not in YEARS:
            raise Invalid(f"The year must be from {YEARS[0]} to {YEARS[-1]}.")
        if self.contacts not in range(1, MOST + 1):
            raise Invalid(f"The number of contacts must be from 1 to {MOST:,}.")
        if self.office_share is not None and not 0 <= self.office_share <= 1:
            raise Invalid("The share of office hours must be from 0 to 1.")


def sampled(vocabulary: Vocabulary, year: Year) -> Iterator[tuple[str, Scenario]]:
    """Yield each contact with its number as text, from 1 on."""
    for number in range(1, year.contacts + 1):
        yield str(number), contact(vocabulary, year, number)


def contact(vocabulary: Vocabulary, year: Year, number: int) -> Scenario:
    """Draw one contact of the year. Raises Invalid for a number that the year does not have."""
    if number not in range(1, year.contacts + 1):
        raise Invalid(f"The year has contacts 1 to {year.contacts:,}.")
    draw = Random(f"{year.seed}/{year.year}/{number}")
    weights = _weights()
    referrer = draw.choices(weights["referrers"], [r["share"] for r in weights["referrers"]])[0]
    start = _moment(draw, year, is_school=referrer.get("is_school", False))
    facts = {
        "referrer_kind": _one(draw, referrer["kind"]),
        "referrer_source": _one(draw, referrer["source"]),
        "contact_channel": _one(draw, referrer["channel"]),
        "children": _children(draw, start),
        **_drawn(draw, vocabulary),
    }
    if referrer.get("is_anonymous"):
        facts["anonymity_requested"] = True
    takes = {
        name: duration(f"sampling {name}", _one(draw, choices))
        for name, choices in weights["takes"].items()
    }
    return Scenario(
        name=f"Contact {number:,} of {year.year}",
        start=start,
        facts={key: value for key, value in facts.items() if key in vocabulary.facts},
        takes=takes if year.takes else {},
    )


def sources() -> Mapping[str, str]:
    """Return where the weights of each fact come from."""
    return {key: entry["from"] for key, entry in _weights()["facts"].items()}


@cache
def _weights() -> Mapping[str, Any]:
    return tomllib.loads(_WEIGHTS.read_text())


def _drawn(draw: Random, vocabulary: Vocabulary) -> dict[str, Any]:
    weights = _weights()
    chosen: dict[str, Any] = {
        key: draw.random() * 100 < share for key, share in weights["shares"].items()
    }
    for key, entry in weights["facts"].items():
        value = _one(draw, entry["weights"])
        fact = vocabulary.facts.get(key)
        if fact is not None:
            chosen[key] = _typed(fact.type, value)
    return chosen


def _typed(kind: str, value: str) -> Any:
    if kind == "boolean":
        return value == "true"
    return [value] if kind == "list" else value


def _one(draw: Random, weights: Mapping[str, float]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]


def _children(draw: Random, start: datetime) -> list[dict[str, str]]:
    ages = _weights()["children"]
    count = int(_one(draw, ages["count"]))
    days = ages["oldest"] * 365
    return [
        {
            "name": child_name(number),
            "date_of_birth": (start.date() - timedelta(days=draw.randrange(days))).isoformat(),
        }
        for number in range(count)
    ]


def _moment(draw: Random, year: Year, *, is_school: bool) -> datetime:
    """Draw the minute at which a contact comes in; schools are heard of less when closed."""
    begin = datetime(year.year, 1, 1, tzinfo=_ZONE).astimezone(UTC)
    minutes = int((datetime(year.year + 1, 1, 1, tzinfo=_ZONE) - begin).total_seconds()) // 60
    in_office = None if year.office_share is None else draw.random() < year.office_share
    while True:
        instant = begin + timedelta(minutes=draw.randrange(minutes))
        local = instant.astimezone(_ZONE)
        if in_office is not None and _is_office(local) is not in_office:
            continue
        share = _weights()["term"]["share_when_closed"]
        if is_school and _is_closed(local.date()) and draw.random() >= share:
            continue
        return instant


def _is_office(local: datetime) -> bool:
    return local.weekday() < _SATURDAY and local.hour in _OFFICE


def _is_closed(day: date) -> bool:
    text = f"{day:%m-%d}"
    return any(first <= text <= last for first, last in _weights()["term"]["closed"])
