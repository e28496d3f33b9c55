"""Invented contacts of one week: when each came in, what was known, how far people have got."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

WEEK = Path(__file__).parent / "week.toml"

_FAMILIES = (
    "Ashdown", "Marlpit", "Hollowell", "Saltersford", "Vantree", "Copperfold", "Brindlecombe",
    "Tarrowby", "Quenby", "Lissington", "Underhay", "Pellowe", "Wendlebury", "Foxlease",
    "Harkaway", "Innisford", "Oldacre", "Ravensdale", "Stourmere", "Thackeridge", "Yarnton",
    "Zeals", "Cranmoor", "Dunnockshaw", "Elvaston", "Gilderdale", "Jessop", "Kettlewick",
    "Nethercote", "Sallowfield",
)  # fmt: skip
_STRIDE = 7  # families apart from one authority to the next, so that each has its own


@dataclass(frozen=True, kw_only=True)
class Story:
    """One contact; `tasks` user tasks are done, or all of them where it is None."""

    name: str
    ago: timedelta
    tasks: int | None
    facts: Mapping[str, Any]


def week(place: int, *, today: date) -> tuple[Story, ...]:
    """Give the week of the authority that stands at this place among the others."""
    told = tomllib.loads(WEEK.read_text(encoding="utf-8"))
    return tuple(_story(contact, place, today=today) for contact in told["contact"])


def _story(contact: Mapping[str, Any], place: int, *, today: date) -> Story:
    children = [_child(child, place, today=today) for child in contact["children"]]
    return Story(
        name=contact["name"],
        ago=timedelta(hours=contact["hours"]),
        tasks=contact.get("tasks"),
        facts={**contact["facts"], "children": children},
    )


def _child(child: Mapping[str, Any], place: int, *, today: date) -> dict[str, str]:
    family = _FAMILIES[(child["family"] + place * _STRIDE) % len(_FAMILIES)]
    found = {
        "name": f"{child['first']} {family}",
        "gender": child.get("gender", "0"),
        "ethnicity": child.get("ethnicity", "WBRI"),
        "disability": "NONE",
    }
    if "expected" in child:  # weeks from now
        return found | {"date_of_birth": str(today + timedelta(weeks=child["expected"]))}
    return found | {"date_of_birth": child["born"]}
