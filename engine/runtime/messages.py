"""Messages that arrive from outside while a case runs."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.casework.facts import EARLIEST, as_instant
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime.persist import Step, load_seen, save


def deliver(
    session: Session, case_id: int, message: str, *, at: datetime, by: Actor, now: datetime
) -> bool:
    """Record a message that arrived at `at`; say whether the case was waiting for it.

    `message` is one of the vocabulary's. One that nobody waits for is recorded and changes nothing.
    An `at` without an offset is the authority's local time. Raises NotFound where the actor may not
    see the case.
    """
    live = load_seen(session, case_id, by=by)
    known = live.definition.vocabulary.messages
    if message not in known:
        raise Invalid(f"“{message}” is no message; it must be one of {', '.join(known)}")
    arrived = as_instant(at, live.definition.calendar.zone)
    if arrived > now:
        raise Invalid("A message cannot have arrived in the future")
    if arrived.year < EARLIEST:
        raise Invalid(f"A message cannot have arrived before {EARLIEST}")
    expected = live.run.deliver(message, at=arrived, now=now)
    step = Step(event="message.received", subject=f"case:{case_id}", by=by.key, now=now)
    save(session, live, step)
    return expected
