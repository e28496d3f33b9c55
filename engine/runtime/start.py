"""Starts a case from what is known of a contact."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.casework import CaseRun, complete_facts
from engine.errors import Refused
from engine.people import Actor
from engine.runtime.persist import LiveCase, Step, save
from engine.runtime.rows import Place, write_known
from engine.store.deployed import current_of, definition_for
from engine.store.tables import Case, CaseStatus, Deployment

# No letters that look or sound like another; long enough that nobody finds a case by guessing.
_LETTERS = "23456789BCDFGHJKMPQRTVWXY"


class NoRoleHere(Refused):
    """Whoever asks holds no role in the authority."""


def start(
    session: Session, authority: str, facts: Mapping[str, Any], *, by: Actor, now: datetime
) -> Case:
    """Start a case by the authority's current version and run it to its first wait.

    Raises InvalidFacts with a sentence for each fact that will not do.
    """
    deployment = current_of(session, authority)
    if not by.may_see_cases_of(authority):
        raise NoRoleHere(f"You hold no role in {deployment.authority_name}")
    return start_under(session, deployment, facts, by=by.key, now=now)


def start_under(
    session: Session, deployment: Deployment, facts: Mapping[str, Any], *, by: str, now: datetime
) -> Case:
    """Start a case by a given version."""
    definition = definition_for(session, deployment.id)
    known = complete_facts(definition, facts, now=now)
    received_at = datetime.fromisoformat(known["received_at"])
    case = Case(
        reference=_reference(),
        authority=deployment.authority,
        deployment_id=deployment.id,
        status=CaseStatus.OPEN,
        received_at=received_at,
        received_out_of_hours=not definition.calendar.is_open(received_at),
        referrer_kind=_word(known.get("referrer_kind")),
        started_at=now,
        started_by=by,
        last_step_at=now,
        version=0,
    )
    session.add(case)
    session.flush()
    run = CaseRun.start(definition, known, case_id=str(case.id), now=now)
    place = Place(
        session=session, case_id=case.id, authority=case.authority, step=1, by=by, now=now
    )
    write_known(place, {"children": [], **known})
    step = Step(event="case.started", subject=f"case:{case.id}", by=by, now=now)
    return save(session, LiveCase(case=case, definition=definition, run=run), step)


def _reference() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None
