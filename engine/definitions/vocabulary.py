"""Reads vocabulary.toml: the words that all authorities share."""

from collections.abc import Mapping
from typing import Any

from engine.definitions import source as reading
from engine.definitions.model import Fact, Vocabulary
from engine.definitions.problems import unreadable

FACT_TYPES = ("datetime", "enum", "string", "boolean", "list")


def read_vocabulary(source: bytes, *, file: str) -> Vocabulary:
    """The vocabulary; raises `Unusable` when a part of it is missing."""
    data = reading.read_toml(source, file=file)
    notifications = _table(data, "notifications", file=file)
    facts = _table(data, "facts", file=file)
    return Vocabulary(
        flows=_words(data, "flows", file=file),
        facts={name: _fact(name, entry, file=file) for name, entry in facts.items()},
        outcomes=_table(data, "outcomes", file=file),
        deadlines=tuple(_table(data, "deadlines", file=file)),
        recipients=_words(notifications, "recipients", file=file),
        kinds=_words(notifications, "kinds", file=file),
        records=_table(data, "records", file=file),
        messages=_table(data, "messages", file=file),
    )


def _fact(name: str, entry: Any, *, file: str) -> Fact:
    kind = entry.get("type") if isinstance(entry, Mapping) else None
    if kind not in FACT_TYPES:
        message = f"The fact {name} needs a type: {', '.join(FACT_TYPES)}."
        raise unreadable(file, "vocabulary_file", message, name)
    return Fact(
        id=name, type=kind, values=tuple(entry.get("values", ())), default=entry.get("default")
    )


def _table(data: Mapping[str, Any], name: str, *, file: str) -> Mapping[str, Any]:
    value = data.get(name)
    if not isinstance(value, Mapping):
        raise unreadable(file, "vocabulary_file", f"The vocabulary has no table [{name}].")
    return value


def _words(data: Mapping[str, Any], name: str, *, file: str) -> tuple[str, ...]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise unreadable(file, "vocabulary_file", f"The vocabulary has no list {name} of words.")
    return tuple(value)
