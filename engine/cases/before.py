"""What stands before a task: what was decided of it last, and what was last answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.cases.answered import Done, asked_then
from engine.cases.known import said
from engine.cases.lately import LastDecision, in_few_words
from engine.casework import CaseTask
from engine.definitions.model import AuthorityDefinition
from engine.store.tables import Decision, TimelineEvent

_OF_ALL = Decision.child.is_(None)


@dataclass(frozen=True, kw_only=True)
class AnswersBefore:
    """What a task before this one was answered with: pairs of a question and its answer."""

    task_name: str
    by_name: str
    at: datetime
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Before:
    """What somebody should have read before they act on a task."""

    decision: LastDecision | None
    answered: AnswersBefore | None


def before(
    session: Session, case_id: int, definition: AuthorityDefinition, task: CaseTask, completed: Done
) -> Before:
    """Give what stands before a task, of its own child where it is about one.

    `task` knows only what its reader may see, so nothing more is told here; what the task asks
    itself is left to its questions.
    """
    row = session.scalars(
        select(Decision)
        .where(Decision.case_id == case_id, (Decision.child == task.child) | _OF_ALL)
        .order_by(Decision.child.is_(None), Decision.step.desc(), Decision.position.desc())
        .limit(1)
    ).first()
    return Before(
        decision=None if row is None else in_few_words(row, definition),
        answered=next(_answered(session, definition, task, completed), None),
    )


def _answered(
    session: Session, definition: AuthorityDefinition, task: CaseTask, completed: Done
) -> Iterator[AnswersBefore]:
    near = [(row, by) for row, by in completed if row.child in (task.child, None)]
    for row, by in reversed(near):
        if answers := tuple(_in_words(row, definition, task)):
            yield AnswersBefore(
                task_name=row.name,
                by_name=people.names(session, [by])[by],
                at=row.at,
                answers=answers,
            )


def _in_words(
    row: TimelineEvent, definition: AuthorityDefinition, task: CaseTask
) -> Iterator[tuple[str, str]]:
    own = {field.key for field in task.form.walk()}
    answers = row.detail["answers"]
    for field in asked_then(definition, row):
        key = str(field.key)
        value = answers.get(key)
        if value is not None and key not in own and task.variables.get(key) == value:
            yield field.label, said(field, value)
