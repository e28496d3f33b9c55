"""What a referrer may expect of an authority: read off its own procedure by playing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from engine.casework import effects as fx
from engine.definitions.model import AuthorityDefinition
from engine.scenarios.read import Arrival, Scenario
from engine.scenarios.run import play

PROFESSIONAL = "professional"
_START = datetime(2026, 9, 22, 9, 0, tzinfo=UTC)  # any working day does: only what follows counts
_LIMITS = ("acknowledgement", "outcome_to_referrer", "disposal_decision", "level_of_response")
_COURSES: tuple[Mapping[str, Any], ...] = (
    {},
    {"child_in_need": False, "level_of_need": "none", "needs_more_than_advice": False},
    {"significant_harm_suspected": True, "level_of_need": "high"},
)
_CONFIRMED = (Arrival(after=timedelta(hours=1), message="written_confirmation"),)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something of which the procedure tells a referrer; `name` is the procedure's own."""

    kind: str
    name: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit that concerns a referrer; `name` is the procedure's own, with its clause."""

    deadline: str  # the vocabulary's word
    name: str
    strength: str
    is_referrers: bool  # the referrer's own act meets it
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the procedure says of referrers of one kind; nothing where it is silent."""

    notices: tuple[Notice, ...]
    limits: tuple[Limit, ...]


def recipient_of(referrer_kind: str) -> str:
    """The word of the vocabulary by which notices to this kind of referrer go."""
    return "professional_referrer" if referrer_kind == PROFESSIONAL else "public_referrer"


@lru_cache(maxsize=64)
def expected(definition: AuthorityDefinition, referrer_kind: str) -> Expected:
    """Give what happens when a referrer of this kind uses the open page, by the procedure alone.

    A few typical courses are played in memory; what none of them shows is not claimed.
    """
    effects = [effect for facts in _COURSES for effect in _played(definition, referrer_kind, facts)]
    notices = (_notice(effect, recipient_of(referrer_kind)) for effect in effects)
    limits = (_limit(effect) for effect in effects)
    return Expected(
        notices=tuple(dict.fromkeys(notice for notice in notices if notice)),
        limits=tuple(dict.fromkeys(limit for limit in limits if limit)),
    )


def _played(
    definition: AuthorityDefinition, referrer_kind: str, course: Mapping[str, Any]
) -> Iterator[fx.Effect]:
    facts = {
        **course,
        **definition.settings.get("online_referral", {}),
        "referrer_kind": referrer_kind,
        "contact_channel": "online_form",
    }
    for arrivals in ((), _CONFIRMED):
        scenario = Scenario(name="expected", start=_START, facts=facts, arrivals=arrivals)
        yield from play(scenario, definition).effects


def _notice(effect: fx.Effect, recipient: str) -> Notice | None:
    if not isinstance(effect, fx.NotificationSent) or effect.recipient != recipient:
        return None
    return Notice(kind=effect.kind, name=effect.name, clauses=effect.clauses)


def _limit(effect: fx.Effect) -> Limit | None:
    if not isinstance(effect, fx.DeadlineStarted):
        return None
    is_referrers = effect.owner == "referrer"
    if not is_referrers and effect.deadline_name not in _LIMITS:
        return None
    return Limit(
        deadline=effect.deadline_name,
        name=effect.name,
        strength=effect.strength,
        is_referrers=is_referrers,
        clauses=effect.clauses,
    )
