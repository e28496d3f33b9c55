"""Examines the letters of one case: nobody is written to twice, and what went out is on record."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import AuditEntry, Case, Letter

_SENT, _AGAIN = "letter.sent", "letter.retried"


def of_letters(session: Session, case: Case) -> Iterator[str]:
    """Say what is wrong with the letters of a case."""
    letters = session.scalars(select(Letter).where(Letter.case_id == case.id)).all()
    yield from _written_twice(letters)
    told = _told(session, case)
    for letter in letters:
        subject = f"letter:{letter.id}"
        sent = told[_SENT, subject]
        if sent > 1 + told[_AGAIN, subject]:
            yield f"Letter {letter.id} was sent {sent} times."
        if letter.state == "sent" and not sent:
            yield f"Letter {letter.id} is called sent, but the audit trail does not say so."


def _written_twice(letters: Sequence[Letter]) -> Iterator[str]:
    places = Counter(
        (letter.notification_id, letter.address)
        for letter in letters
        if letter.notification_id is not None
    )
    for (notification, _), number in places.items():
        if number > 1:
            yield f"Notification {notification} was written {number} times to one address."


def _told(session: Session, case: Case) -> Counter[tuple[str, str]]:
    rows = session.execute(
        select(AuditEntry.event, AuditEntry.subject).where(
            AuditEntry.case_id == case.id, AuditEntry.event.in_((_SENT, _AGAIN))
        )
    )
    return Counter((row.event, row.subject) for row in rows)
