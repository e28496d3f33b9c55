"""One step of a case in one transaction; a step that fails leaves an incident behind."""

from collections.abc import Callable
from types import TracebackType

from sqlalchemy.orm import Session

from engine.runtime import incident
from web import auth, clock
from web.database import writing


class step:  # noqa: N801 - reads as a verb where it is used: `with step(...) as store`
    """A writing unit for an act on the case that `case_of` finds.

    When a step of the procedure fails, or the programme itself, the unit is rolled back, somebody
    is made to look, and what was raised goes on its way.
    """

    def __init__(self, case_of: Callable[[Session], int]) -> None:
        self._case_of = case_of
        self._unit = writing()

    def __enter__(self) -> Session:
        return self._unit.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._unit.__exit__(kind, error, trace)
        finally:
            failure = incident.failure_of(error) if isinstance(error, Exception) else None
            if failure is not None:
                self._leave_incident(failure)

    def _leave_incident(self, failure: incident.Failure) -> None:
        with writing() as store:
            case_id = self._case_of(store)
            incident.record(store, case_id, failure, by=auth.actor(), now=clock.now())
