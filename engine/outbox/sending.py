"""Sends the letters that have an e-mail address: each claimed, handed over, and recorded.

A letter is claimed in one transaction and recorded in another; the mail server is spoken to in
between, while no lock is held. Whoever claims counts the try before it is made, and only the try
that was counted may be recorded: a process that was stopped and wakes up late changes nothing. A
letter whose process died after the server had accepted it is sent once more, under the same
message id: at least once, and recognisably the same.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit
from engine.outbox.post import Answer, Mail, Post
from engine.people import SYSTEM
from engine.store.database import Database
from engine.store.tables import Case, Letter

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)
)  # before the second try, the third, and so on
MOST_TRIES = len(PAUSES) + 1
LEASE = timedelta(minutes=10)  # longer than any conversation with a server lasts
OLDEST = timedelta(days=7)  # a letter that nobody could send for so long is left to be printed
MOST_AT_ONCE = 50

_STATES = {"accepted": "sent", "bounced": "bounced", "refused": "failed"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A letter that this process, and no other, may hand over now; `number` is the try's."""

    letter_id: int
    case_id: int
    number: int
    mail: Mail


def deliver(database: Database, post: Post, *, now: datetime) -> int:
    """Send what is due, the longest waiting first, and say how many letters the server took.

    One that the server cannot be reached for ends the round: the others would fare no better.
    """
    sent = 0
    with database.reading() as session:
        due = due_letters(session, now=now)
    for letter_id in due:
        with database.writing() as session:
            taken = claim(session, letter_id, post, now=now)
        if taken is None:
            continue
        answer = post.hand_over(taken.mail)
        with database.writing() as session:
            record(session, taken, answer, now=now)
        _log.info("letter %d: %s, try %d", letter_id, answer.said, taken.number)
        sent += answer.said == "accepted"
        if not answer.is_reachable:
            break
    return sent


def due_letters(session: Session, *, now: datetime) -> tuple[int, ...]:
    """Return the letters to be sent now: those that wait, and those whose sender fell silent."""
    rows = session.scalars(
        select(Letter.id)
        .where(
            Letter.state.in_(("ready", "sending")),
            Letter.next_try_at <= now,
            Letter.next_try_at > now - OLDEST,
            Letter.address.is_not(None),
        )
        .order_by(Letter.next_try_at, Letter.id)
        .limit(MOST_AT_ONCE)
    )
    return tuple(rows)


def claim(session: Session, letter_id: int, post: Post, *, now: datetime) -> Claim | None:
    """Take a letter for this process; None when another has it, or nothing is to be done."""
    letter = session.get_one(Letter, letter_id)
    hold_case(session, letter.case_id)  # always the case first, then its letter
    session.refresh(letter, with_for_update=True)
    if not _is_due(letter, now=now):
        return None
    if letter.tries >= MOST_TRIES:
        _end(session, letter, "failed", "The sender fell silent again and again.", now=now)
        return None
    letter.state, letter.tries = "sending", letter.tries + 1
    letter.next_try_at = now + LEASE
    letter.message_id = letter.message_id or f"<{secrets.token_hex(16)}@{post.domain}>"
    return Claim(
        letter_id=letter.id,
        case_id=letter.case_id,
        number=letter.tries,
        mail=Mail(
            to=str(letter.address),
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            message_id=letter.message_id,
            at=letter.made_at,
        ),
    )


def record(session: Session, taken: Claim, answer: Answer, *, now: datetime) -> bool:
    """Record what came of a try; False when the try is no longer this process's to record."""
    hold_case(session, taken.case_id)
    is_ours = (
        Letter.id == taken.letter_id,
        Letter.state == "sending",
        Letter.tries == taken.number,
    )
    letter = session.scalars(select(Letter).where(*is_ours).with_for_update()).one_or_none()
    if letter is None:
        return False
    state = _STATES.get(answer.said)
    if state is None and taken.number >= MOST_TRIES:
        state = "failed"
    if state is not None:
        _end(session, letter, state, answer.problem, now=now)
        return True
    letter.state, letter.problem = "ready", answer.problem
    letter.next_try_at = now + PAUSES[taken.number - 1]
    session.flush()
    return True


def hold_case(session: Session, case_id: int) -> None:
    """Hold the case, whose audit chain is about to grow."""
    session.execute(select(Case.id).where(Case.id == case_id).with_for_update())


def note(session: Session, letter: Letter, event: str, *, by: str, now: datetime) -> None:
    """Tell the audit trail what became of a letter; the caller holds the case."""
    about = audit.About(
        subject=f"letter:{letter.id}", case_id=letter.case_id, detail={"kind": letter.kind}
    )
    audit.record(session, event, about, by=by, now=now)


def _is_due(letter: Letter, *, now: datetime) -> bool:
    waits = letter.state in ("ready", "sending") and letter.address is not None
    return waits and letter.next_try_at is not None and letter.next_try_at <= now


def _end(
    session: Session, letter: Letter, state: str, problem: str | None, *, now: datetime
) -> None:
    letter.state, letter.problem = state, problem
    letter.ended_at = letter.next_try_at = now
    session.flush()
    note(session, letter, f"letter.{state}", by=SYSTEM.key, now=now)
