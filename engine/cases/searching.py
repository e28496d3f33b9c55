"""The search over cases that a person last made, kept here so that no address carries a name."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy.orm import Session

from engine import audit
from engine.cases.listing import CaseList
from engine.cases.wanted import CaseFilter
from engine.errors import Refused
from engine.people import Actor
from engine.store.tables import PersonView

PAGE = "cases"
_KEPT = tuple(field.name for field in fields(CaseFilter) if field.name not in ("before", "after"))


def kept_search(session: Session, by: Actor) -> CaseFilter:
    """Give the person's search, or one for everything; what can no longer be wanted is left out."""
    row = session.get(PersonView, (_person(by), PAGE))
    kept = {} if row is None else row.settings
    return CaseFilter(**{name: kept[name] for name in _KEPT if name in kept})


def keep_search(session: Session, wanted: CaseFilter, *, by: Actor) -> None:
    """Keep what the person searches for, in the place of what they searched for before."""
    settings = {name: getattr(wanted, name) for name in _KEPT}
    session.merge(PersonView(person_id=_person(by), page=PAGE, settings=settings))


def _person(by: Actor) -> int:
    if by.kind != "person":
        raise Refused("Only people keep a search.")
    return int(by.id)


def record_export(session: Session, found: CaseList, *, by: Actor, now: datetime) -> None:
    """Keep in the audit trail that a list was taken away, and how many cases stood in it."""
    about = audit.About(subject="cases", detail={"cases": len(found.lines)})
    audit.record(session, "cases.exported", about, by=by.key, now=now)
