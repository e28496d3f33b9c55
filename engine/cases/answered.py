"""Who answered what a page shows as known, and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import people
from engine.casework import CaseTask, start_form
from engine.casework.tasks import AUTHORISATION_FACT, STRATEGY_FACT
from engine.definitions.model import AuthorityDefinition, Field
from engine.store.tables import Case, Correction, TimelineEvent
from engine.store.timeline import told

How = Literal["start", "task", "correction"]
# One word of the vocabulary for what several tasks decide, each for itself.
_DECISIONS = frozenset({"manager_choice", "responses", "assessment_authorised", STRATEGY_FACT})


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an answer comes from: the page that a contact starts from, a task, a correction.

    `same_question` says that it was asked in the same words with the same choices; `elsewhere`,
    that another task asked, so that this one does not simply come round again.
    """

    how: How
    by_name: str
    at: datetime
    same_question: bool
    elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class _Said:
    fact: str
    value: Any
    child: str | None
    how: How
    by: str
    at: datetime
    field: Field | None = None  # the question that it answered
    element_id: str = ""


Done = Sequence[tuple[TimelineEvent, str]]


def done(session: Session, case_id: int) -> Done:
    """Give the tasks of a case that were completed, in order, each with the key of who did it."""
    rows = session.execute(
        told(case_id, ("task.completed",)).order_by(TimelineEvent.step, TimelineEvent.position)
    )
    found = [(row, by) for row, by in rows]
    people.names(session, (by for _, by in found))  # at once for everybody whom a page names
    return found


def origins(
    session: Session,
    case_id: int,
    definition: AuthorityDefinition,
    task: CaseTask,
    completed: Done,
) -> dict[str, Origin]:
    """Give, by fact, who last said what a task knows; nothing for what no person said.

    `task` knows only what its reader may see, so nothing more is told here.
    """
    asked = {str(field.key): field for field in task.form.walk()}
    wanted = {fact for fact in asked if task.variables.get(fact) is not None}
    said = [*_at_the_start(session, case_id, definition, task.variables)]
    said += _in_tasks(completed, definition)
    latest = _latest(said, task)
    if wanted - set(latest):
        latest = _latest([*said, *_corrected(session, case_id)], task)
    named = people.names(session, (one.by for fact, one in latest.items() if fact in wanted))
    return {
        fact: Origin(
            how=one.how,
            by_name=named[one.by],
            at=one.at,
            same_question=_is_same(one.field, asked[fact]),
            elsewhere=one.element_id != task.element_id,
        )
        for fact, one in latest.items()
        if fact in wanted
    }


def _latest(said: list[_Said], task: CaseTask) -> dict[str, _Said]:
    """By fact, the last word that still holds where the task stands."""
    return {
        one.fact: one
        for one in sorted(said, key=lambda one: one.at)
        if one.child in (None, task.child) and task.variables.get(one.fact) == one.value
    }


def is_decided_afresh(fact: str, origin: Origin | None) -> bool:
    """Say whether what is known must not stand in the boxes, because it is this task's decision."""
    if fact == AUTHORISATION_FACT:
        return True
    return fact in _DECISIONS and (origin is None or not origin.same_question)


def _is_same(then: Field | None, now: Field) -> bool:
    if then is None:
        return False
    return (then.label, then.options) == (now.label, now.options)


def _corrected(session: Session, case_id: int) -> Iterator[_Said]:
    for row in session.scalars(select(Correction).where(Correction.case_id == case_id)):
        yield _Said(
            fact=row.fact,
            value=row.after,
            child=row.child,
            how="correction",
            by=row.by,
            at=row.at,
        )


def _at_the_start(
    session: Session, case_id: int, definition: AuthorityDefinition, known: Mapping[str, Any]
) -> Iterator[_Said]:
    case, form = session.get_one(Case, case_id), start_form(definition)
    for field in form.walk() if form else ():
        if field.key and field.key in known:
            yield _Said(
                fact=field.key,
                value=known[field.key],
                child=None,
                how="start",
                by=case.started_by,
                at=case.started_at,
                field=field,
            )


def _in_tasks(completed: Done, definition: AuthorityDefinition) -> Iterator[_Said]:
    for row, by in completed:
        fields = {field.key: field for field in asked_then(definition, row)}
        for fact, value in row.detail["answers"].items():
            yield _Said(
                fact=fact,
                value=value,
                child=row.child,
                how="task",
                by=by,
                at=row.at,
                field=fields.get(fact),
                element_id=row.element_id,
            )


def asked_then(definition: AuthorityDefinition, row: TimelineEvent) -> Iterator[Field]:
    """Give the questions of a task that was completed."""
    process = definition.processes.get(row.process_id)
    element = process.elements.get(row.element_id) if process else None
    form = definition.forms.get(element.form_id or "") if element else None
    return form.walk() if form else iter(())
