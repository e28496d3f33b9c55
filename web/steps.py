"""One step of a case in one transaction; a step that fails leaves an incident behind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.runtime import incident
from web import auth, clock
from web.database import writing


@contextmanager
def step(case_of: Callable[[Session], int]) -> Iterator[Session]:
    """A writing unit for an act on the case that `case_of` finds.

    When a step of the procedure fails, the unit is rolled back and somebody is made to look.
    """
    try:
        with writing() as store:
            yield store
    except Refused as refused:
        failure = incident.failure_of(refused)
        if failure is not None:
            with writing() as store:
                by = auth.actor()
                incident.record(store, case_of(store), failure, by=by, now=clock.now())
        raise
