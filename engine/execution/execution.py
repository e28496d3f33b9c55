"""One process instance in memory: start or restore it, act on it, save it, ask what happened."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import Refused
from engine.execution import state as saved
from engine.execution.correcting import Correction
from engine.execution.events import Event, Overrule, nobody_overrules
from engine.execution.known import known_in
from engine.execution.limits import STANDARD, Limits, check_variables
from engine.execution.messages import awaits
from engine.execution.program import Program
from engine.execution.scope import Clocks, ProcessInstance
from engine.execution.timers import due_of, is_timer
from engine.execution.tokens import READY, Token, in_order

__all__ = ["Clocks", "Execution", "OpenTask", "WaitingMessage", "WaitingTimer"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something is waited for; `activity` is the id that the events name too."""

    activity: str
    element_id: str
    process_id: str
    path: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """A user task that waits; `id` is its activity, the same over save and restore.

    `enclosing` has the ids of the activities around it, innermost first.
    """

    id: str
    element_id: str
    process_id: str
    path: tuple[str, ...]
    enclosing: tuple[str, ...]
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WaitingTimer(Place):
    """An armed timer; `host` is the activity that a boundary timer watches."""

    due: datetime
    host: str | None


@dataclass(frozen=True, kw_only=True)
class WaitingMessage(Place):
    """A message that is waited for; without a key any key will do."""

    message: str
    key: str | None


class Execution:
    """One process instance. After `ExecutionFailed` it must be thrown away, never saved."""

    def __init__(self, instance: ProcessInstance) -> None:
        self._instance = instance
        self._is_sound = True

    @classmethod
    def start(
        cls,
        program: Program,
        process_id: str,
        variables: Mapping[str, Any],
        *,
        now: datetime,
        clocks: Clocks,
        limits: Limits = STANDARD,
    ) -> "Execution":
        """Start a process and run it to its first wait."""
        spec = program.spec(process_id)
        execution = cls(ProcessInstance(program, spec, clocks=clocks, limits=limits))
        execution._begin(variables, now=now)
        return execution

    @classmethod
    def restore(
        cls,
        program: Program,
        state: str,
        *,
        clocks: Clocks,
        limits: Limits = STANDARD,
    ) -> "Execution":
        """Return the execution that `dump` saved; raises `Invalid` where the program differs."""
        return cls(saved.load(program, state, clocks=clocks, limits=limits))

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is left to do."""
        return bool(self._instance.completed)

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables that a completed process instance has come to."""
        return dict(self._instance.data)

    def known(self) -> dict[str, Any]:
        """Return what is known anywhere in the process instance; of one name the latest wins."""
        return known_in(self._instance)

    def start_again(self, variables: Mapping[str, Any], *, now: datetime) -> None:
        """Start the same process from the beginning; no id is given a second time."""
        before = self._instance
        self._instance = ProcessInstance(
            before.program, before.spec, clocks=before.clocks, limits=before.limits
        )
        self._instance.last_id = before.last_id
        self._begin(variables, now=now)

    def put_right(self, correction: Correction) -> bool:
        """Replace what is known of a variable; say whether anything was known of it."""
        return correction.make_in(self._instance)

    def open_tasks(self) -> tuple[OpenTask, ...]:
        """Return the user tasks that wait, in the order in which they opened."""
        return tuple(
            OpenTask(
                id=token.id,
                element_id=token.task_spec.element.id,
                process_id=token.task_spec.process_id,
                path=token.path,
                enclosing=token.enclosing,
                variables=token.data,
            )
            for token in self._open().values()
        )

    def waiting_timers(self) -> tuple[WaitingTimer, ...]:
        """Return the armed timers, the next one first."""
        timers = (
            WaitingTimer(due=due_of(token), host=token.internal_data.get("host"), **_place(token))
            for token in self._timers()
        )
        return tuple(sorted(timers, key=lambda timer: (timer.due, int(timer.activity))))

    def waiting_messages(self) -> tuple[WaitingMessage, ...]:
        """Return the messages that are waited for."""
        return tuple(
            WaitingMessage(
                message=token.internal_data["message"],
                key=token.internal_data.get("key"),
                **_place(token),
            )
            for token in in_order(self._instance.waiting)
            if "message" in token.internal_data
        )

    def next_due(self) -> datetime | None:
        """Return the instant of the next timer."""
        return min(map(due_of, self._timers()), default=None)

    def complete(
        self,
        task_id: str,
        answers: Mapping[str, Any],
        *,
        now: datetime,
        overrule: Overrule = nobody_overrules,
    ) -> None:
        """Complete a user task. An act at the very instant a timer is due is in time.

        So is what follows at the same instant: a timer due just now is left to `wake`. What
        `overrule` gives takes the place of a decision table's outputs, in this step only.
        """
        check_variables(answers)
        if task_id not in self._open():
            raise Refused(f"The user task {task_id} is not open")
        with self._step(now):
            self._fire(lambda due: due < now)
            token = self._open().get(task_id)
            self._instance.overrule = overrule
            if token is not None:
                token.seen = {**token.data, **answers}
                token.run()
        if token is None:
            raise Refused(f"The user task {task_id} was withdrawn by a timer that was due before")

    def deliver(
        self,
        message: str,
        *,
        key: object,
        variables: Mapping[str, Any] | None = None,
        now: datetime,
    ) -> bool:
        """Hand over a message; return whether it was waited for. An early one is no error."""
        check_variables(variables or {})
        with self._step(now):
            self._fire(lambda due: due < now)
            content = {message: now.isoformat(), **(variables or {})}
            waiting = [
                token for token in in_order(self._instance.waiting) if awaits(token, message, key)
            ]
            for token in waiting:
                if token.id in self._instance.waiting:
                    token.task_spec.fire(token, content)
            if waiting:
                self._begin_clocks(message, content)
        return bool(waiting)

    def wake(self, *, now: datetime) -> None:
        """Fire every timer that is due."""
        with self._step(now):
            self._fire(lambda due: due <= now)

    def dump(self) -> str:
        """Return the state as JSON text, without the events that were not taken."""
        if not self._is_sound:
            raise Refused("A failed execution cannot be saved")
        return saved.dump(self._instance)

    def take_events(self) -> tuple[Event, ...]:
        """Return what has happened since they were last taken."""
        taken = tuple(self._instance.events)
        self._instance.events.clear()
        return taken

    def _begin(self, variables: Mapping[str, Any], *, now: datetime) -> None:
        check_variables(variables)
        with self._step(now):
            self._instance.begin(dict(variables))
        self.wake(now=now)

    @contextmanager
    def _step(self, now: datetime) -> Iterator[None]:
        """Do something, then run on until nothing is left to do at this instant."""
        if not self._is_sound:
            raise Refused("The execution has failed; restore it from its last saved state")
        self._is_sound = False
        self._instance.at(now)
        yield
        self._instance.settle()
        self._fire(lambda due: due < now)
        self._is_sound = True

    def _begin_clocks(self, message: str, content: dict[str, Any]) -> None:
        for token in in_order(self._instance.waiting):
            if token.internal_data.get("starts_with") == message:
                token.task_spec.begin_clock(token, content)

    def _fire(self, is_due: Callable[[datetime], bool]) -> None:
        while True:
            due = [token for token in self._timers() if is_due(due_of(token))]
            if not due:
                return
            first = min(due, key=lambda token: (due_of(token), int(token.id)))
            first.task_spec.fire(first)
            self._instance.settle()

    def _open(self) -> dict[str, Token]:
        found = {
            token.id: token
            for scope in self._instance.scopes
            for token in scope.tasks.values()
            if token._state == READY and not token.task_spec.is_automatic
        }
        return dict(sorted(found.items(), key=lambda item: int(item[0])))

    def _timers(self) -> Iterator[Token]:
        return (token for token in self._instance.waiting.values() if is_timer(token))


def _place(token: Token) -> dict[str, Any]:
    return {
        "activity": token.id,
        "element_id": token.task_spec.element.id,
        "process_id": token.task_spec.process_id,
        "path": token.path,
    }
