"""Reads what a program sends: JSON objects with known keys, and filters in the query."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from engine.casework import InvalidAnswers
from engine.errors import Invalid


def body(
    required: Mapping[str, type], optional: Mapping[str, type] | None = None
) -> dict[str, Any]:
    """The posted object. Raises BadRequest for no object, InvalidAnswers for its keys."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise BadRequest("Send a JSON object with Content-Type: application/json.")
    kinds = {**required, **(optional or {})}
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
    """An instant with its offset. Raises InvalidAnswers for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InvalidAnswers({key: "must be an instant with its offset: 2026-03-03T10:00:00+00:00"})
    return found


def filters(*names: str) -> dict[str, str]:
    """The query's filters that have a value. Raises Invalid for one that is not known."""
    unknown = sorted(set(request.args) - set(names))
    if unknown:
        raise Invalid(f"There is no filter {', '.join(unknown)}; there is {', '.join(names)}.")
    return {name: value for name, value in request.args.items() if value}


def number(text: str | None, name: str) -> int | None:
    """A filter that is the number of something."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise Invalid(f"{name} must be a number.")
    return int(text)
