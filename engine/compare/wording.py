"""Says the words of the vocabulary and of the files as a reader would."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.compare.difference import spoken

_MOMENTS = {
    "received_at": "receipt by the service",
    "first_contact_at": "the initial contact",
}
_NAMES = ("deadline_owner", "recipient", "notice", "deadline", "called")


def worded(kind: str, value: Any) -> Any:
    """The value of a property of that kind, in words where there are some."""
    if value is None:
        return None
    if kind in _NAMES:
        return spoken(value).lower()
    read = _WORDS.get(kind)
    return read(value) if read else value


def moment(name: str) -> str:
    """The moment at which a clock starts or a limit is met."""
    return _MOMENTS.get(name, f"the {spoken(name.removesuffix('_at')).lower()}")


def _listed(values: list[str]) -> str:
    return " and ".join(each.replace("_", " ") for each in values)


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "deadline_from": moment,
    "deadline_met_at": moment,
    "deadline_unit": lambda unit: unit.replace("-", " "),
    "outcome": _listed,
    "record": _listed,
}
