"""A referral from the open page: it starts its case at once, and once only."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.runtime import start
from engine.store.deployed import current, current_of, definition_for
from engine.store.tables import Case, PublicRequest, ReferrerAccess

REFERRER = Actor(kind="system", id="referrer", name="The page for referrers")
WITHIN = timedelta(hours=1)


class TooManyRequests(Refused):
    """More has come from one place than people send."""


class SentTwice(Refused):
    """The same referral is being taken at this very moment; look again for its case."""


@dataclass(frozen=True, kw_only=True)
class Referred:
    """A referral that was taken."""

    reference: str
    authority: str
    received_at: datetime


def online_authorities(session: Session) -> tuple[tuple[str, str], ...]:
    """Give the authorities that take referrals on the open page: their ids and names."""
    return tuple(
        (line.authority, line.name)
        for line in current(session)
        if "online_referral" in definition_for(session, line.id).settings
    )


def refer(
    session: Session, authority: str, facts: Mapping[str, Any], *, code: str, now: datetime
) -> Referred:
    """Start a case from what a referrer says; the same code comes to the same case.

    The authority's file says what its start form asks and no referrer can know. Raises NotFound
    where the authority takes no referrals here, InvalidFacts for facts that will not do, SentTwice
    when the same referral is just being taken.
    """
    deployment = current_of(session, authority)
    settings = definition_for(session, deployment.id).settings
    if "online_referral" not in settings:
        raise NotFound("This authority takes no referrals on this page.")
    if before := referred_before(session, code):
        return before
    minute = now.replace(second=0, microsecond=0)  # as staff write it, who may confirm it later
    told = {"received_at": now, "first_contact_at": minute, "contact_channel": "online_form"}
    known = {**settings["online_referral"], **facts, **told}
    case = start.start_under(session, deployment, known, by=REFERRER.key, now=now)
    session.add(
        ReferrerAccess(
            case_id=case.id,
            code_hash=hash_of(code),
            referrer_kind=str(facts["referrer_kind"]),
            made_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError as error:
        raise SentTwice("The same referral is being taken just now.") from error
    return _referred(case)


def referred_before(session: Session, code: str) -> Referred | None:
    """Give what was taken with this code, if anything was."""
    row = session.scalar(select(ReferrerAccess).where(ReferrerAccess.code_hash == hash_of(code)))
    return None if row is None else _referred(session.get_one(Case, row.case_id))


def hash_of(code: str) -> str:
    """Give what is kept of a code, in whatever way its holder writes it."""
    letters = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def count_request(session: Session, origin_hash: str, *, most: int, now: datetime) -> None:
    """Count a request from this place. Raises TooManyRequests beyond so many within the hour."""
    own = PublicRequest.origin_hash == origin_hash
    recent = session.scalar(
        select(func.count()).select_from(PublicRequest).where(own, PublicRequest.at > now - WITHIN)
    )
    if (recent or 0) >= most:
        raise TooManyRequests("Too much has been sent from your place within the last hour.")
    session.add(PublicRequest(origin_hash=origin_hash, at=now))


def forget_requests(session: Session, *, now: datetime) -> None:
    """Forget where requests came from, whoever sent them, once they no longer count."""
    session.execute(delete(PublicRequest).where(PublicRequest.at <= now - WITHIN))


def _referred(case: Case) -> Referred:
    return Referred(
        reference=case.reference, authority=case.authority, received_at=case.received_at
    )
