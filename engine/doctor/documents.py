"""Examines the documents of one case: what is kept is what was added."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import AuditEntry, Case, Document


def of_documents(session: Session, case: Case) -> Iterator[str]:
    """Say which documents of a case are not what the audit trail says was added."""
    rows = session.execute(
        select(AuditEntry.subject, AuditEntry.detail).where(
            AuditEntry.case_id == case.id, AuditEntry.event == "document.added"
        )
    )
    added = {subject: detail["sha256"] for subject, detail in rows}
    kept = session.scalars(select(Document).where(Document.case_id == case.id)).all()
    for document in kept:
        digest = hashlib.sha256(document.content).hexdigest()
        is_whole = document.removed_at is not None or digest == document.sha256
        if not is_whole or added.get(f"document:{document.id}") != document.sha256:
            yield f"Document {document.id} is not what was added."
    missing = added.keys() - {f"document:{document.id}" for document in kept}
    if missing:
        yield f"{len(missing)} documents that were added are no longer there."
