"""The activities: user tasks, automatic steps, decisions, sub-processes and called processes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import dmn, feel
from engine.definitions.model import Element, Flow
from engine.errors import Invalid
from engine.execution.events import DecisionMade
from engine.execution.limits import Variables
from engine.execution.steps import Activity
from engine.execution.tokens import STARTED, Token, failed

if TYPE_CHECKING:
    from engine.execution.specs import ProcessSpec


class UserTask(Activity):
    """Waits until somebody has completed it."""

    is_automatic = False


class PassingTask(Activity):
    """A send, manual or undefined task: nothing is waited for.

    A send task's notification is made by the layer above, from the event that it has ended; no
    variables are sent along.
    """


class ScriptTask(Activity):
    """Sets a variable to the value of a FEEL expression."""

    def work(self, token: Token) -> Variables:
        """Return the variables with the expression's value."""
        value = token.workflow.top_workflow.evaluate(
            token, self.element.script or "null", token.data
        )
        target = self.element.result_variable
        return {**token.data, target: value} if target else token.data


class BusinessRuleTask(Activity):
    """Asks a decision table; tables belong to the program, never to the process instance."""

    def __init__(
        self,
        spec: "ProcessSpec",
        element: Element,
        flows: Sequence[Flow],
        *,
        model: dmn.Model,
        name: str,
    ) -> None:
        super().__init__(spec, element, flows, name=name)
        self.model = model
        self.decision_id = element.decision_id or ""

    def work(self, token: Token) -> Variables:
        """Return the variables with what the table says."""
        top = token.workflow.top_workflow
        try:
            outcome = self.model.decide(self.decision_id, token.data, now=top.now)
            outputs = feel.to_json(outcome.outputs)
            inputs = feel.to_json(dict(outcome.inputs))
        except Invalid as error:
            raise failed(token, f"The decision '{self.decision_id}' fails: {error}") from error
        said, instead = outputs, top.overrule(self.decision_id, token.data)
        if instead is not None:
            outputs = instead.outputs
        target = self.element.result_variable
        seen = {**token.data, target: outputs} if target else token.data
        top.record(
            DecisionMade,
            token,
            seen,
            decision_id=self.decision_id,
            inputs=inputs,
            outputs=outputs,
            rules=tuple(outcome.rules),
            table_outputs=said,
            instead=instead,
        )
        return seen


class SubProcess(Activity):
    """A sub-process drawn inside: sees all variables, and hands all of them back."""

    def __init__(
        self,
        spec: "ProcessSpec",
        element: Element,
        flows: Sequence[Flow],
        *,
        inside: str,
        name: str,
    ) -> None:
        super().__init__(spec, element, flows, name=name)
        self.inside = inside  # the name of the process specification

    def begin(self, token: Token) -> bool:
        """Open the scope inside and put a token on its start event."""
        top = token.workflow.top_workflow
        if token.workflow.level >= top.limits.nesting:
            raise failed(token, f"Processes are nested more than {top.limits.nesting} deep")
        token._set_state(STARTED)
        top.create_subprocess(token, self.inside).begin(self.handed_in(token))
        return False

    def handed_in(self, token: Token) -> Variables:
        """Return the variables that the scope inside begins with."""
        return token.data

    def child_completed(self, token: Token, variables: Variables) -> None:
        """Take over the variables of the scope inside, and complete."""
        token.seen, _ = self.surfaced(token, variables)
        token._ready()

    def surfaced(self, token: Token, variables: Variables) -> tuple[Variables, Variables]:
        """Return what is seen of a scope with these variables, and what the mappings make of it."""
        seen = {**token.data, **variables}
        return seen, self.map_outputs(token, seen)


class CallActivity(SubProcess):
    """Calls another process of the same program."""

    @property
    def passes_all_on(self) -> bool:
        """Say whether all variables of the called process come back."""
        _, out_of_it = self.element.propagates_all
        return out_of_it and not self.fills_outside

    def handed_in(self, token: Token) -> Variables:
        """Return all variables, or those that the input mappings name."""
        into_it, _ = self.element.propagates_all
        if into_it:
            return token.data
        names = {mapping.target.partition(".")[0] for mapping in self.fills_inside}
        if self.body is not None:
            names.update(self.body.local_names)
        return {name: value for name, value in token.data.items() if name in names}
