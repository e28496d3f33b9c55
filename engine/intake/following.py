"""What a referrer is told of what they sent: what the procedure has told them, and no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import search_terms
from engine.errors import NotFound
from engine.intake.expecting import PROFESSIONAL, recipient_of
from engine.intake.online import hash_of
from engine.store.deployed import definition_for
from engine.store.tables import Case, Notification, Outcome, ReferrerAccess

_KINDS = ("acknowledgement", "outcome", "general_response")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A notice that the procedure sent to the referrer."""

    at: datetime
    kind: str
    outcomes: tuple[str, ...]  # in words; only of an outcome, and only for a professional


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A referral as its referrer may see it: nothing of the child, nothing that was typed."""

    reference: str
    authority_name: str
    received_at: datetime
    is_professional: bool
    answers: tuple[Answer, ...]


def follow(session: Session, reference: str, code: str) -> Followed:
    """Give what the procedure has told this referrer. NotFound unless both fit together."""
    access = session.scalar(select(ReferrerAccess).where(ReferrerAccess.code_hash == hash_of(code)))
    case = None if access is None else session.get_one(Case, access.case_id)
    wanted = search_terms.reference_term(reference)
    if access is None or case is None or search_terms.reference_term(case.reference) != wanted:
        raise NotFound("The reference and the code do not belong together.")
    is_professional = access.referrer_kind == PROFESSIONAL
    notices = session.scalars(
        select(Notification)
        .where(
            Notification.case_id == case.id,
            Notification.recipient == recipient_of(access.referrer_kind),
            Notification.kind.in_(_KINDS),
            Notification.product.is_(False),
        )
        .order_by(Notification.step, Notification.position)
    ).all()
    return Followed(
        reference=case.reference,
        authority_name=definition_for(session, case.deployment_id).name,
        received_at=case.received_at,
        is_professional=is_professional,
        answers=tuple(
            Answer(
                at=notice.at,
                kind=notice.kind,
                outcomes=_outcomes(session, case, notice) if is_professional else (),
            )
            for notice in notices
        ),
    )


def _outcomes(session: Session, case: Case, notice: Notification) -> tuple[str, ...]:
    """What the outcome told of came to, without saying for which child.

    Whoever acts on a decision records its outcome after the notice has gone; what the case comes
    to later still, no notice has told.
    """
    if notice.kind != "outcome":
        return ()
    words = definition_for(session, case.deployment_id).vocabulary.outcomes
    rows = session.scalars(
        select(Outcome).where(Outcome.case_id == case.id).order_by(Outcome.step, Outcome.position)
    ).all()
    about = [row for row in rows if notice.child in (None, row.child)]
    found = [row for child in {row.child for row in about} for row in _told(about, child, notice)]
    found.sort(key=lambda row: (row.step, row.position))
    return tuple(dict.fromkeys(re.sub(r" \([A-Z]+-.*\)$", "", words[x.outcome]) for x in found))


def _told(rows: Sequence[Outcome], child: str | None, notice: Notification) -> list[Outcome]:
    """Of one child: what was come to by the time of the notice, else the first that followed."""
    own = [row for row in rows if row.child == child]
    last = max(notice.step, own[0].step)
    return [row for row in own if row.step <= last]
