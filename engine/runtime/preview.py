"""What completing a task would come to: the step run on a copy in memory, nothing saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.casework import Answers, CaseRun, InvalidAnswers, Override, possible_answers
from engine.casework import effects as fx
from engine.definitions.model import AuthorityDefinition
from engine.dmn import Table
from engine.dmn.explain.results import column_in_words, result_in_words
from engine.errors import Invalid, Refused
from engine.execution import ExecutionFailed
from engine.identifiers import spoken
from engine.people import Actor
from engine.runtime import judgement, tasks
from engine.runtime.persist import live


@dataclass(frozen=True, kw_only=True)
class RuleHit:
    """A row of a decision table that matches, with the clauses that it cites."""

    id: str
    description: str


@dataclass(frozen=True, kw_only=True)
class DecisionAhead:
    """A decision table that would be asked; `columns` is what somebody could put in its place."""

    decision_id: str
    label: str
    child: str | None
    outputs: Any
    words: str  # the outputs, to be read
    table_words: str  # what the table says, where an override stands in its place
    rules: tuple[RuleHit, ...]
    clauses: tuple[str, ...]
    columns: tuple[Answers, ...]
    said: tuple[tuple[str, ...], ...]  # the values of each of the columns, to be read
    override: Override | None


@dataclass(frozen=True, kw_only=True)
class TaskAhead:
    """A user task that would open."""

    name: str
    role: str
    role_label: str
    child: str | None


@dataclass(frozen=True, kw_only=True)
class LimitAhead:
    """A limit that would start or end; `met` is of one that ends."""

    name: str
    due_at: datetime
    explanation: str
    clauses: tuple[str, ...]
    child: str | None
    met: bool | None = None


@dataclass(frozen=True, kw_only=True)
class TellingAhead:
    """Somebody who would be told something."""

    recipient: str
    kind: str
    name: str
    clauses: tuple[str, ...]
    child: str | None
    product: bool


@dataclass(frozen=True, kw_only=True)
class WordAhead:
    """An outcome that would be reached, or a record that would be made."""

    word: str
    label: str
    child: str | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would follow; `problem` is a sentence where the step cannot be taken."""

    problem: str | None = None
    decisions: tuple[DecisionAhead, ...] = ()
    tasks: tuple[TaskAhead, ...] = ()
    withdrawn: tuple[str, ...] = ()  # names of other tasks that nobody would have to do any more
    limits_started: tuple[LimitAhead, ...] = ()
    limits_ended: tuple[LimitAhead, ...] = ()
    told: tuple[TellingAhead, ...] = ()
    outcomes: tuple[WordAhead, ...] = ()
    records: tuple[WordAhead, ...] = ()
    finishes_case: bool = False
    may_override: bool = False  # whoever asks may put their judgement in a table's place


def after(
    session: Session,
    task_id: int,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    overrides: Sequence[Override] = (),
) -> Preview:
    """Tell what completing an open task with these answers would come to; nothing is saved.

    Raises what opening the task's page does, and InvalidAnswers with a sentence for each field.
    """
    row, case = tasks.found(session, task_id, by=by)
    tasks.refuse_ended(session, row, case)
    copy = live(session, case)
    may_override = judgement.may_judge(copy.definition, by)
    try:
        tasks.complete_in_memory(copy, row.task, answers, by=by, now=now, overrides=overrides)
    except InvalidAnswers:
        raise
    except ExecutionFailed as failed:
        return Preview(problem=f"The step would fail: {failed.sentence}")
    except (Invalid, Refused) as refused:
        return Preview(problem=str(refused), may_override=may_override)
    return _told(copy.definition, copy.run, may_override=may_override)


def _told(definition: AuthorityDefinition, run: CaseRun, *, may_override: bool) -> Preview:
    effects = run.take_effects()
    still_open = {task.id for task in run.open_tasks()}
    opened = [e for e in effects if isinstance(e, fx.TaskOpened) and e.task in still_open]
    clocks = {entry.id for entry in run.open_deadlines()}
    begun = [e for e in effects if isinstance(e, fx.DeadlineStarted) and e.deadline in clocks]
    return Preview(
        decisions=tuple(_decisions(definition, effects)),
        tasks=tuple(_task(definition, effect) for effect in opened),
        withdrawn=tuple(e.name for e in effects if isinstance(e, fx.TaskWithdrawn)),
        limits_started=tuple(_limit(effect, effect.explanation) for effect in begun),
        limits_ended=tuple(
            _limit(e, "", met=e.met) for e in effects if isinstance(e, fx.DeadlineEnded)
        ),
        told=tuple(_telling(e) for e in effects if isinstance(e, fx.NotificationSent)),
        outcomes=tuple(
            _word(e.outcome, definition.vocabulary.outcomes, e)
            for e in effects
            if isinstance(e, fx.OutcomeReached)
        ),
        records=tuple(
            _word(e.record, definition.vocabulary.records, e)
            for e in effects
            if isinstance(e, fx.RecordMade)
        ),
        finishes_case=run.is_finished,
        may_override=may_override,
    )


def _decisions(
    definition: AuthorityDefinition, effects: Iterable[fx.Effect]
) -> Iterable[DecisionAhead]:
    for effect in effects:
        if isinstance(effect, fx.DecisionTaken):
            yield _decision(definition, effect)


def _decision(definition: AuthorityDefinition, effect: fx.DecisionTaken) -> DecisionAhead:
    decision = definition.decisions[effect.decision_id].decisions[effect.decision_id]
    rows = decision.table.rules if decision.table else ()
    columns = possible_answers(definition, effect.decision_id) if decision.table else ()
    return DecisionAhead(
        decision_id=effect.decision_id,
        label=decision.name,
        child=effect.child,
        outputs=effect.outputs,
        words=result_in_words(decision, effect.outputs),
        table_words=result_in_words(decision, effect.table_outputs),
        rules=tuple(
            RuleHit(id=row.id, description=row.description)
            for row in rows
            if row.id in effect.rules
        ),
        clauses=effect.clauses,
        columns=columns,
        said=tuple(_said(decision.table, columns)) if decision.table else (),
        override=effect.override,
    )


def _said(table: Table, columns: Iterable[Answers]) -> Iterable[tuple[str, ...]]:
    for place, column in enumerate(columns):
        yield tuple(column_in_words(table, place, value) for value in column.values or ())


def _task(definition: AuthorityDefinition, effect: fx.TaskOpened) -> TaskAhead:
    label = definition.roles.get(effect.role, effect.role)
    return TaskAhead(name=effect.name, role=effect.role, role_label=label, child=effect.child)


def _limit(
    effect: fx.DeadlineStarted | fx.DeadlineEnded, explanation: str, *, met: bool | None = None
) -> LimitAhead:
    return LimitAhead(
        name=effect.name or spoken(effect.deadline_name),
        due_at=effect.due,
        explanation=explanation,
        clauses=effect.clauses,
        child=effect.child,
        met=met,
    )


def _telling(effect: fx.NotificationSent) -> TellingAhead:
    return TellingAhead(
        recipient=effect.recipient,
        kind=effect.kind,
        name=effect.name,
        clauses=effect.clauses,
        child=effect.child,
        product=effect.product,
    )


def _word(word: str, labels: Mapping[str, str], effect: fx.Effect) -> WordAhead:
    return WordAhead(word=word, label=labels.get(word, word), child=effect.child)
