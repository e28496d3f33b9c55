"""A case as it stands: what waits in it and what runs, saved and restored."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from engine.casework import effects as fx
from engine.casework.clocks import NEVER, CaseClocks, Ledger, OpenDeadline
from engine.casework.tasks import CaseTask
from engine.casework.translate import Translator, child_of, role_of
from engine.definitions.model import AuthorityDefinition, Element
from engine.errors import NotFound
from engine.execution import Execution, OpenTask, Program, WaitingMessage

FRONT_DOOR = "front_door"


class StandingCase:
    """A case between two steps. `take_effects` hands over what the last step did."""

    def __init__(
        self, definition: AuthorityDefinition, execution: Execution, ledger: Ledger
    ) -> None:
        self.definition = definition
        self._execution = execution
        self._ledger = ledger
        self._translator = Translator(definition, CaseClocks(definition), ledger)
        self._effects: list[fx.Effect] = []
        self._is_withdrawn = False
        self._was_finished = execution.is_complete
        self._collect()

    @classmethod
    def restore(cls, definition: AuthorityDefinition, state: str) -> Self:
        """Return the case that `dump` saved."""
        saved = json.loads(state)
        execution = Execution.restore(
            program_of(definition), saved["execution"], clocks=CaseClocks(definition)
        )
        case = cls(definition, execution, Ledger.from_json(saved["deadlines"]))
        case._is_withdrawn = saved.get("withdrawn", False)
        return case

    def dump(self) -> str:
        """Return the case's state as text; it grows with what is open, not with what is past."""
        saved: dict[str, Any] = {
            "execution": self._execution.dump(),
            "deadlines": self._ledger.to_json(),
        }
        if self._is_withdrawn:
            saved["withdrawn"] = True
        return json.dumps(saved, separators=(",", ":"))

    def take_effects(self) -> tuple[fx.Effect, ...]:
        """Return what has happened since the last call, and forget it."""
        taken, self._effects = tuple(self._effects), []
        return taken

    def facts(self) -> dict[str, Any]:
        """Return what is known of the case as a whole, and not only where one task stands."""
        return self._execution.known()

    def open_tasks(self) -> tuple[CaseTask, ...]:
        """Return the user tasks that wait, in the order in which they opened."""
        if self._is_withdrawn:
            return ()
        return tuple(self._case_task(task) for task in self._execution.open_tasks())

    def task(self, task_id: str) -> CaseTask:
        """Return one waiting user task. Raises NotFound when it does not wait here."""
        for task in self.open_tasks():
            if task.id == task_id:
                return task
        raise NotFound(f"the case has no open user task {task_id}")

    def open_deadlines(self) -> tuple[OpenDeadline, ...]:
        """Return the clocks that run, soonest first."""
        if self._is_withdrawn:
            return ()
        return tuple(sorted(self._ledger, key=lambda entry: (entry.due_at, entry.id)))

    def waiting_messages(self) -> tuple[str, ...]:
        """Return the names of the messages that something waits for."""
        return tuple(dict.fromkeys(w.message for w in self._waiting()))

    def next_wake(self) -> datetime | None:
        """Return when `wake` has something to do, or None when only people are waited for."""
        if self._is_withdrawn:
            return None
        instants = (self._execution.next_due(), self._ledger.next_warning())
        return min((i for i in instants if i is not None and i < NEVER), default=None)

    @property
    def is_finished(self) -> bool:
        """Nothing is left to do or to wait for."""
        return self._is_withdrawn or self._execution.is_complete

    @property
    def is_withdrawn(self) -> bool:
        """Somebody has taken the case off everybody's desk; it can go on from where it was."""
        return self._is_withdrawn

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

    def _waiting(self) -> tuple[WaitingMessage, ...]:
        return () if self._is_withdrawn else self._execution.waiting_messages()

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

    def _collect(self) -> None:
        self._effects.extend(self._translator.translate(self._execution.take_events()))
        if self._execution.is_complete and not self._was_finished:
            self._was_finished = True
            last = self._effects[-1]
            self._effects.append(
                fx.CaseFinished(at=last.at, process_id=FRONT_DOOR, element_id="", name="")
            )


@lru_cache(maxsize=64)
def program_of(definition: AuthorityDefinition) -> Program:
    """Return the executable form of an authority's diagrams: made once for each definition."""
    return Program.compile(definition.processes, definition.decisions)
