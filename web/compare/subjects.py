"""What is compared: authorities as they stand, or single versions of them, by the names chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import deploy
from engine.definitions.model import AuthorityDefinition


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A version that may be chosen: the name it goes by in addresses, and its title."""

    key: str
    authority: str
    number: int
    title: str
    is_current: bool


def load(session: Session, names: Iterable[str]) -> dict[str, AuthorityDefinition]:
    """The definitions by name: `sefton` is its current version, `sefton@3` its third.

    Raises NotFound, with the name, for what was never deployed.
    """
    return deploy.named(session, names)


def offered(session: Session) -> tuple[Offered, ...]:
    """What can be chosen: each authority as it stands, then its earlier versions."""
    return tuple(
        Offered(
            authority=line.authority,
            number=line.number,
            key=line.authority if line.is_current else f"{line.authority}@{line.number}",
            title=line.name if line.is_current else f"{line.name}, version {line.number}",
            is_current=line.is_current,
        )
        for line in deploy.versions(session)
    )


def titles(definitions: Mapping[str, AuthorityDefinition]) -> dict[str, str]:
    """How each is called on a page: by its authority, with the number of a version."""
    found = {}
    for key, definition in definitions.items():
        number = key.partition("@")[2]
        found[key] = f"{definition.name}, version {number}" if number else definition.name
    return found
