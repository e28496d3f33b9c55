"""What a person has typed and not sent."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import drafts
from engine.errors import Invalid, NotFound
from engine.people import Actor
from engine.runtime import tasks
from engine.runtime.start import NoRoleHere
from engine.runtime.tasks import NotYourRole
from engine.store import tables
from engine.store.database import Database
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    answers_of,
    open_row,
    start_case,
)
from tests.persons import make_person

TYPED = {"concern": ["What the school said"], "contact_channel": ["letter"]}


@pytest.fixture
def database(deployed: Database) -> Database:
    return deployed


@pytest.fixture
def task(database: Database) -> int:
    return open_row(database, start_case(database, child_may_be_in_need=False), "record_contact").id


def person(database: Database, name: str = "one", *, role: str = "information_officer") -> Actor:
    return make_person(database, name, role)


def keep(
    database: Database, task: int, by: Actor, boxes: dict[str, list[str]] | None = None
) -> None:
    with database.writing() as session:
        drafts.keep(session, task, TYPED if boxes is None else boxes, by=by, now=NOW)


def found(database: Database, task: int, by: Actor) -> drafts.Draft | None:
    with database.reading() as session:
        return drafts.find(session, task, by)


def test_a_draft_is_given_back_as_it_was_last_saved(database: Database, task: int) -> None:
    by = person(database)
    keep(database, task, by, {"concern": ["first"]})
    keep(database, task, by)

    draft = found(database, task, by)

    assert draft == drafts.Draft(boxes=TYPED, saved_at=NOW)


def test_nobody_sees_what_another_has_typed(database: Database, task: int) -> None:
    keep(database, task, person(database))

    assert found(database, task, person(database, "two")) is None


def test_what_is_no_answer_is_not_kept(database: Database, task: int) -> None:
    by = person(database)
    keep(database, task, by, {"csrf_token": ["x"], "_add": ["children"], "concern": ["a\x00b"]})

    draft = found(database, task, by)

    assert draft is not None
    assert draft.boxes == {"concern": ["ab"]}


def test_a_forgotten_draft_is_gone_and_the_others_stay(database: Database, task: int) -> None:
    one, two = person(database), person(database, "two")
    keep(database, task, one)
    keep(database, task, two)

    with database.writing() as session:
        drafts.forget(session, task, by=one)

    assert found(database, task, one) is None
    assert found(database, task, two) is not None


def test_a_draft_outlives_a_task_that_somebody_else_completed(
    database: Database, task: int
) -> None:
    by, other = person(database), person(database, "two")
    given = answers_of(database, task)
    with database.writing() as session:
        tasks.complete(session, task, given, by=other, now=NOW)

    keep(database, task, by)
    with database.writing() as session:
        late = drafts.keep(session, task, {}, by=by, now=NOW, if_open=True)

    assert late is None
    draft = found(database, task, by)
    assert draft is not None
    assert draft.boxes == TYPED


def test_the_form_of_an_ended_task_still_gives_its_questions(database: Database, task: int) -> None:
    by = person(database)
    given = answers_of(database, task)
    with database.writing() as session:
        tasks.complete(session, task, given, by=by, now=NOW)
        form = drafts.form_of(session, task, by=by)

    assert form is not None
    assert form.id == "record_contact"


def test_only_whoever_may_act_keeps_a_draft(database: Database, task: int) -> None:
    manager = person(database, role="duty_manager")
    stranger = Actor(kind="person", id=4711, name="Nobody")

    with pytest.raises(NotYourRole):
        keep(database, task, manager)
    with pytest.raises(NotFound):
        keep(database, task, stranger)


def test_a_draft_is_not_a_place_to_fill_the_disk(database: Database, task: int) -> None:
    with pytest.raises(Invalid, match="1,000,000"):
        keep(database, task, person(database), {"concern": ["x" * drafts.MOST_TEXT]})


def test_the_draft_of_a_contact_is_one_for_each_authority(database: Database) -> None:
    by = person(database)
    with database.writing() as session:
        drafts.keep_intake(session, AUTHORITY, TYPED, by=by, now=NOW)
        later = NOW + timedelta(minutes=5)
        drafts.keep_intake(session, AUTHORITY, {"concern": ["x"]}, by=by, now=later)

    with database.writing() as session:
        draft = drafts.find_intake(session, AUTHORITY, by)
        assert draft == drafts.Draft(boxes={"concern": ["x"]}, saved_at=later)
        with pytest.raises(NoRoleHere):
            drafts.keep_intake(session, "elsewhere", TYPED, by=by, now=NOW)
        drafts.forget_intake(session, AUTHORITY, by=by)
        count = session.scalar(select(func.count()).select_from(tables.IntakeDraft))

    assert count == 0
