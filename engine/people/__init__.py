"""Who may act: people with their roles and passwords, signed-in sessions, programs' tokens."""

from engine.people import sessions, tokens
from engine.people.accounts import (
    PersonLine,
    create,
    disable,
    everybody,
    find,
    grant,
    names,
    revoke,
    set_password,
)
from engine.people.actors import ANALYST, EVERYWHERE, SYSTEM, Actor, actor_of
from engine.people.seeing import seen_case
from engine.people.signing_in import TooManyTries, authenticate, has_password
from engine.store.tables import Person

__all__ = [
    "ANALYST",
    "EVERYWHERE",
    "SYSTEM",
    "Actor",
    "Person",
    "PersonLine",
    "TooManyTries",
    "actor_of",
    "authenticate",
    "create",
    "disable",
    "everybody",
    "find",
    "grant",
    "has_password",
    "names",
    "revoke",
    "seen_case",
    "sessions",
    "set_password",
    "tokens",
]
