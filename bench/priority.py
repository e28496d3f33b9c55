"""The table in tables/priority.dmn once more, in Python, and inputs for it."""

# ruff: noqa: PLR2004 - the numbers are those in the table's cells

import random
from typing import Any


def inputs(chance: random.Random) -> dict[str, Any]:
    """Inputs of which some reach every rule."""
    return {
        "age": chance.randint(0, 20),
        "need": chance.choice(("severe", "moderate", "mild")),
        "hours": chance.randint(0, 120),
        "repeated": chance.choice((False, True)),
    }


def answer(*, age: int, need: str, hours: int, repeated: bool) -> str:
    """What the table answers."""
    if age < 1 or age > 17:
        return "now" if age < 1 else "adults"
    if need == "severe":
        return "now" if age <= 5 or hours > 4 else "today"
    if age > 5:
        return "today" if hours > 72 else "this week"
    soon = "today" if repeated else "tomorrow"
    return soon if hours <= 24 else "this week"
