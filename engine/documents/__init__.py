"""Files that belong to a case: what they are, kept with it, taken out with a reason."""

from engine.documents.keeping import (
    AlreadyRemoved,
    Content,
    DocumentLine,
    Upload,
    add,
    content,
    of_case,
    of_task,
    remove,
)
from engine.documents.kinds import ENDINGS, KINDS, MOST_BYTES, NotKept, media_type_of

__all__ = [
    "ENDINGS",
    "KINDS",
    "MOST_BYTES",
    "AlreadyRemoved",
    "Content",
    "DocumentLine",
    "NotKept",
    "Upload",
    "add",
    "content",
    "media_type_of",
    "of_case",
    "of_task",
    "remove",
]
