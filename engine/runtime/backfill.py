"""Search terms for cases that were started before there were any."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine import search_terms
from engine.runtime.persist import UNREADABLE, live
from engine.runtime.rows import Place, add_terms
from engine.store.database import Database
from engine.store.tables import Case, SearchTerm

MOST_AT_ONCE = 500  # cases of one transaction


def give_terms(database: Database, *, tell: Callable[[int], None]) -> int:
    """Let every case be found, and say how many could not be before; `tell` hears how far it is.

    It may be stopped at any moment and begun again: each transaction is whole by itself.
    """
    done = 0
    last = 0
    while True:
        with database.writing() as session:
            ids = _without_terms(session, after=last)
            for case_id in ids:
                _give(session, case_id)
        if not ids:
            return done
        done, last = done + len(ids), ids[-1]
        tell(done)


def _without_terms(session: Session, *, after: int) -> Sequence[int]:
    has_terms = exists().where(SearchTerm.case_id == Case.id)
    query = select(Case.id).where(Case.id > after, ~has_terms).order_by(Case.id)
    return session.scalars(query.limit(MOST_AT_ONCE).with_for_update()).all()


def _give(session: Session, case_id: int) -> None:
    case = session.get_one(Case, case_id)
    place = Place(
        session=session,
        case_id=case.id,
        authority=case.authority,
        step=case.version,
        by=case.started_by,
        now=case.last_step_at,
    )
    facts = _facts(session, case)
    children = facts.get("children")
    known = children if isinstance(children, list) else []
    add_terms(place, search_terms.terms_of(known, case.reference))
    add_terms(place, search_terms.terms_of_facts(facts))
    session.flush()
    session.expunge_all()  # so that a long list does not fill the memory


def _facts(session: Session, case: Case) -> Mapping[str, Any]:
    """What is known of the case; nothing where it cannot be read, so that the others go on."""
    try:
        return live(session, case).run.facts()
    except UNREADABLE:
        return {}
