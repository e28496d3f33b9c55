"""What a person sent: the answers, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from engine.casework import validate_answers, visible_fields
from engine.definitions.model import Form
from web.forms.boxes import Boxes
from web.forms.reading import read


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Answers for the engine; `problems` are by box name, and none means that they will do."""

    answers: Mapping[str, Any]
    problems: Mapping[str, str]


def submit(form: Form, boxes: Boxes, known: Mapping[str, Any], *, zone: ZoneInfo) -> Submission:
    """Read and check what was sent; what is wrong with a hidden field does not matter."""
    reading = read(form.fields, boxes, zone=zone)
    shown = {field.key for field in visible_fields(form, {**known, **reading.answers})}
    unreadable = {
        name: sentence
        for name, sentence in reading.problems.items()
        if name.partition(".")[0] in shown
    }
    _, problems = validate_answers(form, reading.answers, known, zone=zone)
    return Submission(answers=reading.answers, problems={**problems, **unreadable})
