"""Reads what a program sends: JSON objects with known keys, and filters in the query."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from engine.casework import InvalidAnswers
from engine.errors import Invalid
from web import ids

DEEPEST = 32  # levels of a JSON body
WIDEST = 2**63  # numbers of a JSON body are less than this, as everything that keeps them can


def body(
    required: Mapping[str, type],
    optional: Mapping[str, type] | None = None,
    *,
    lenient: bool = False,
) -> dict[str, Any]:
    """The posted object; where it is read leniently, keys that nobody knows are left out.

    Raises BadRequest for no object or for data that no database keeps, InvalidAnswers for keys.
    """
    sent = _object()
    kinds = {**required, **(optional or {})}
    if lenient:
        sent = {key: value for key, value in sent.items() if key in kinds}
    problems = {key: "is not asked here" for key in sent if key not in kinds}
    problems |= {key: "is missing" for key in required if key not in sent}
    problems |= {
        key: f"must be {_KINDS[kind]}"
        for key, kind in kinds.items()
        if key in sent and not isinstance(sent[key], kind)
    }
    if problems:
        raise InvalidAnswers(problems)
    return sent


_KINDS: Mapping[type, str] = {str: "text", dict: "an object"}


def instant(text: str, key: str) -> datetime:
    """An instant, with or without its offset. Raises InvalidAnswers for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        problem = "must be an instant, like 2026-03-03T10:00:00+00:00"
        raise InvalidAnswers({key: problem}) from error


def filters(*names: str) -> dict[str, str]:
    """The query's filters that have a value. Raises Invalid for one that is not known."""
    unknown = sorted(set(request.args) - set(names))
    if unknown:
        raise Invalid(f"There is no filter {', '.join(unknown)}; there is {', '.join(names)}.")
    wanted = {name: value for name, value in request.args.items() if value}
    for name, value in wanted.items():
        if "\0" in value:
            raise Invalid(f"{name} may not hold the character U+0000.")
    return wanted


def number(text: str | None, name: str) -> int | None:
    """A filter that is the number of something."""
    if text is None:
        return None
    found = ids.number(text)
    if found is None:
        raise Invalid(f"{name} must be a number from 0 to {ids.LARGEST}.")
    return found


def _object() -> dict[str, Any]:
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        raise BadRequest(_TOO_DEEP) from None
    if not isinstance(sent, dict):
        raise BadRequest("Send a JSON object with Content-Type: application/json.")
    flaw = _flaw(sent)
    if flaw:
        raise BadRequest(flaw)
    return sent


def _flaw(sent: Any) -> str | None:
    """What keeps the data from being kept, level by level, so that no depth can exhaust us."""
    level: list[Any] = [sent]
    for _ in range(DEEPEST):
        found = next(filter(None, map(_flaw_of, level)), None)
        if found:
            return found
        level = [inner for value in level for inner in _inner(value)]
        if not level:
            return None
    return _TOO_DEEP


def _inner(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, list) else ()


def _flaw_of(value: Any) -> str | None:
    if isinstance(value, str):
        return _flaw_of_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "Numbers must be finite."
    if isinstance(value, int) and abs(value) >= WIDEST:
        return "Numbers must fit into 64 bits."
    return None


def _flaw_of_text(text: str) -> str | None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "Text must be Unicode: one half of a surrogate pair is no character."
    return "Text may not hold the character U+0000." if "\0" in text else None


_TOO_DEEP = f"The JSON may be nested at most {DEEPEST} deep."
