"""Says the words of the vocabulary and of the files as a reader would."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.compare.difference import spoken
from engine.compare.expressions import in_words

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
    if kind.startswith(("input_", "output_")):
        return in_words(value)
    read = _WORDS.get(kind)
    return read(value) if read else value


def moment(name: str) -> str:
    """The moment at which a clock starts or a limit is met."""
    if name in _MOMENTS:
        return _MOMENTS[name]
    words = spoken(name.removesuffix("_at")).lower()
    done = _DONE.fullmatch(words)
    return f"when {done[1]} was {done[2]}" if done else f"the {words}"


def length(amount: str, unit: str) -> str:
    """How long a limit is: 24 hours, 1 working day, the end of the next working day."""
    if unit == "end-of-working-day":
        return "the end of the next working day" if amount == "1" else f"the end of day {amount}"
    noun = {"1 hours": "hour", "1 working-days": "working day"}.get(f"{amount} {unit}", unit)
    return f"{amount} {noun.replace('-', ' ')}".strip()


def _listed(values: list[str]) -> str:
    return " and ".join(map(in_words, values))


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "deadline_from": moment,
    "deadline_met_at": moment,
    "deadline_unit": lambda unit: unit.replace("-", " "),
    "outcome": _listed,
    "record": _listed,
}
