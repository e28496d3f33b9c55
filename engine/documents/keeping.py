"""Files that belong to a case: kept with it, shown to those who see it, taken out with a reason."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine import audit, people
from engine.documents.kinds import NotKept, file_name, media_type_of
from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from engine.runtime.persist import lock
from engine.store.tables import Case, Document, UserTask

MOST_DOCUMENTS = 100  # of one case, so that its page stays a page


class AlreadyRemoved(Refused):
    """Somebody has taken the document out already."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent; what its sender says of its type counts for nothing."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    """A document as a list shows it; one that was taken out says by whom, when and why."""

    id: int
    case_id: int
    task_id: int | None
    field: str | None
    name: str
    media_type: str
    size: int  # in bytes
    added_by_name: str
    added_at: datetime
    removed_by_name: str | None
    removed_at: datetime | None
    removed_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Content:
    """A document's bytes with the name and type to send them by."""

    name: str
    media_type: str
    content: bytes


def add(  # noqa: PLR0913 - what is kept, where it belongs, who and when
    session: Session,
    case_id: int,
    upload: Upload,
    *,
    by: Actor,
    now: datetime,
    task_id: int | None = None,
    field: str | None = None,
) -> int:
    """Keep a file with a case, and give its id; the same file sent twice is kept once.

    Raises NotKept with a sentence where the file is too large, empty or of no type that is kept.
    """
    media_type = media_type_of(upload.content)
    people.seen_case(session, case_id, by=by)
    case = lock(session, case_id)
    if task_id is not None:
        _check_task(session, case_id, task_id)
    digest = hashlib.sha256(upload.content).hexdigest()
    same = _same(session, case_id, task_id, field, digest)
    if same is not None:
        return same
    _refuse_too_many(session, case_id)
    row = Document(
        case_id=case_id,
        task_id=task_id,
        field=field,
        name=file_name(upload.name, media_type),
        media_type=media_type,
        size=len(upload.content),
        sha256=digest,
        content=upload.content,
        added_by=by.key,
        added_at=now,
    )
    session.add(row)
    session.flush()
    _audit(session, "document.added", row, case, by=by, now=now)
    return row.id


def of_case(session: Session, case_id: int, by: Actor) -> tuple[DocumentLine, ...]:
    """Give a case's documents in the order in which they came, those taken out too."""
    people.seen_case(session, case_id, by=by)
    return _lines(session, select(Document).where(Document.case_id == case_id))


def of_task(session: Session, case_id: int, task_id: int) -> tuple[DocumentLine, ...]:
    """Give the documents that a task's questions have, without those taken out."""
    query = select(Document).where(
        Document.case_id == case_id, Document.task_id == task_id, Document.removed_at.is_(None)
    )
    return _lines(session, query)


def content(session: Session, document_id: int, by: Actor) -> Content:
    """Give what is in a document. NotFound where the actor may not see it or it was taken out."""
    row = _found(session, document_id, by=by)
    if row.removed_at is not None:
        raise NotFound(f"document {document_id} has been taken out")
    return Content(name=row.name, media_type=row.media_type, content=row.content)


def remove(session: Session, document_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Take a document out: its content goes for good; its name, and who and why, stay."""
    if not reason.strip():
        raise Invalid("Write why the document is taken out")
    row = _found(session, document_id, by=by)
    case = lock(session, row.case_id)
    session.refresh(row)
    if row.removed_at is not None:
        raise AlreadyRemoved("The document has been taken out already.")
    row.removed_by, row.removed_at, row.removed_reason = by.key, now, reason.strip()
    row.content = b""
    _audit(session, "document.removed", row, case, by=by, now=now)


def _found(session: Session, document_id: int, *, by: Actor) -> Document:
    row = session.get(Document, document_id)
    case = session.get(Case, row.case_id) if row is not None else None
    if row is None or case is None or not by.may_see_cases_of(case.authority):
        raise NotFound(f"there is no document {document_id}")
    return row


def _check_task(session: Session, case_id: int, task_id: int) -> None:
    task = session.get(UserTask, task_id)
    if task is None or task.case_id != case_id:
        raise NotFound(f"the case has no user task {task_id}")
    if task.ended_at is not None:
        raise Refused("The task has ended; add the document on the page of the case.")


def _same(
    session: Session, case_id: int, task_id: int | None, field: str | None, digest: str
) -> int | None:
    return session.scalar(
        select(Document.id).where(
            Document.case_id == case_id,
            Document.task_id.is_(None) if task_id is None else Document.task_id == task_id,
            Document.field.is_(None) if field is None else Document.field == field,
            Document.sha256 == digest,
            Document.removed_at.is_(None),
        )
    )


def _refuse_too_many(session: Session, case_id: int) -> None:
    kept = session.scalar(
        select(func.count())
        .select_from(Document)
        .where(Document.case_id == case_id, Document.removed_at.is_(None))
    )
    if (kept or 0) >= MOST_DOCUMENTS:
        raise NotKept(f"The case has {MOST_DOCUMENTS} documents already; take one out first.")


def _lines(session: Session, query: Select[Document]) -> tuple[DocumentLine, ...]:
    rows = session.scalars(query.order_by(Document.id)).all()
    named = people.names(session, _actors(rows))
    return tuple(
        DocumentLine(
            id=row.id,
            case_id=row.case_id,
            task_id=row.task_id,
            field=row.field,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            added_by_name=named[row.added_by],
            added_at=row.added_at,
            removed_by_name=named[row.removed_by] if row.removed_by else None,
            removed_at=row.removed_at,
            removed_reason=row.removed_reason,
        )
        for row in rows
    )


def _actors(rows: Sequence[Document]) -> Iterator[str | None]:
    for row in rows:
        yield row.added_by
        yield row.removed_by


def _audit(
    session: Session, event: str, row: Document, case: Case, *, by: Actor, now: datetime
) -> None:
    about = audit.About(
        subject=f"document:{row.id}",
        case_id=case.id,
        deployment_id=case.deployment_id,
        detail={"sha256": row.sha256, "size": row.size},
    )
    audit.record(session, event, about, by=by.key, now=now)
