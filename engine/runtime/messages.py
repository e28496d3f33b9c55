"""Messages that arrive from outside while a case runs."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from engine.people import Actor
from engine.runtime.persist import Step, load, save


def deliver(
    session: Session, case_id: int, message: str, *, at: datetime, by: Actor, now: datetime
) -> bool:
    """Record a message that arrived at `at`; say whether the case was waiting for it.

    `message` is one of the vocabulary's. One that nobody waits for is recorded and changes nothing.
    """
    live = load(session, case_id)
    if not by.may_see_cases_of(live.case.authority):
        raise NotFound(f"there is no case {case_id}")
    known = live.definition.vocabulary.messages
    if message not in known:
        raise Invalid(f"“{message}” is no message; it must be one of {', '.join(known)}")
    if at > now:
        raise Invalid("A message cannot have arrived in the future")
    expected = live.run.deliver(message, at=at, now=now)
    step = Step(event="message.received", subject=f"case:{case_id}", by=by.key, now=now)
    save(session, live, step)
    return expected
