"""Something that arrived from outside while a case runs: what, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.definitions.model import AuthorityDefinition, Field, Form, Option
from web.forms import Boxes, Question, Submission, error_summary, fill, questions, submit


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """The form as it stands, and what is wrong with it."""

    questions: Sequence[Question]
    problems: Sequence[Mapping[str, str]]


def fresh(definition: AuthorityDefinition, *, now: datetime) -> Arrival:
    """An empty form with the present time."""
    form = _form(definition)
    moment = now.replace(second=0, microsecond=0).isoformat()
    boxes = fill(form.fields, {"arrived_at": moment}, zone=definition.calendar.zone)
    return again(definition, boxes, {})


def again(definition: AuthorityDefinition, boxes: Boxes, problems: Mapping[str, str]) -> Arrival:
    """The form with what was typed, and what is wrong with it."""
    asked = questions(_form(definition).fields, boxes, problems, {})
    return Arrival(questions=asked, problems=error_summary(asked))


def sent(definition: AuthorityDefinition, boxes: Boxes) -> Submission:
    """What was entered."""
    return submit(_form(definition), boxes, {}, zone=definition.calendar.zone)


def arrived(submission: Submission) -> tuple[str, datetime]:
    """The message that arrived, and when."""
    at = datetime.fromisoformat(str(submission.answers["arrived_at"]))
    return str(submission.answers["message"]), at


def _form(definition: AuthorityDefinition) -> Form:
    messages = definition.vocabulary.messages
    options = tuple(Option(value=id_, label=sentence) for id_, sentence in messages.items())
    what = Field(
        key="message", type="radio", label="What has arrived?", required=True, options=options
    )
    when = Field(
        key="arrived_at",
        type="datetime",
        subtype="datetime",
        label="When did it arrive?",
        required=True,
    )
    return Form(id="arrival", file="", fields=(what, when))
