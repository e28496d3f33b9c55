"""How far one process instance may go in one step, and the failure of an automatic step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from engine.errors import Invalid, Refused

Variables = dict[str, Any]

MAX_DEPTH = 50  # of lists and contexts inside one another in a variable
MAX_INTEGER = 2**63 - 1  # what every reader of the saved state can hold exactly


class ExecutionFailed(Refused):
    """An automatic step could not be done; the execution in memory must be thrown away."""

    def __init__(self, process_id: str, element_id: str, sentence: str) -> None:
        super().__init__(f"{process_id}:{element_id}: {sentence}")
        self.process_id = process_id
        self.element_id = element_id
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a diagram may use up; the defaults leave every drawn procedure room.

    `steps` counts the tokens of one call: 20,000 took at most a second in every diagram tried.
    """

    steps: int = 20_000
    nesting: int = 10
    instances: int = 200


STANDARD = Limits()


def check_variables(variables: Mapping[str, Any]) -> None:
    """Raise `Invalid` unless every value is JSON data that the saved state gives back unchanged."""
    for name, value in variables.items():
        if not isinstance(name, str):
            raise Invalid(f"A variable's name is a text, not {name!r}")
        pending: list[tuple[Any, int]] = [(value, 1)]
        while pending:
            item, depth = pending.pop()
            if depth > MAX_DEPTH:
                raise Invalid(f"The variable '{name}' is nested more than {MAX_DEPTH} deep")
            pending.extend((inner, depth + 1) for inner in _inner(name, item))


def _inner(name: str, item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        if not all(isinstance(key, str) for key in item):
            raise Invalid(f"The variable '{name}' has a key that is not a text")
        return item.values()
    if isinstance(item, list):
        return item
    if not _is_plain(item):
        raise Invalid(f"The variable '{name}' holds what JSON cannot: {type(item).__name__}")
    return ()


def _is_plain(item: Any) -> bool:
    if item is None or isinstance(item, bool | str):
        return True
    if isinstance(item, int):
        return abs(item) <= MAX_INTEGER
    return isinstance(item, float) and isfinite(item)
