"""Tokens: one visit to one element each, as tasks in SpiffWorkflow's tree."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.limits import ExecutionFailed, Variables

if TYPE_CHECKING:
    from engine.execution.scope import Scope
    from engine.execution.steps import Step

ACTIVE = TaskState.FUTURE | TaskState.WAITING | TaskState.READY | TaskState.STARTED
READY, WAITING, STARTED = TaskState.READY, TaskState.WAITING, TaskState.STARTED
COMPLETED, CANCELLED = TaskState.COMPLETED, TaskState.CANCELLED


class Token(Task):
    """One visit to one element.

    SpiffWorkflow's task without its clock, its random ids and its guesses at the future. `via` is
    the sequence flow it came by; `internal_data` is JSON data too, and saved.
    """

    id: str
    workflow: "Scope"
    task_spec: "Step"
    data: Variables
    internal_data: dict[str, Any]

    def __init__(
        self, scope: "Scope", spec: "Step", *, parent: "Token | None", via: str | None = None
    ) -> None:
        self.restore(scope, spec, identity=scope.top_workflow.next_id(), state=TaskState.FUTURE)
        if parent is not None:
            self.data = parent.data
            self.hang_under(parent)
            if "local" in parent.internal_data:
                self.internal_data["local"] = parent.internal_data["local"]
        if via is not None:
            self.internal_data["via"] = via
        scope.top_workflow.count(self)

    def restore(self, scope: "Scope", spec: "Step", *, identity: str, state: int) -> None:
        """Set what SpiffWorkflow's own constructor would; used for new and for saved tokens."""
        self.id = identity
        self.workflow = scope
        self.task_spec = spec
        self.data = {}
        self.internal_data = {}
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.seen: Variables | None = None  # variables inside, on the way out
        self._state = state
        self._parent: str | None = None
        self._children: list[str] = []
        scope.tasks[identity] = self

    def hang_under(self, parent: "Token | None") -> None:
        """Make `parent` the token before this one."""
        self._parent = parent.id if parent else None
        if parent:
            parent._children.append(self.id)

    @property
    def is_active(self) -> bool:
        """Say whether the token is still somewhere in the diagram."""
        return bool(self._state & ACTIVE)

    @property
    def index(self) -> int | None:
        """Return which instance of a multi-instance activity this is, counted from 0."""
        return self.internal_data.get("index")

    @property
    def host(self) -> "Token | None":
        """Return the activity that a boundary event's token watches."""
        found = self.internal_data.get("host")
        return None if found is None else self.workflow.tasks[found]

    @property
    def entry(self) -> str:
        """Return how the path of what happens inside names this activity."""
        name = self.task_spec.element.id
        return name if self.index is None else f"{name}#{self.index}"

    @property
    def path(self) -> tuple[str, ...]:
        """Return the activities around this one, outermost first."""
        around = self.workflow.path
        return around if self.index is None else (*around, self.entry)

    @property
    def enclosing(self) -> tuple[str, ...]:
        """Return the ids of the activities around this one, innermost first."""
        own = () if self.index is None else (str(self.parent.id),)
        host = self.workflow.host
        return own if host is None else (*own, str(host.id), *host.enclosing)

    def run(self) -> None:
        """Do the element's work; complete it unless it now waits or was withdrawn meanwhile."""
        if self._state == READY and self.task_spec._run_hook(self) and self.is_active:
            self.complete()

    def _set_state(self, value: int) -> None:
        self._state = value


def lineage(token: Token) -> Iterator[Token]:
    """Yield the token and those before it, back to the start of its scope."""
    current: Token | None = token
    while current is not None:
        yield current
        current = current.parent


def in_order(tokens: Mapping[str, Token]) -> list[Token]:
    """Return the tokens oldest first, whatever has been saved and restored in between."""
    return sorted(tokens.values(), key=lambda token: int(token.id))


def failed(token: Token, sentence: str) -> ExecutionFailed:
    """Return the failure of an automatic step at the token's element."""
    spec = token.task_spec
    return ExecutionFailed(spec.process_id, spec.element.id, sentence)
