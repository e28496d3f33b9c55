"""Writes single letters in a case."""

from functools import cache

from engine import definitions
from engine.outbox import Occasion
from engine.outbox.writing import Telling, put_down
from engine.store.tables import Case, ChildOfCase, Letter
from tests.engine.runtime.playing import (
    NOW,
    ROOT,
    definition,
    start_case,
)

ALL = definitions.authority_ids(ROOT)


@cache
def procedure(authority):
    return definitions.load_authority(ROOT, authority)


def occasion(session, case_id, of=None, **facts):
    return Occasion(
        case=session.get_one(Case, case_id), definition=of or definition(), facts=facts, now=NOW
    )


def tell(database, of=None, *, recipient, kind, child=None, names=(), facts=None):
    """Write one letter in a case, and give it."""
    case_id = start_case(database)
    with database.writing() as session:
        for position, name in enumerate(names):
            session.add(
                ChildOfCase(case_id=case_id, position=position, name=name, date_of_birth=None)
            )
        session.flush()
        telling = Telling(
            recipient=recipient, kind=kind, clauses=("SWK-93",), is_product=False, child=child
        )
        put_down(session, occasion(session, case_id, of, **(facts or {})), [telling])
        return session.query(Letter).order_by(Letter.id.desc()).first()


def disposals(*entries):
    return [{"name": n, "next_step": step, "responses": more} for n, step, more in entries]
