"""One case: a front-door process instance with its deadlines, in the words of the procedure.

The same object serves a scenario in memory and a real case in the database: what differs is only
who keeps the state between two steps.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from engine.casework import effects as fx
from engine.casework.answers import (
    InvalidAnswers,
    asked,
    clauses_shown,
    validate_answers,
)
from engine.casework.clocks import NEVER, CaseClocks, Ledger, OpenDeadline
from engine.casework.facts import complete_facts, plain, timing_problems
from engine.casework.translate import Translator, about_deadline, child_of, role_of
from engine.definitions.model import AuthorityDefinition, Element, Field, Form
from engine.errors import Invalid, NotFound
from engine.execution import Execution, OpenTask, Program

FRONT_DOOR = "front_door"
AUTHORISATION_FACT = "manager_authorises"
STRATEGY_FACT = "strategy_outcome"


@dataclass(frozen=True, kw_only=True)
class CaseTask:
    """A user task that waits in a case; `variables` is what is known where it stands."""

    id: str
    process_id: str
    element_id: str
    name: str
    role: str
    child: str | None
    form: Form
    variables: Mapping[str, Any]
    clauses: tuple[str, ...]
    documentation: str
    deadlines: tuple[OpenDeadline, ...]  # the clocks that run around it, soonest first


class CaseRun:
    """A running case. Every change is one step; `take_effects` hands over what the step did."""

    def __init__(
        self, definition: AuthorityDefinition, execution: Execution, ledger: Ledger
    ) -> None:
        self.definition = definition
        self._execution = execution
        self._ledger = ledger
        self._translator = Translator(definition, CaseClocks(definition), ledger)
        self._effects: list[fx.Effect] = []
        self._was_finished = execution.is_complete
        self._collect()

    @classmethod
    def start(
        cls,
        definition: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        case_id: str,
        now: datetime,
    ) -> "CaseRun":
        """Start a case from what is known of the contact, and run it to its first wait.

        Raises InvalidFacts, with a sentence for each fact that will not do.
        """
        variables = complete_facts(definition, facts, now=now)
        received_at = datetime.fromisoformat(variables["received_at"])
        variables["received_out_of_hours"] = not definition.calendar.is_open(received_at)
        variables["case_id"] = case_id
        execution = Execution.start(
            program_of(definition),
            FRONT_DOOR,
            variables,
            now=now,
            clocks=CaseClocks(definition),
        )
        return cls(definition, execution, Ledger())

    @classmethod
    def restore(cls, definition: AuthorityDefinition, state: str) -> "CaseRun":
        """Return the case that `dump` saved."""
        saved = json.loads(state)
        execution = Execution.restore(
            program_of(definition), saved["execution"], clocks=CaseClocks(definition)
        )
        return cls(definition, execution, Ledger.from_json(saved["deadlines"]))

    def dump(self) -> str:
        """Return the case's state as text; it grows with what is open, not with what is past."""
        saved = {"execution": self._execution.dump(), "deadlines": self._ledger.to_json()}
        return json.dumps(saved, separators=(",", ":"))

    def take_effects(self) -> tuple[fx.Effect, ...]:
        """Return what has happened since the last call, and forget it."""
        taken, self._effects = tuple(self._effects), []
        return taken

    def open_tasks(self) -> tuple[CaseTask, ...]:
        """Return the user tasks that wait, in the order in which they opened."""
        return tuple(self._case_task(task) for task in self._execution.open_tasks())

    def task(self, task_id: str) -> CaseTask:
        """Return one waiting user task. Raises NotFound when it does not wait here."""
        for task in self._execution.open_tasks():
            if task.id == task_id:
                return self._case_task(task)
        raise NotFound(f"the case has no open user task {task_id}")

    def open_deadlines(self) -> tuple[OpenDeadline, ...]:
        """Return the clocks that run, soonest first."""
        return tuple(sorted(self._ledger, key=lambda entry: (entry.due_at, entry.id)))

    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None:
        """Complete a user task and run on to the next wait.

        Raises InvalidAnswers with a sentence for each field, NotFound when the task is not open.
        """
        task = self.task(task_id)
        zone = self.definition.calendar.zone
        clean, problems = validate_answers(task.form, answers, task.variables, zone=zone)
        if not problems:
            problems = timing_problems(self.definition, clean, task.variables, now=now)
        if problems:
            raise InvalidAnswers(problems)
        done = self._task_effects(task, clean, now=now)
        self._execution.complete(task_id, clean, now=now)
        self._effects.extend(done)
        self._collect()

    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool:
        """Deliver a message that arrived at `at`; say whether anything was waiting for it.

        Raises Invalid for a message that is none of the vocabulary's.
        """
        if message not in self.definition.vocabulary.messages:
            known = ", ".join(self.definition.vocabulary.messages)
            raise Invalid(f"'{message}' is no message; there are {known}")
        waits = (w for w in self._execution.waiting_messages() if w.message == message)
        waiting = next(waits, None)
        if waiting is not None:
            arrived = plain(at, self.definition.calendar.zone)
            self._execution.deliver(message, key=waiting.key, variables={message: arrived}, now=now)
        self._effects.append(
            fx.MessageReceived(
                at=at,
                process_id=FRONT_DOOR,
                element_id="",
                name=self.definition.vocabulary.messages[message],
                message=message,
                expected=waiting is not None,
            )
        )
        self._collect()
        return waiting is not None

    def waiting_messages(self) -> tuple[str, ...]:
        """Return the names of the messages that something waits for."""
        return tuple(dict.fromkeys(w.message for w in self._execution.waiting_messages()))

    def wake(self, *, now: datetime) -> None:
        """Give the warnings and fire the timers that are due, and run on to the next wait."""
        for entry in tuple(self._ledger):
            if entry.warns_by(now) and entry.due_at > now:
                self._warn(entry, now=now)
        self._execution.wake(now=now)
        self._collect()

    def next_wake(self) -> datetime | None:
        """Return when `wake` has something to do, or None when only people are waited for."""
        instants = (self._execution.next_due(), self._ledger.next_warning())
        return min((i for i in instants if i is not None and i < NEVER), default=None)

    @property
    def is_finished(self) -> bool:
        """Nothing is left to do or to wait for."""
        return self._execution.is_complete

    @property
    def waits_only_for_referrer(self) -> bool:
        """Nothing is left but what the referrer may yet send."""
        return not self._execution.open_tasks() and all(
            entry.owner == "referrer" for entry in self._ledger
        )

    def next_own_wake(self) -> datetime | None:
        """Return when a clock that is not the referrer's rings next."""
        referrers = {entry.id for entry in self._ledger if entry.owner == "referrer"}
        timers = (
            timer.due
            for timer in self._execution.waiting_timers()
            if timer.activity not in referrers and timer.due < NEVER
        )
        return min(timers, default=None)

    def _case_task(self, task: OpenTask) -> CaseTask:
        element = self._element(task)
        clocks = [entry for entry in self._ledger if self._runs_around(entry, task)]
        return CaseTask(
            id=task.id,
            process_id=task.process_id,
            element_id=task.element_id,
            name=element.name,
            role=role_of(element, task.variables),
            child=child_of(task.variables),
            form=self.definition.forms[str(element.form_id)],
            variables=task.variables,
            clauses=element.clauses,
            documentation=element.documentation,
            deadlines=tuple(sorted(clocks, key=lambda entry: entry.due_at)),
        )

    def _runs_around(self, entry: OpenDeadline, task: OpenTask) -> bool:
        return entry.host == task.id or entry.host in task.enclosing

    def _element(self, task: OpenTask) -> Element:
        return self.definition.processes[task.process_id].elements[task.element_id]

    def _task_effects(
        self, task: CaseTask, answers: Mapping[str, Any], *, now: datetime
    ) -> Iterable[fx.Effect]:
        known = {**task.variables, **answers}
        shown = clauses_shown(task.form, known)
        about: dict[str, Any] = {
            "at": now,
            "process_id": task.process_id,
            "element_id": task.element_id,
            "name": task.name,
            "clauses": tuple(dict.fromkeys((*task.clauses, *shown))),
            "child": task.child,
        }
        done: list[fx.Effect] = [fx.TaskCompleted(task=task.id, answers=dict(answers), **about)]
        if answers.get(AUTHORISATION_FACT) is True:
            done.append(fx.Authorised(role=task.role, **about))
        if STRATEGY_FACT in answers:
            done.append(fx.StrategyDecided(outcome=answers[STRATEGY_FACT], **about))
        return done

    def _warn(self, entry: OpenDeadline, *, now: datetime) -> None:
        self._ledger.warn(entry.id)
        about = about_deadline(self.definition, entry, at=now)
        roles = {t.role for t in self.open_tasks() if entry.id in {d.id for d in t.deadlines}}
        self._effects.append(
            fx.DeadlineWarned(
                deadline=entry.id,
                deadline_name=entry.name,
                due=entry.due_at,
                roles=tuple(sorted(roles)),
                **about,
            )
        )
        self._effects.append(
            fx.NotificationSent(recipient="manager", kind="warning", product=True, **about)
        )

    def _collect(self) -> None:
        self._effects.extend(self._translator.translate(self._execution.take_events()))
        if self.is_finished and not self._was_finished:
            self._was_finished = True
            last = self._effects[-1]
            self._effects.append(
                fx.CaseFinished(at=last.at, process_id=FRONT_DOOR, element_id="", name="")
            )


def unanswered(task: CaseTask, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the visible fields of a task that have no answer yet."""
    fields = asked(task.form, {**task.variables, **answers})
    return tuple(field for field in fields if field.key not in answers)


@lru_cache(maxsize=64)
def program_of(definition: AuthorityDefinition) -> Program:
    """Return the executable form of an authority's diagrams: made once for each definition."""
    return Program.compile(definition.processes, definition.decisions)
