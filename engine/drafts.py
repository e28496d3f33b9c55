"""What a person has typed and not sent: kept for them alone, until it is sent or discarded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.definitions.model import Form
from engine.errors import Invalid, NotFound
from engine.people import Actor, Person
from engine.runtime import confidential
from engine.runtime.start import NoRoleHere
from engine.runtime.tasks import NotYourRole
from engine.store import tables
from engine.store.deployed import definition_for
from engine.store.tables import Case, IntakeDraft, UserTask

MOST_TEXT = 1_000_000  # characters of all boxes together

Boxes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Boxes as they were when they were last saved."""

    boxes: dict[str, list[str]]
    saved_at: datetime


def keep(
    session: Session,
    task_id: int,
    boxes: Boxes,
    *,
    by: Actor,
    now: datetime,
    if_open: bool = False,
) -> Draft | None:
    """Save what a person has typed into a task; it replaces what they had typed before.

    A task that somebody else has claimed or completed keeps the draft too, for nothing typed may
    be lost. With `if_open`, for what a page saves by itself, an ended task keeps nothing: None.
    """
    row = _task(session, task_id, by=by, lock=True)
    if not by.holds(row.authority, row.role):
        raise NotYourRole("This task is for a role that you do not hold.")
    if if_open and row.ended_at is not None:
        return None
    found = session.get(tables.Draft, (task_id, _person(by)))
    if found is None:
        found = tables.Draft(task_id=task_id, person_id=_person(by))
        session.add(found)
    found.answers, found.saved_at = _kept(boxes), now
    session.flush()
    return Draft(boxes=found.answers, saved_at=now)


def find(session: Session, task_id: int, by: Actor) -> Draft | None:
    """Give a person's own draft of a task."""
    if by.kind != "person":
        return None
    return _draft(session.get(tables.Draft, (task_id, _person(by))))


def forget(session: Session, task_id: int, *, by: Actor) -> None:
    """Throw a person's own draft away: the task is done, or they do not want it."""
    if by.kind == "person":
        own = (tables.Draft.task_id == task_id) & (tables.Draft.person_id == _person(by))
        session.execute(delete(tables.Draft).where(own))


def form_of(session: Session, task_id: int, *, by: Actor) -> Form | None:
    """Give the form of a task, ended or not, so that a draft can be read with its questions."""
    row = _task(session, task_id, by=by)
    case = session.get_one(Case, row.case_id)
    form = definition_for(session, case.deployment_id).forms.get(row.form_id or "")
    return form and confidential.shown_form(form, confidential.hidden_in(session, case, by))


def keep_intake(
    session: Session, authority: str, boxes: Boxes, *, by: Actor, now: datetime
) -> Draft:
    """Save the contact that a person has begun to type in for an authority."""
    if not by.may_see_cases_of(authority):
        raise NoRoleHere(f"You hold no role in {authority}")
    person_id = _person(by)
    # Held until the end, so that two saves at once come one after the other.
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
    found = session.get(IntakeDraft, (person_id, authority))
    if found is None:
        found = IntakeDraft(person_id=person_id, authority=authority)
        session.add(found)
    found.answers, found.saved_at = _kept(boxes), now
    session.flush()
    return Draft(boxes=found.answers, saved_at=now)


def find_intake(session: Session, authority: str, by: Actor) -> Draft | None:
    """Give the contact that a person has begun to type in for an authority."""
    if by.kind != "person":
        return None
    return _draft(session.get(IntakeDraft, (_person(by), authority)))


def forget_intake(session: Session, authority: str, *, by: Actor) -> None:
    """Throw away the contact that a person has begun to type in."""
    if by.kind == "person":
        own = (IntakeDraft.person_id == _person(by)) & (IntakeDraft.authority == authority)
        session.execute(delete(IntakeDraft).where(own))


def _task(session: Session, task_id: int, *, by: Actor, lock: bool = False) -> UserTask:
    query = select(UserTask).where(UserTask.id == task_id)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None or not by.may_see_cases_of(row.authority):
        raise NotFound(f"there is no user task {task_id}")
    return row


def _person(by: Actor) -> int:
    if by.kind != "person":
        raise Invalid("Only people keep drafts")
    return int(by.id)


def _kept(boxes: Boxes) -> dict[str, list[str]]:
    """The boxes of questions alone, without what a database cannot hold."""
    kept = {
        name: [text.replace("\x00", "") for text in texts]
        for name, texts in boxes.items()
        if name != "csrf_token" and not name.startswith("_") and "\x00" not in name
    }
    if sum(len(name) + sum(map(len, texts)) for name, texts in kept.items()) > MOST_TEXT:
        raise Invalid(f"The draft has more than {MOST_TEXT:,} characters; shorten it")
    return kept


def _draft(row: tables.Draft | IntakeDraft | None) -> Draft | None:
    return None if row is None else Draft(boxes=row.answers, saved_at=row.saved_at)
