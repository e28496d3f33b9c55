"""Gateways: which flows are taken, and joins that count tokens by the flow they came by."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from engine.definitions.model import Element, Flow
from engine.execution.branches import join
from engine.execution.steps import Step
from engine.execution.tokens import COMPLETED, WAITING, Token, failed

if TYPE_CHECKING:
    from engine.execution.scope import Scope
    from engine.execution.specs import ProcessSpec


class ExclusiveGateway(Step):
    """Takes the first flow whose condition holds, else the default."""

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return the one flow to take."""
        if len(self.flows) == 1 and self.flows[0].condition is None:
            return self.flows
        for flow in self.flows:
            if flow.condition is not None and self.holds(token, flow):
                return (flow,)
        return self.otherwise(token)


class Join(Step):
    """A gateway that waits for tokens on several of its flows, and lets one go on for them."""

    def __init__(
        self,
        spec: "ProcessSpec",
        element: Element,
        flows: Sequence[Flow],
        *,
        incoming: Iterable[Flow],
    ) -> None:
        super().__init__(spec, element, flows)
        self.incoming = {flow.id: flow.source for flow in incoming}

    def release(self, scope: "Scope") -> bool:
        """Let a token go on that no other needs to be waited for; nothing else is under way."""
        return False

    def arrived(self, scope: "Scope") -> dict[str, Token]:
        """Return the token that waits longest on each flow that has one."""
        first: dict[str, Token] = {}
        for token in scope.tasks.values():
            if token.task_spec is self and token._state == WAITING:
                first.setdefault(token.internal_data["via"], token)
        return first

    def unite(self, tokens: Iterable[Token]) -> Token:
        """Return the last of the tokens with what all of them bring; the others are used up."""
        joined = sorted(tokens, key=lambda token: int(token.id))
        *others, last = joined
        if others:
            last.data = join(joined)
            last.internal_data.pop("local", None)
        for token in others:
            token._set_state(COMPLETED)
        return last

    def _update_hook(self, my_task: Token) -> bool:
        if len(self.incoming) > 1:
            my_task._set_state(WAITING)
            return False
        return True


class ParallelGateway(Join):
    """Waits for one token on every flow; sends one on every flow."""

    def choose(self, token: Token) -> Iterable[Flow]:
        """Return all flows."""
        return self.flows

    def _update_hook(self, my_task: Token) -> bool:
        if super()._update_hook(my_task):
            return True
        arrived = self.arrived(my_task.workflow)
        if len(arrived) == len(self.incoming):
            self.unite(arrived.values())._ready()
        return False


class InclusiveGateway(Join):
    """Waits for every token that can still come; sends one on each flow whose condition holds."""

    def release(self, scope: "Scope") -> bool:
        """Let a token go on when no other can still reach a flow that is waited for."""
        arrived = self.arrived(scope)
        if not arrived or any(self._is_waited_for(token, set(arrived)) for token in scope.active):
            return False
        self.unite(arrived.values())._ready()
        return True

    def _is_waited_for(self, token: Token, arrived: set[str]) -> bool:
        reachable = self._reachable.get(token.task_spec.element.id, frozenset())
        return token.task_spec is not self and bool(reachable - arrived) and not reachable & arrived

    @cached_property
    def _reachable(self) -> dict[str, frozenset[str]]:
        """Incoming flows that each element leads to without passing this gateway."""
        before = self._wf_spec.predecessors
        leads_to: dict[str, set[str]] = {}
        for flow, source in self.incoming.items():
            pending = [source]
            while pending:
                element = pending.pop()
                if element != self.element.id and flow not in leads_to.setdefault(element, set()):
                    leads_to[element].add(flow)
                    pending.extend(before.get(element, ()))
        return {element: frozenset(flows) for element, flows in leads_to.items()}


def refuse_deadlock(scope: "Scope") -> None:
    """Fail where every token of a scope waits at a join for one that cannot come."""
    active = scope.active
    if active and all(isinstance(token.task_spec, Join) for token in active):
        raise failed(active[0], "The join waits for a branch that can no longer arrive here")
