"""Files that belong to a case."""

import pytest
from sqlalchemy import select

from engine import audit, documents
from engine.documents import AlreadyRemoved, NotKept, Upload
from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from engine.runtime import tasks
from engine.store.database import Database
from engine.store.tables import AuditEntry, Document
from tests.engine.documents import samples
from tests.engine.runtime.playing import (
    NOW,
    answers_of,
    everybody,
    open_row,
    start_case,
)

LETTER = Upload(name="letter.pdf", media_type="text/html", content=samples.PDF)
STRANGER = Actor(kind="person", id=4711, name="Nobody")


@pytest.fixture
def database(deployed: Database) -> Database:
    return deployed


@pytest.fixture
def case(database: Database) -> int:
    return start_case(database, child_may_be_in_need=False)


def add(database: Database, case: int, upload: Upload = LETTER, **where: object) -> int:
    with database.writing() as session:
        return documents.add(session, case, upload, by=everybody(), now=NOW, **where)


def events(database: Database, case: int) -> list[str]:
    with database.reading() as session:
        query = select(AuditEntry.event).where(AuditEntry.case_id == case)
        return list(session.scalars(query.order_by(AuditEntry.sequence)))


def test_a_file_is_kept_as_what_it_is_and_noted_in_the_audit_trail(
    database: Database, case: int
) -> None:
    id_ = add(database, case)

    with database.reading() as session:
        (line,) = documents.of_case(session, case, everybody())
        found = documents.content(session, id_, everybody())
        assert list(audit.verify(session)) == []
    assert (line.name, line.media_type, line.size) == ("letter.pdf", "application/pdf", 17)
    assert found.content == samples.PDF
    assert events(database, case) == ["case.started", "document.added"]


def test_the_same_file_sent_twice_is_kept_once(database: Database, case: int) -> None:
    task = open_row(database, case, "record_contact").id

    assert add(database, case) == add(database, case)
    assert add(database, case, task_id=task, field="letters") != add(database, case)


def test_what_is_taken_out_leaves_its_name_and_the_reason(database: Database, case: int) -> None:
    id_ = add(database, case)

    with database.writing() as session:
        documents.remove(session, id_, "Of another family", everybody(), NOW)

    with database.reading() as session:
        (line,) = documents.of_case(session, case, everybody())
        assert (line.removed_reason, line.removed_at) == ("Of another family", NOW)
        assert session.scalar(select(Document.content).where(Document.id == id_)) == b""
        with pytest.raises(NotFound):
            documents.content(session, id_, everybody())
    with database.writing() as session, pytest.raises(AlreadyRemoved):
        documents.remove(session, id_, "again", everybody(), NOW)
    assert events(database, case)[-1] == "document.removed"


def test_nothing_is_taken_out_without_a_reason(database: Database, case: int) -> None:
    id_ = add(database, case)

    with database.writing() as session, pytest.raises(Invalid, match="Write why"):
        documents.remove(session, id_, "  ", everybody(), NOW)


def test_whoever_may_not_see_the_case_sees_none_of_its_files(database: Database, case: int) -> None:
    id_ = add(database, case)

    with database.writing() as session:
        with pytest.raises(NotFound):
            documents.of_case(session, case, STRANGER)
        with pytest.raises(NotFound):
            documents.content(session, id_, STRANGER)
        with pytest.raises(NotFound):
            documents.remove(session, id_, "mine", STRANGER, NOW)
        with pytest.raises(NotFound):
            documents.add(session, case, LETTER, by=STRANGER, now=NOW)


def test_a_question_keeps_its_files_until_its_task_ends(database: Database, case: int) -> None:
    task = open_row(database, case, "record_contact").id
    add(database, case, task_id=task, field="letters")
    with database.reading() as session:
        assert [line.field for line in documents.of_task(session, case, task)] == ["letters"]
    given = answers_of(database, task)

    with database.writing() as session:
        tasks.complete(session, task, given, by=everybody(), now=NOW)

    with pytest.raises(Refused, match="page of the case"):
        add(database, case, Upload(name="b.txt", media_type="", content=b"b"), task_id=task)
    with pytest.raises(NotFound):
        add(database, start_case(database), task_id=task)


def test_a_case_has_no_end_of_documents(
    database: Database, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.documents.keeping.MOST_DOCUMENTS", 1)
    add(database, case)

    with pytest.raises(NotKept, match="1 documents already"):
        add(database, case, Upload(name="b.txt", media_type="", content=b"b"))
