"""Where tokens move: a process instance, and the called processes and sub-processes inside it."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.errors import Invalid
from engine.execution.branches import branch_of, come_to, leave_at, outside, prune
from engine.execution.environment import FeelEngine
from engine.execution.events import Event, Overrule, nobody_overrules
from engine.execution.limits import Limits, Variables
from engine.execution.tokens import ACTIVE, Token, failed, in_order, lineage

if TYPE_CHECKING:
    from engine.execution.program import Program
    from engine.execution.specs import ProcessSpec

PRUNE_EVERY = 500  # automatic steps; keeps the history within one call short
AnyEvent = TypeVar("AnyEvent", bound=Event)


class Clocks(Protocol):
    """Knows when a deadline is due."""

    def due(
        self, properties: Mapping[str, str], variables: Mapping[str, Any], *, now: datetime
    ) -> datetime | None:
        """Return the instant that `deadline.due` stands for; None until its message comes."""


class Scope(BpmnBaseWorkflow):
    """The tokens of one process or sub-process, from its start event to its last end event."""

    spec: "ProcessSpec"
    tasks: dict[str, Token]
    top_workflow: "ProcessInstance"
    host: Token | None  # the call activity or sub-process that this runs for
    path: tuple[str, ...]
    level: int

    def open(self, *, host: Token | None) -> None:
        """Set up an empty scope; tokens are spawned or restored into it."""
        self.host = host
        self.path = (*host.workflow.path, host.entry) if host else ()
        self.level = host.workflow.level + 1 if host else 1

    @property
    def active(self) -> list[Token]:
        """Return the tokens that are somewhere in the diagram, oldest first."""
        return [token for token in self.tasks.values() if token._state & ACTIVE]

    def begin(self, variables: Variables) -> None:
        """Put a token on the start event."""
        token = Token(self, self.spec.start, parent=None)
        token.data = variables
        token.task_spec._update(token)

    def end(self, token: Token) -> None:
        """Take note that a token has ended; the scope completes with its last one.

        What it wrote is kept at the fork where it parted from the others, for them to take on
        when they join or end.
        """
        branch, fork = branch_of(token, self.active)
        if fork is None:
            self.complete(token)
        else:
            leave_at(fork, branch, when=self.top_workflow.last_id)

    def complete(self, last: Token) -> None:
        """Complete the scope with what its last token and those before it have come to."""
        self.completed = True
        self.data = come_to(list(lineage(last)), outside(last))
        if self.host is not None:
            self.top_workflow.subprocesses.pop(self.host.id)
            self.host.task_spec.child_completed(self.host, self.data)

    def _task_completed_notify(self, task: Token) -> None:
        """Nothing: a scope counts its tokens itself."""


class ProcessInstance(Scope, BpmnWorkflow):
    """One process instance: the outermost scope, and what all inside it share."""

    now: datetime
    overrule: Overrule  # of the step in hand: never saved

    def __init__(self, program: "Program", spec: "ProcessSpec", *, clocks: Clocks, limits: Limits):
        self.program = program
        self.clocks = clocks
        self.limits = limits
        self.last_id = 0
        self.steps = 0
        self.prune_at = PRUNE_EVERY
        self.queue: deque[Token] = deque()
        self.events: list[Event] = []
        BpmnWorkflow.__init__(
            self, spec, program.specs, script_engine=FeelEngine(), deserializing=True
        )
        self.open(host=None)

    def at(self, now: datetime) -> None:
        """Begin a step of the process instance at this instant."""
        self.now = now
        self.steps = 0
        self.prune_at = PRUNE_EVERY
        self.script_engine.environment.now = now
        self.overrule = nobody_overrules

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return this process instance and everything open inside it, outer ones first."""
        return (self, *self.subprocesses.values())

    @property
    def waiting(self) -> dict[str, Token]:
        """Return the tokens that wait for a timer, a message or something thrown, by id."""
        found: dict[str, Token] = self.event_manager.tasks
        return found

    def watching(self, host: Token) -> list[Token]:
        """Return the armed boundary events of an activity, in the order in which they were."""
        return [t for t in in_order(self.waiting) if t.internal_data.get("host") == host.id]

    def next_id(self) -> str:
        """Return an id that no other token of this process instance has or had."""
        self.last_id += 1
        return str(self.last_id)

    def count(self, token: Token) -> None:
        """Take note of a new token; too many in one call are a diagram that never waits."""
        self.steps += 1
        if self.steps > self.limits.steps:
            raise failed(token, f"More than {self.limits.steps:,} automatic steps without a wait")

    def create_subprocess(self, my_task: Token, spec_name: str) -> "ChildScope":
        """Open the scope of a called process or sub-process."""
        child = ChildScope(self.program.specs[spec_name], host=my_task)
        self.subprocesses[my_task.id] = child
        return child

    def settle(self) -> None:
        """Run automatic steps until people, timers or messages are all that is waited for."""
        while True:
            while self.queue:
                self._run(self.queue.popleft())
            if not any(scope.spec.release(scope) for scope in self.scopes if scope.spec.joins):
                return

    def evaluate(self, token: Token, expression: str, context: Mapping[str, Any]) -> Any:
        """Return a FEEL expression's value as JSON data; a fault names the token's element."""
        try:
            return self.script_engine.environment.evaluate(expression, context)
        except Invalid as error:
            raise failed(token, f"'{expression}' cannot be evaluated: {error}") from error

    def record(self, kind: type[AnyEvent], token: Token, seen: Variables, **details: Any) -> None:
        """Write down that something happened at the token's element."""
        event = kind(
            at=self.now,
            process_id=token.task_spec.process_id,
            element_id=token.task_spec.element.id,
            activity=token.id,
            path=token.path,
            variables=seen,
            **details,
        )
        self.events.append(event)

    def _run(self, token: Token) -> None:
        if self.steps >= self.prune_at:
            self.prune_at = self.steps + PRUNE_EVERY
            for scope in self.scopes:
                scope.tasks = prune(scope.tasks)
        token.run()


class ChildScope(Scope, BpmnSubWorkflow):
    """A called process, or a sub-process, inside a process instance."""

    def __init__(self, spec: "ProcessSpec", *, host: Token) -> None:
        self.top_workflow = host.workflow.top_workflow
        self.parent_task_id = host.id
        self.correlations: dict[str, Any] = {}
        self.depth = host.workflow.level
        BpmnBaseWorkflow.__init__(self, spec, deserializing=True)
        self.open(host=host)
