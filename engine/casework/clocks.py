"""The deadlines of a running case: when each ends, why, and which are still open.

A deadline is a boundary timer with `deadline.*` properties. Its clock starts at a real event (a
fact, or the instant of a message), not when a token arrives. Where the act's own instant is a fact
(`deadline.met_at`) and is known to be in time, the clock can no longer be missed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.definitions.model import AuthorityDefinition, Element
from engine.errors import Invalid
from engine.identifiers import spoken
from engine.working_days import due_at, explain, warning_at

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
BEYOND = "next_procedure"  # owner of a clock whose act lies beyond the front door: met stays open
BEFORE_CLOSE = timedelta(hours=1)  # how long before closing time a limit is warned of (rule G3)

_STARTS = {
    "received_at": "received",
    "first_contact_at": "first contact",
    "written_confirmation": "written confirmation received",
}


@dataclass(frozen=True, kw_only=True)
class OpenDeadline:
    """A clock that runs; part of a case's saved state, so every value is JSON data."""

    id: str
    name: str
    process_id: str
    element_id: str
    host: str
    due: str
    owner: str
    child: str | None
    warn_at: str | None
    is_missed: bool = False
    is_warned: bool = False

    @property
    def due_at(self) -> datetime:
        """The instant at which the limit ends."""
        return datetime.fromisoformat(self.due)

    def warns_by(self, now: datetime) -> bool:
        """Say whether its warning is to be given now."""
        return not (self.is_warned or self.is_missed) and (
            self.warn_at is not None and datetime.fromisoformat(self.warn_at) <= now
        )


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What a deadline's properties come to for one case."""

    due: datetime
    started_from: datetime
    amount: int
    unit: str
    strength: str
    owner: str
    explanation: str


class CaseClocks:
    """Computes the due instants of one authority's deadlines; what the engine asks for them."""

    def __init__(self, definition: AuthorityDefinition) -> None:
        self._calendar = definition.calendar
        self._messages = definition.vocabulary.messages

    def due(
        self, properties: Mapping[str, str], variables: Mapping[str, Any], *, now: datetime
    ) -> datetime | None:
        """Return when the boundary timer fires: the limit's end, or never once it is met.

        None while the message that starts the clock has not arrived.
        """
        name = properties["deadline.from"]
        if name in self._messages and instant_of(name, variables) is None:
            return None
        due = due_at(
            _started_from(properties, variables),
            amount=int(properties["deadline.amount"]),
            unit=properties["deadline.unit"],
            calendar=self._calendar,
        )
        act = instant_of(properties.get("deadline.met_at"), variables)
        return NEVER if act is not None and act <= due else due

    def limit(self, element: Element, variables: Mapping[str, Any]) -> Limit:
        """Return the limit that a boundary event keeps, with its arithmetic in words."""
        properties = element.properties
        start = _started_from(properties, variables)
        amount, unit = int(properties["deadline.amount"]), properties["deadline.unit"]
        fact = properties["deadline.from"]
        sentence = explain(
            start,
            started_by=_STARTS.get(fact, spoken(fact.removesuffix("_at"))),
            amount=amount,
            unit=unit,
            calendar=self._calendar,
        )
        cited = ", ".join(element.clauses)
        return Limit(
            due=due_at(start, amount=amount, unit=unit, calendar=self._calendar),
            started_from=start,
            amount=amount,
            unit=unit,
            strength=properties.get("source.strength", "must"),
            owner=properties.get("deadline.owner", "authority"),
            explanation=f"{sentence} ({cited})" if cited else sentence,
        )

    def warning(self, limit: Limit, *, now: datetime) -> datetime | None:
        """Return when to warn of a limit of the authority's own that ends out of hours (G3)."""
        if limit.owner != "authority":
            return None
        return warning_at(now, limit.due, calendar=self._calendar, before_close=BEFORE_CLOSE)


class Ledger:
    """The open deadlines of one case."""

    def __init__(self, entries: list[OpenDeadline] | None = None) -> None:
        self._entries = {entry.id: entry for entry in entries or []}

    @classmethod
    def from_json(cls, rows: list[dict[str, Any]]) -> "Ledger":
        """Return the ledger that `to_json` saved."""
        return cls([OpenDeadline(**row) for row in rows])

    def to_json(self) -> list[dict[str, Any]]:
        """Return the open deadlines as JSON data."""
        return [asdict(entry) for entry in self._entries.values()]

    def __iter__(self) -> Iterator[OpenDeadline]:
        return iter(tuple(self._entries.values()))

    def open(self, entry: OpenDeadline) -> None:
        """Add a clock that has started."""
        self._entries[entry.id] = entry

    def miss(self, deadline_id: str) -> OpenDeadline:
        """Mark a clock as missed; it stays until the act is done."""
        return self._put(replace(self._entries[deadline_id], is_missed=True))

    def warn(self, deadline_id: str) -> OpenDeadline:
        """Mark a clock as warned of."""
        return self._put(replace(self._entries[deadline_id], is_warned=True))

    def close(self, deadline_id: str) -> OpenDeadline | None:
        """Take a clock out and return it; None when it is not open."""
        return self._entries.pop(deadline_id, None)

    def of_host(self, host: str) -> tuple[OpenDeadline, ...]:
        """Return the clocks that watch this activity."""
        return tuple(entry for entry in self if entry.host == host)

    def next_warning(self) -> datetime | None:
        """Return the earliest instant at which a warning is still to be given."""
        waiting = (
            datetime.fromisoformat(entry.warn_at)
            for entry in self
            if entry.warn_at and not entry.is_warned and not entry.is_missed
        )
        return min(waiting, default=None)

    def _put(self, entry: OpenDeadline) -> OpenDeadline:
        self._entries[entry.id] = entry
        return entry


def instant_of(name: str | None, variables: Mapping[str, Any]) -> datetime | None:
    """Return the instant that a fact or named event holds, or None where there is none."""
    value = variables.get(name) if name else None
    return datetime.fromisoformat(value) if isinstance(value, str) and value else None


def _started_from(properties: Mapping[str, str], variables: Mapping[str, Any]) -> datetime:
    name = properties["deadline.from"]
    start = instant_of(name, variables)
    if start is None:
        raise Invalid(f"the clock '{properties['deadline.name']}' starts at {name}: not known yet")
    return start
