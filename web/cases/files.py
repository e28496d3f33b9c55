"""Documents of a case: seen, added, taken to look at, taken out with a reason."""

from collections.abc import Mapping

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine import cases, documents
from engine.documents import NotKept, Upload
from engine.errors import NotFound
from web import clock
from web.auth import Access, actor, requires
from web.cases import top
from web.cases.blueprint import bp
from web.database import reading, writing


@bp.get("/cases/<int:case_id>/documents")
@requires(Access.CASEWORK)
def documents_list(case_id: int) -> ResponseReturnValue:
    """The documents and the records of a case."""
    return _show(case_id)


@bp.post("/cases/<int:case_id>/documents")
@requires(Access.CASEWORK)
def add_document(case_id: int) -> ResponseReturnValue:
    """Keep a document with the case."""
    sent = request.files.get("document")
    if sent is None or not sent.filename:
        return _show(case_id, {"document": "Choose a file"}), 422
    upload = Upload(name=sent.filename, media_type=sent.mimetype, content=sent.stream.read())
    try:
        with writing() as store:
            documents.add(store, case_id, upload, by=actor(), now=clock.now())
    except NotKept as problem:
        return _show(case_id, {"document": str(problem)}), 422
    flash("The document is kept.")
    return redirect(url_for(".documents_list", case_id=case_id))


@bp.get("/cases/<int:case_id>/documents/<int:document_id>")
@requires(Access.CASEWORK)
def download(case_id: int, document_id: int) -> ResponseReturnValue:
    """A document, to be saved: no browser shows it as a page of ours."""
    with reading() as store:
        _check_of_case(case_id, document_id, documents.of_case(store, case_id, actor()))
        found = documents.content(store, document_id, actor())
    response = Response(found.content, mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@bp.post("/cases/<int:case_id>/documents/<int:document_id>/remove")
@requires(Access.CASEWORK)
def remove_document(case_id: int, document_id: int) -> ResponseReturnValue:
    """Take a document out; its name, and who did so and why, stay."""
    reason = request.form.get("reason", "")
    if not reason.strip():
        return _show(case_id, {f"reason-{document_id}": "Write why the document is taken out"}), 422
    with writing() as store:
        _check_of_case(case_id, document_id, documents.of_case(store, case_id, actor()))
        documents.remove(store, document_id, reason, by=actor(), now=clock.now())
    flash("The document is taken out.")
    return redirect(url_for(".documents_list", case_id=case_id))


def _show(case_id: int, problems: Mapping[str, str] | None = None) -> str:
    with reading() as store:
        found = top.load(store, case_id)
        kept = documents.of_case(store, case_id, actor())
        written = cases.records(store, found.mast, found.definition, top.number())
    summary = [{"text": text, "href": f"#{box}"} for box, text in (problems or {}).items()]
    return top.show(
        "cases/documents.html",
        found,
        part="documents_list",
        documents=kept,
        list=written,
        problems=problems or {},
        problems_found=summary,
    )


def _check_of_case(
    case_id: int, document_id: int, kept: tuple[documents.DocumentLine, ...]
) -> None:
    if document_id not in {line.id for line in kept}:
        raise NotFound("The case has no such document.")
