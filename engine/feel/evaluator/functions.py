"""Compiles calls and functions written in FEEL."""

from collections.abc import Mapping, Sequence

from engine.errors import Invalid
from engine.feel import types
from engine.feel.evaluator.build import Build, weight
from engine.feel.nodes import Call, FunctionOf, Name
from engine.feel.problems import Failure, SyntaxProblem
from engine.feel.run import Compiled, Run, Scope, Value, attempt
from engine.feel.values import Function, kind_of


def call(node: Call, build: Build) -> Compiled:
    """`f(a, b)` or `f(name: a)`."""
    function = _callee(node, build)
    arguments = [build(argument) for argument in node.arguments]
    names, at = node.names, node.at
    if names:
        return lambda scope: attempt(
            scope,
            at,
            call_named,
            scope.run,
            function(scope),
            dict(zip(names, [argument(scope) for argument in arguments], strict=True)),
        )

    def positional(scope: Scope) -> Value:
        called = function(scope)
        values = [argument(scope) for argument in arguments]
        return attempt(scope, at, call_value, scope.run, called, values)

    return positional


def call_value(run: Run, called: Value, arguments: Sequence[Value]) -> Value:
    """The result of a function value; raises Failure."""
    if not isinstance(called, Function):
        raise Failure(f"A {kind_of(called)} cannot be called as a function")
    return called.invoke(run, arguments)


def call_named(run: Run, called: Value, arguments: Mapping[str, Value]) -> Value:
    """The result of a function value with named arguments; raises Failure."""
    if not isinstance(called, Function):
        raise Failure(f"A {kind_of(called)} cannot be called as a function")
    return called.invoke_named(run, arguments)


def function_of(node: FunctionOf, build: Build) -> Compiled:
    """`function(a: type) body`."""
    names = tuple(name for name, _ in node.parameters)
    try:
        asked = tuple(
            types.resolve(of, build.types) if of else types.ANY for _, of in node.parameters
        )
    except Invalid as problem:
        raise SyntaxProblem(str(problem), node.at) from problem
    body = costly(build(node.body), weight(node.body))
    signature = types.FunctionType("function", asked, types.ANY)
    return lambda scope: user_function("function", names, signature, body, scope)


def costly(body: Compiled, cost: int) -> Compiled:
    """The body of a function, paid for whenever it is called."""

    def paid(scope: Scope) -> Value:
        scope.run.spend(cost)
        return body(scope)

    return paid


def user_function(
    name: str,
    parameters: tuple[str, ...],
    signature: types.FunctionType,
    body: Compiled,
    scope: Scope,
) -> Function:
    """A function whose body sees the scope it was made in and its arguments."""

    def invoke(run: Run, arguments: Sequence[Value]) -> Value:
        if len(arguments) != len(parameters):
            raise Failure(f"{name} takes {len(parameters)} arguments, not {len(arguments)}")
        values = {
            parameter: _argument(name, parameter, value, of)
            for parameter, value, of in zip(
                parameters, arguments, signature.parameters, strict=True
            )
        }
        with run.deeper():
            result = body(Scope(values, run, scope))
        return coerced_result(run, name, result, signature.result)

    def invoke_named(run: Run, arguments: Mapping[str, Value]) -> Value:
        if set(arguments) != set(parameters):
            raise Failure(f"{name} takes the arguments {', '.join(parameters) or 'none'}")
        return invoke(run, [arguments[parameter] for parameter in parameters])

    return Function(
        name=name,
        parameters=parameters,
        invoke=invoke,
        invoke_named=invoke_named,
        type=signature,
    )


def coerced_result(run: Run, name: str, value: Value, target: types.Type) -> Value:
    """The value as its declared type asks; null and a warning where it does not fit."""
    result = types.coerce(value, target)
    if result is None and value is not None:
        run.warn(f"{name} should give a {target.name}, not a {kind_of(value)}")
    return result


def _argument(name: str, parameter: str, value: Value, target: types.Type) -> Value:
    result = types.coerce(value, target)
    if result is None and value is not None:
        raise Failure(f"{name}: {parameter} must be a {target.name}, not a {kind_of(value)}")
    return result


def _callee(node: Call, build: Build) -> Compiled:
    """What is called; a variable that is no function does not hide a built-in one."""
    if not (isinstance(node.function, Name) and node.function.name in build.functions):
        return build(node.function)
    found, built_in = build(node.function), build.functions[node.function.name]

    def callee(scope: Scope) -> Value:
        value = found(scope)
        return value if isinstance(value, Function) else built_in

    return callee
