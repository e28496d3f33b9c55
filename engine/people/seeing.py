"""Cases as an actor meets them: one that is not theirs to see does not exist for them."""

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.people.actors import Actor
from engine.store.tables import Case


def seen_case(session: Session, case_id: int, *, by: Actor) -> Case:
    """Give a case that the actor may see.

    Raises NotFound in the same words for one that they may not see and for one that is not there,
    so that nobody learns which numbers are taken.
    """
    case = session.get(Case, case_id)
    if case is None or not by.may_see_cases_of(case.authority):
        raise NotFound(f"there is no case {case_id}")
    return case
