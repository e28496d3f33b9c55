"""Invented contacts: when each came in, what was known, and how far people have got with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Story:
    """One contact; `tasks` user tasks are done, or all of them where it is None."""

    name: str
    ago: timedelta
    tasks: int | None
    facts: Mapping[str, Any]


def _child(name: str, born: str, gender: str, ethnicity: str = "WBRI") -> dict[str, str]:
    return {
        "name": name,
        "date_of_birth": born,
        "gender": gender,
        "ethnicity": ethnicity,
        "disability": "NONE",
    }


STORIES = (
    Story(
        name="A school has just telephoned",
        ago=timedelta(minutes=25),
        tasks=0,
        facts={
            "contact_channel": "phone",
            "referrer_name": "Marta Feldgate",
            "referrer_agency": "Larkrise Primary School",
            "concern": "Often hungry and in the same clothes; says that nobody is in after school.",
            "concern_kind": "neglect",
            "children": [_child("Rowan Ashdown", "2016-09-12", "1")],
        },
    ),
    Story(
        name="A health visitor's form from this morning",
        ago=timedelta(hours=4),
        tasks=2,
        facts={
            "contact_channel": "online_form",
            "referrer_source": "3A",
            "referrer_name": "Ifeoma Brackwell",
            "referrer_agency": "Health visiting service",
            "concern": "Two missed appointments; the mother says that she is not coping.",
            "concern_kind": "neglect",
            "level_of_need": "low",
            "children": [_child("Edie Marlpit", "2024-02-03", "2")],
        },
    ),
    Story(
        name="A contact from yesterday that has not been decided on",
        ago=timedelta(hours=31),
        tasks=6,
        facts={
            "contact_channel": "phone",
            "referrer_source": "6",
            "referrer_name": "PC Tamsin Quell",
            "referrer_agency": "Police",
            "concern": "Officers were called to an argument; two children were upstairs.",
            "concern_kind": "domestic_abuse",
            "household_domestic_abuse": "yes",
            "domestic_violence_risk": "medium",
            "children": [
                _child("Kit Hollowell", "2018-06-30", "1"),
                _child("Wren Hollowell", "2021-11-08", "2"),
            ],
        },
    ),
    Story(
        name="A neighbour who wanted advice",
        ago=timedelta(days=2),
        tasks=None,
        facts={
            "referrer_kind": "public",
            "contact_purpose": "advice",
            "referrer_source": "1C",
            "referrer_name": "Joan Pettifer",
            "referrer_agency": "",
            "needs_more_than_advice": False,
            "child_may_be_in_need": False,
            "child_in_need": False,
            "level_of_need": "none",
            "concern": "Asks whom to ask about a holiday club for the children next door.",
            "responses": ["information", "advice"],
            "children": [_child("Bo Saltersford", "2015-01-21", "1")],
        },
    ),
    Story(
        name="A moderate need, with the social worker",
        ago=timedelta(hours=20),
        tasks=7,
        facts={
            "contact_channel": "email",
            "referrer_name": "Dele Rushcombe",
            "referrer_agency": "Mereside Academy",
            "concern": "Says that his stepfather shouts and that he sleeps badly.",
            "concern_kind": "emotional_abuse",
            "children": [_child("Jonah Vantree", "2011-04-17", "1", "MWBC")],
        },
    ),
    Story(
        name="Significant harm suspected, carried through",
        ago=timedelta(days=5),
        tasks=None,
        facts={
            "contact_channel": "visit",
            "referrer_source": "3D",
            "referrer_name": "Dr Priya Lindqvist",
            "referrer_agency": "Hospital",
            "concern": "A fracture that the account given does not explain.",
            "concern_kind": "physical_abuse",
            "marks_or_injuries": True,
            "crime_suspected": True,
            "significant_harm_suspected": True,
            "level_of_need": "high",
            "manager_choice": "strategy_discussion",
            "children": [_child("Asha Copperfold", "2023-07-02", "2", "AIND")],
        },
    ),
)
