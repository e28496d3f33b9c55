"""Events that are thrown: escalations find who watches, an end event may end everything."""

from collections.abc import Iterator

from engine.execution import variables as vs
from engine.execution.branches import come_to
from engine.execution.limits import Variables
from engine.execution.steps import Activity, Step, withdraw
from engine.execution.tokens import Token, lineage


class ThrowEvent(Step):
    """An intermediate or end event; without an escalation it only passes on."""

    def _on_complete(self, my_task: Token) -> None:
        scope = my_task.workflow
        self._record_end(my_task, self.flows)
        if self.element.event == "escalation":
            escalate(my_task)
        top = scope.top_workflow
        if scope.host is None or top.subprocesses.get(scope.host.id) is scope:
            self.leave(my_task, self.flows)


class TerminateEvent(Step):
    """An end event that ends the process or sub-process around it with all tokens in it."""

    def _on_complete(self, my_task: Token) -> None:
        self._record_end(my_task, ())
        for other in my_task.workflow.active:
            withdraw(other)
        my_task.workflow.complete(my_task)


def escalate(token: Token) -> None:
    """Tell the innermost boundary event around the token that watches for its code, if any does."""
    code = token.task_spec.element.event_reference
    for watched, variables, local in _outwards(token):
        catcher = _catcher(watched, code)
        if catcher is not None:
            catcher.data = variables
            if local:
                catcher.internal_data["local"] = local
            catcher.task_spec.fire(catcher)
            return


def _outwards(token: Token) -> Iterator[tuple[Token, Variables, vs.Shadow]]:
    """Yield the activities around the token with the variables that would leave each of them.

    What leaves one instance of several keeps its loop variable, as long as its path lasts.
    """
    scope, variables = token.workflow, token.data
    names: tuple[str, ...] = ()
    while (host := scope.host) is not None:
        variables = come_to(list(lineage(token)), variables)
        spec: Activity = host.task_spec
        variables = spec.passed_on(host, *spec.surfaced(host, variables))
        if spec.body is not None:
            names += spec.body.local_names
            host = host.parent
        yield host, variables, vs.hide(host.data, names)
        token, scope = host, host.workflow


def _catcher(watched: Token, code: str | None) -> Token | None:
    """Return the armed boundary event: one for this very code before one for any."""
    armed = [
        token
        for token in watched.workflow.top_workflow.watching(watched)
        if token.task_spec.element.event == "escalation"
    ]
    for wanted in (code, None):
        for token in armed:
            if token.task_spec.element.event_reference == wanted:
                return token
    return None
