"""The procedures that lie here, and referrals to play in them."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine import definitions
from engine.definitions import AuthorityDefinition
from engine.scenarios import Scenario

ROOT = Path(__file__).parents[3]
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)


@cache
def everyone() -> dict[str, AuthorityDefinition]:
    """Every authority by its id, read once."""
    return {
        name: definitions.load_authority(ROOT, name) for name in definitions.authority_ids(ROOT)
    }


def some(*names: str) -> dict[str, AuthorityDefinition]:
    """These authorities, in this order."""
    return {name: everyone()[name] for name in names}


def given(start: datetime = TUESDAY, **facts: Any) -> Scenario:
    """A referral with these facts."""
    return Scenario(name="A referral", start=start, facts=facts)


@cache
def changed(authority: str, path: str, old: bytes, new: bytes) -> AuthorityDefinition:
    """The authority with one text of one of its files replaced, under its own name."""
    sources = dict(everyone()[authority].sources)
    assert old in sources[path]
    sources[path] = sources[path].replace(old, new)
    return definitions.from_stored(sources, authority)
