"""Built-in functions: what arguments each takes, and how arguments are fitted to that."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.feel.problems import Failure
from engine.feel.run import Run, Value, size_of
from engine.feel.temporal import FeelDateTime, FeelTime
from engine.feel.values import Function, kind_of

_MISSING: Final = object()
_SIGNATURE: Final = re.compile(r"([a-z ]+)\((.*)\)")
_DURATIONS: Final = ("days and time duration", "years and months duration")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: `many` takes all that follow, `flat` also one list of them."""

    name: str
    kinds: frozenset[str]
    optional: bool
    many: bool
    flat: bool


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """One form of a built-in function."""

    name: str
    parameters: tuple[Parameter, ...]
    call: Callable[..., Value]
    needs_run: bool

    def fits(self, count: int) -> bool:
        """Whether so many arguments may be given."""
        required = sum(not each.optional for each in self.parameters)
        last = self.parameters[-1] if self.parameters else None
        return required <= count and (
            count <= len(self.parameters) or (last is not None and last.many)
        )

    def invoke(self, run: Run, arguments: Sequence[Value]) -> Value:
        """The result for arguments in order; raises Failure."""
        fitted = []
        for index, parameter in enumerate(self.parameters):
            if parameter.many:
                fitted.append(_many(self.name, parameter, arguments[index:]))
            elif index < len(arguments):
                fitted.append(fit(self.name, parameter, arguments[index]))
        run.spend(1 + sum(map(size_of, fitted)))
        result = self.call(run, *fitted) if self.needs_run else self.call(*fitted)
        run.spend(size_of(result))
        return result

    def order(self, arguments: Mapping[str, Value]) -> list[Value] | None:
        """Named arguments in order, or None when the names are not those of this form."""
        names = [each.name for each in self.parameters]
        if not set(arguments) <= set(names):
            return None
        values = [arguments.get(name, _MISSING) for name in names]
        while values and values[-1] is _MISSING:
            values.pop()
        if not self.fits(len(values)):
            return None
        return [None if value is _MISSING else value for value in values]


def built_in(
    signature: str, *, needs_run: bool = False
) -> Callable[[Callable[..., Value]], BuiltIn]:
    """Make a function of FEEL from a Python function and a signature.

    A parameter is `name: kind|kind`; `name?` may be left out, `name*` takes a list or
    several values, `name+` takes all that follow.
    """
    match = _SIGNATURE.fullmatch(signature)
    if match is None:
        raise ValueError(signature)
    name, parameters = match.groups()
    parsed = tuple(_parameter(text.strip()) for text in parameters.split(",") if text.strip())
    return lambda call: BuiltIn(name=name, parameters=parsed, call=call, needs_run=needs_run)


def as_functions(forms: Iterable[BuiltIn]) -> dict[str, Function]:
    """The functions by name, each with all its forms."""
    by_name: dict[str, list[BuiltIn]] = {}
    for form in forms:
        by_name.setdefault(form.name, []).append(form)
    return {name: _function(name, tuple(each)) for name, each in by_name.items()}


def fit(function: str, parameter: Parameter, value: Value) -> Value:
    """The argument as the parameter asks for it; raises Failure where it does not fit."""
    kinds = parameter.kinds
    if not kinds or kind_of(value) in kinds:
        return value
    if isinstance(value, list) and len(value) == 1 and "list" not in kinds:
        return fit(function, parameter, value[0])
    if value is not None and "list" in kinds:
        return [value]
    if kind_of(value) == "date" and "date and time" in kinds:
        return FeelDateTime(value, FeelTime(0, 0, 0, 0, 0))
    wanted = " or ".join(sorted(kinds))
    raise Failure(f"{function}: {parameter.name} must be a {wanted}, not a {kind_of(value)}")


def _many(function: str, parameter: Parameter, arguments: Sequence[Value]) -> list[Value]:
    if parameter.flat and len(arguments) == 1 and isinstance(arguments[0], list):
        arguments = arguments[0]
    return [fit(function, parameter, argument) for argument in arguments]


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(":")
    mark = name[-1] if name[-1] in "?*+" else ""
    names = [kind.strip() for kind in kinds.split("|") if kind.strip() not in ("", "any")]
    if "duration" in names:
        names = [kind for kind in names if kind != "duration"] + list(_DURATIONS)
    return Parameter(
        name=name.rstrip("?*+"),
        kinds=frozenset(names),
        optional=mark == "?",
        many=mark in ("*", "+") and bool(mark),
        flat=mark == "*",
    )


def _function(name: str, forms: tuple[BuiltIn, ...]) -> Function:
    def invoke(run: Run, arguments: Sequence[Value]) -> Value:
        fitting = [form for form in forms if form.fits(len(arguments))]
        if not fitting:
            raise Failure(f"{name} does not take {len(arguments)} arguments")
        return _first_answer(run, fitting, [arguments] * len(fitting))

    def invoke_named(run: Run, arguments: Mapping[str, Value]) -> Value:
        orders = [(form, form.order(arguments)) for form in forms]
        fitting = [(form, values) for form, values in orders if values is not None]
        if not fitting:
            raise Failure(f"{name} does not take the arguments {', '.join(arguments)}")
        return _first_answer(run, [form for form, _ in fitting], [each for _, each in fitting])

    parameters = tuple(each.name for each in forms[0].parameters)
    return Function(name=name, parameters=parameters, invoke=invoke, invoke_named=invoke_named)


def _first_answer(run: Run, forms: Sequence[BuiltIn], arguments: Sequence[Any]) -> Value:
    failures = []
    for form, values in zip(forms, arguments, strict=True):
        try:
            return form.invoke(run, values)
        except Failure as failure:
            failures.append(failure)
    raise failures[0]
