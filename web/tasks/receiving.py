"""What a browser sends of a user task: boxes, files to keep, files to take out."""

from flask import request

from engine import documents, drafts
from engine.documents import NotKept, Upload
from web import clock
from web.auth import actor
from web.database import writing
from web.forms import Boxes
from web.tasks.pages import Page

TAKEN_OUT = "Taken out of the form before the task was completed"


def boxes_sent() -> Boxes:
    """The boxes of the posted form."""
    return request.form.to_dict(flat=False)


def said(boxes: Boxes) -> dict[str, list[str]]:
    """The boxes of questions in which something stands, to compare what was typed by."""
    texts = {name: [text.replace("\r\n", "\n") for text in found] for name, found in boxes.items()}
    return {
        name: found
        for name, found in texts.items()
        if any(found) and name != "csrf_token" and not name.startswith("_")
    }


def keep_draft(task_id: int, boxes: Boxes) -> None:
    """Save what was typed, for whoever typed it."""
    with writing() as store:
        drafts.keep(store, task_id, boxes, by=actor(), now=clock.now())


def keep_files(page: Page) -> dict[str, str]:
    """Keep the files that were sent, and give what is wrong with those that cannot be kept."""
    problems: dict[str, str] = {}
    for field in page.file_fields if page.may_fill else ():
        key = str(field.key)
        for sent in request.files.getlist(key):
            if sent.filename:
                upload = Upload(
                    name=sent.filename, media_type=sent.mimetype, content=sent.stream.read()
                )
                if problem := _kept(page, key, upload):
                    problems[key] = problem
    return problems


def take_out(page: Page, document_id: str) -> None:
    """Take a file out that the task's own questions have; any other is left alone."""
    own = {str(line.id): line.id for lines in page.files.values() for line in lines}
    if document_id in own and page.may_fill:
        with writing() as store:
            documents.remove(store, own[document_id], TAKEN_OUT, by=actor(), now=clock.now())


def _kept(page: Page, key: str, upload: Upload) -> str | None:
    row = page.task.row
    try:
        with writing() as store:
            documents.add(
                store, row.case_id, upload, by=actor(), now=clock.now(), task_id=row.id, field=key
            )
    except NotKept as problem:
        return f"{upload.name}: {problem}"
    return None
