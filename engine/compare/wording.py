"""Says the words of the vocabulary and of the files as a reader would."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.compare.difference import spoken
from engine.compare.expressions import in_words
from engine.dmn import explain

_MOMENTS = {
    "received_at": "receipt by the service",
    "first_contact_at": "the initial contact",
}
_NAMES = (
    "deadline_owner", "recipient", "notice", "deadline", "called", "form", "decision",
    "attached_to",
)  # fmt: skip
_DONE = re.compile(r"(.+) (recorded|made|held|sent|given|acknowledged|decided)")


def worded(kind: str, value: Any) -> Any:
    """The value of a property of that kind, in words where there are some."""
    if value is None:
        return None
    if kind in _NAMES:
        return spoken(value).lower()
    is_mapping = kind.startswith(("input_", "output_"))
    read = _WORDS.get(kind, in_words if is_mapping else None)
    return read(value) if read else value


def moment(name: str) -> str:
    """The moment at which a clock starts or a limit is met."""
    if name in _MOMENTS:
        return _MOMENTS[name]
    words = spoken(name.removesuffix("_at")).lower()
    done = _DONE.fullmatch(words)
    if done is None:
        return f"the {words}"
    return f"when {'' if done[1][-1].isdigit() else 'the '}{done[1]} was {done[2]}"


def length(amount: str, unit: str) -> str:
    """How long a limit is: 24 hours, 1 working day, the end of the next working day."""
    if unit == "end-of-working-day":
        return "the end of the next working day" if amount == "1" else f"the end of day {amount}"
    noun = {"1 hours": "hour", "1 working-days": "working day"}.get(f"{amount} {unit}", unit)
    return f"{amount} {noun.replace('-', ' ')}".strip()


def cell_in_words(text: str) -> str:
    """A cell of a decision table: “low or moderate”."""
    return explain.said(text).text


def _listed(values: list[str]) -> str:
    return " and ".join(map(in_words, values))


def _propagated(ways: list[bool]) -> str:
    told = ("yes" if each else "no" for each in ways)
    return ", ".join(f"{way}: {each}" for way, each in zip(("in", "out"), told, strict=True))


def _type(name: str) -> str:
    return _TYPES.get(name, name)


def _policy(name: str) -> str:
    return _POLICIES.get(name, name)


_TYPES = {"string": "a word", "boolean": "yes or no", "number": "a number", "date": "a date"}
_POLICIES = {
    "UNIQUE": "only one rule may match (UNIQUE)",
    "FIRST": "the first rule that matches counts (FIRST)",
    "ANY": "rules that match must agree (ANY)",
    "RULE ORDER": "all rules that match count, in their order (RULE ORDER)",
    "COLLECT": "all rules that match count (COLLECT)",
}
_WORDS: Mapping[str, Callable[[Any], str]] = {
    "deadline_from": moment,
    "deadline_met_at": moment,
    "deadline_unit": lambda unit: unit.replace("-", " "),
    "outcome": _listed,
    "record": _listed,
    "propagates": _propagated,
    "expression": in_words,
    "hit_policy": _policy,
    "input": in_words,
    "input_type": _type,
    "input_values": cell_in_words,
    "output_type": _type,
    "output_values": cell_in_words,
    "output_default": cell_in_words,
}
