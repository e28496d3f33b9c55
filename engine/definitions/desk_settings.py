"""Checks the tables of authority.toml that say how people work: who may do, know and be told what.

`[professional_judgement]`, `[referrer_identity]`, `[online_referral]` and `[reminders]`; any of
them may be left out.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from engine.definitions.words import VARIABLE

TABLES = ("professional_judgement", "referrer_identity", "online_referral", "reminders")
_LONGEST_BEFORE = timedelta(days=1)
_KEYS = {
    "professional_judgement": {"roles"},
    "referrer_identity": {"roles", "clauses", "named_when"},
    "reminders": {"before"},
}


def problems_of(data: Mapping[str, Any]) -> Iterator[str]:
    """Say in a sentence each what is wrong with the tables of an authority's settings."""
    for name in TABLES:
        if name in data:
            yield from _of_table(name, data)


def roles_of(settings: Mapping[str, Any], table: str) -> frozenset[str] | None:
    """Return the roles that a table names; None where the authority does not have the table."""
    found = settings.get(table)
    return None if found is None else frozenset(found["roles"])


def remind_before(settings: Mapping[str, Any]) -> timedelta | None:
    """Return how long before a limit the authority wants people reminded, where it says so."""
    written = settings.get("reminders", {}).get("before")
    return None if written is None else _duration(written)


def _of_table(name: str, data: Mapping[str, Any]) -> Iterator[str]:
    table = data[name]
    if not isinstance(table, Mapping):
        yield f"{name} is no table: write [{name}]."
        return
    known = _KEYS.get(name)
    if known is not None:
        yield from (
            f"[{name}] {key!r} has no meaning here. Delete it." for key in table if key not in known
        )
        if "roles" in known:
            yield from _role_problems(name, table.get("roles"), data.get("roles"))
    yield from _OWN.get(name, _nothing)(table)


def _role_problems(name: str, roles: Any, known: Any) -> Iterator[str]:
    if not isinstance(roles, list) or not roles:
        yield f'[{name}] names no roles: write roles = ["…"].'
        return
    defined = known if isinstance(known, Mapping) else {}
    for role in roles:
        if role not in defined:
            yield f"[{name}] {role!r} is none of the [roles]."


def _identity_problems(table: Mapping[str, Any]) -> Iterator[str]:
    clauses = table.get("clauses")
    if not isinstance(clauses, str) or not clauses.strip():
        yield '[referrer_identity] cites no clauses: write clauses = "…".'
    answers = table.get("named_when")
    if not isinstance(answers, list) or not answers:
        yield (
            "[referrer_identity] named_when lists no answer of the table referrer_identity"
            " with which the referrer may be named."
        )


def _online_problems(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if not VARIABLE.fullmatch(key):
            yield f"[online_referral] {key!r} is no word in snake_case."
        elif not _is_plain(value):
            yield f"[online_referral] {key} is neither a text, true or false, nor a list of texts."


def _reminder_problems(table: Mapping[str, Any]) -> Iterator[str]:
    before = _duration(table.get("before"))
    if before is None or not timedelta(0) < before <= _LONGEST_BEFORE:
        yield '[reminders] before is no time of at most a day: write it like "PT2H" or "PT30M".'


def _nothing(_table: Mapping[str, Any]) -> Iterator[str]:
    return iter(())


def _duration(written: Any) -> timedelta | None:
    """Hours or minutes as ISO 8601 writes them; None for anything else."""
    if not isinstance(written, str) or not written.startswith("PT"):
        return None
    number, unit = written[2:-1], written[-1]
    if not (number.isascii() and number.isdigit() and len(number) < 5 and unit in _UNITS):  # noqa: PLR2004 - four digits are plenty
        return None
    return int(number) * _UNITS[unit]


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) and item.strip() for item in value)
    return isinstance(value, bool) or (isinstance(value, str) and bool(value.strip()))


_UNITS = {"H": timedelta(hours=1), "M": timedelta(minutes=1)}
_OWN = {
    "referrer_identity": _identity_problems,
    "online_referral": _online_problems,
    "reminders": _reminder_problems,
}
