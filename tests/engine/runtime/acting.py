"""Acts on a case as a whole, and what is seen of it then."""

from datetime import timedelta

from engine import doctor
from engine.runtime import acts, timers
from engine.runtime.waiting import waiting_timer
from engine.store.tables import (
    Case,
    Deadline,
)
from tests.engine.runtime.playing import (
    NOW,
    complete_next,
    everybody,
    open_rows,
)

REASON = "Recorded twice: the school rang again about the same child."
HOUR = timedelta(hours=1)
LATER = NOW + 2000 * HOUR  # after every clock of the referrer
CHILD = {"name": "Ana Vale", "date_of_birth": "2017-05-04", "gender": "2", "ethnicity": "WBRI"}


def act(database, case_id, what, *, by=None, now=NOW, reason=REASON, **more):
    with database.writing() as session:
        return what(session, case_id, reason, by=by or everybody(), now=now, **more)


def correct(database, case_id, fact, value, *, now=NOW + HOUR, by=None, **more):
    given = {"reason": REASON, **more}
    with database.writing() as session:
        return acts.correct(session, case_id, fact, value, by=by or everybody(), now=now, **given)


def case_of(database, case_id):
    with database.reading() as session:
        return session.get_one(Case, case_id)


def open_clocks(database, case_id):
    with database.reading() as session:
        rows = session.query(Deadline).filter_by(case_id=case_id, ended_at=None)
        return {row.deadline: row.due_at for row in rows}


def findings(database, *, now=NOW + HOUR):
    with database.reading() as session:
        return doctor.check_invariants(session, now=now)


def finish(database, case_id, *, now=NOW, **facts):
    """Complete what waits, and let the clocks of the referrer run out."""
    for _ in range(60):
        if complete_next(database, case_id, now=now, **facts) is None:
            with database.writing() as session:
                timer = waiting_timer(session, case_id)
                if timer is None:
                    return
                timers.wake(session, case_id, now=max(now, timer.due_at))
    raise AssertionError("the case does not come to an end")


def run_to(database, case_id, element, *, now=NOW, **facts):
    for _ in range(20):
        for row in open_rows(database, case_id):
            if row.element_id == element:
                return row
        complete_next(database, case_id, now=now, **facts)
    raise AssertionError(f"the case does not come to {element}")
