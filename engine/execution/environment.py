"""The only evaluator that SpiffWorkflow gets: FEEL. Nothing from a file is ever Python."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine import feel
from engine.errors import Refused


class FeelEnvironment(BasePythonScriptEngineEnvironment):
    """Evaluates FEEL at the instant `now`; refuses scripts and services.

    SpiffWorkflow asks the environment directly in places, so this is where Python ends.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime | None = None

    def evaluate(
        self,
        expression: str,
        context: Mapping[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the expression's value as plain JSON data."""
        known = {**external_context, **context} if external_context else context
        compiled = feel.compile_expression(without_equals(expression))
        return feel.to_json(compiled.evaluate(known, now=self.now))

    def execute(
        self,
        script: str,
        context: Mapping[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> NoReturn:
        """Refuse: a diagram holds no scripts but FEEL expressions."""
        raise Refused("Scripts are not run: a script task holds a FEEL expression")

    def call_service(self, context: Mapping[str, Any], **operation: Any) -> NoReturn:
        """Refuse: a diagram calls no services."""
        raise Refused("Services are not called from a diagram")


class FeelEngine(PythonScriptEngine):
    """SpiffWorkflow's script engine with everything but FEEL taken out."""

    environment: FeelEnvironment

    def __init__(self) -> None:
        super().__init__(environment=FeelEnvironment())

    def validate(self, expression: str) -> None:
        """Raise `Invalid` where the text is no FEEL."""
        feel.compile_expression(without_equals(expression))

    def evaluate(
        self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the expression's value for what the task can see."""
        return self.environment.evaluate(expression, task.data, external_context)

    def execute(
        self, task: Any, script: str, external_context: Mapping[str, Any] | None = None
    ) -> NoReturn:
        """Refuse: see the environment."""
        self.environment.execute(script, task.data, external_context)

    def call_service(self, task: Any, **operation: Any) -> NoReturn:
        """Refuse: see the environment."""
        self.environment.call_service(task.data, **operation)


def without_equals(text: str) -> str:
    """Return the FEEL text of a field that the modeller writes with a leading `=`."""
    return text.strip().removeprefix("=").strip()
