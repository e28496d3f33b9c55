"""Values of decisions and answers as words that people read."""

from collections.abc import Mapping
from typing import Any


def in_words(value: Any) -> str:
    """Give a value as a reader writes it: yes, no, not known, words without underscores."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{_name(str(key))}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item) for item in value) or "none"
    return "not known" if value is None else str(value).replace("_", " ")


def _name(key: str) -> str:
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]
