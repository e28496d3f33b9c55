"""Reminders of a limit that ends soon: a function of Frontdoor, asked for by no procedure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from engine.definitions.desk_settings import remind_before
from engine.definitions.model import AuthorityDefinition
from engine.outbox.writing import Occasion, Telling, limit_told, put_down
from engine.store.tables import Deadline

LONGEST_BEFORE = timedelta(days=1)
_TWO_HOURS = timedelta(hours=2)
_SHORT = timedelta(hours=8)  # a limit of hours that is shorter has a quarter of its time left


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A clock that ends soon, and the roles whose open tasks meet it."""

    occasion: Occasion
    deadline: Deadline
    roles: frozenset[str]


def due_for_reminder(definition: AuthorityDefinition, deadline: Deadline) -> datetime:
    """Return from when on people are reminded of a limit: the authority's time, else ours."""
    own = remind_before(definition.settings)
    return deadline.due_at - (own if own is not None else _before(deadline))


def write_reminder(session: Session, reminder: Reminder) -> int:
    """Write to everybody who holds one of the roles, each once; say how many letters."""
    deadline, occasion = reminder.deadline, reminder.occasion
    deadline.reminded_at = occasion.now
    return put_down(session, occasion, _tellings(reminder))


def _tellings(reminder: Reminder) -> list[Telling]:
    deadline = reminder.deadline
    label = deadline.name or deadline.deadline_name
    return [
        Telling(
            recipient=role,
            kind="reminder",
            clauses=tuple(deadline.clauses),
            is_product=True,
            roles=reminder.roles,
            limit=limit_told(reminder.occasion, label, deadline.due_at),
            may_be_printed=False,
        )
        for role in sorted(reminder.roles)[:1]
    ]


def _before(deadline: Deadline) -> timedelta:
    length = deadline.due_at - deadline.started_from
    if deadline.unit == "hours" and length >= _SHORT:
        return _TWO_HOURS
    return min(length / 4, LONGEST_BEFORE)
