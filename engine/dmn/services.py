"""Decision services: part of the graph, called like a function."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.dmn.drg import Drawn, Graph, Service, Session
from engine.errors import Invalid
from engine.feel.evaluator.functions import coerced_result
from engine.feel.problems import Failure
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.types import FunctionType, coerce
from engine.feel.values import Function, from_python


def as_function(name: str, service: Service, graph: Graph) -> Compiled:
    """The service as a closure that makes a function; the graph may still be growing."""

    def make(scope: Scope) -> Value:
        parameters = tuple(graph[key].name for key in service.inputs)

        def invoke(run: Run, arguments: Sequence[Value]) -> Value:
            if len(arguments) != len(parameters):
                raise Failure(f"{name} takes {len(parameters)} arguments, not {len(arguments)}")
            return run_service(graph, service, run, arguments)

        def invoke_named(run: Run, arguments: Mapping[str, Value]) -> Value:
            if set(arguments) != set(parameters):
                raise Failure(f"{name} takes the arguments {', '.join(parameters)}")
            return invoke(run, [arguments[parameter] for parameter in parameters])

        signature = FunctionType(
            "function", tuple(graph[key].type for key in service.inputs), service.result
        )
        return Function(
            name=name,
            parameters=parameters,
            invoke=invoke,
            invoke_named=invoke_named,
            type=signature,
        )

    return make


def run_service(graph: Graph, service: Service, run: Run, arguments: Sequence[Value]) -> Value:
    """The outputs of a service for arguments in order; raises Failure for an argument's type."""
    given = {}
    for key, argument in zip(service.inputs, arguments, strict=True):
        value = coerce(argument, graph[key].type)
        if value is None and argument is not None:
            raise Failure(f"{graph[key].name} must be a {graph[key].type.name}")
        given[key] = value
    with run.deeper():
        session = Session(graph, run, {}, given)
        values = {graph[key].name: session.value(key) for key in service.outputs}
    result = next(iter(values.values())) if len(values) == 1 else values
    return coerced_result(run, "The service", result, service.result)


def arguments_of(graph: Graph, drawn: Drawn, inputs: Mapping[str, Any]) -> list[Value]:
    """The service's arguments in order, from inputs by name; a missing one is null."""
    if drawn.service is None:
        raise Invalid(f"{drawn.name} is not a decision service")
    return [from_python(inputs.get(graph[key].name)) for key in drawn.service.inputs]
