"""Letters and e-mails: written in the step that tells somebody something, sent afterwards, once."""

from engine.outbox.desk import (
    LIST_STATES,
    LetterLine,
    LetterPage,
    Letters,
    came_back,
    listing,
    of_case,
    page,
    printed,
    returned,
    try_again,
)
from engine.outbox.post import Post
from engine.outbox.reminding import Reminder, write_reminder
from engine.outbox.sending import deliver
from engine.outbox.writing import Occasion, write

__all__ = [
    "LIST_STATES",
    "LetterLine",
    "LetterPage",
    "Letters",
    "Occasion",
    "Post",
    "Reminder",
    "came_back",
    "deliver",
    "listing",
    "of_case",
    "page",
    "printed",
    "returned",
    "try_again",
    "write",
    "write_reminder",
]
