"""Built-in functions that make a value of one kind from another, and boolean ones."""

import re
from decimal import Decimal
from typing import Final

from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.builtins.texts import text_of
from engine.feel.compare import equal
from engine.feel.numbers import to_number
from engine.feel.problems import Failure
from engine.feel.run import Value
from engine.feel.temporal import FeelDateTime, FeelTime

_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@built_in("number(from: string)")
def number(text: str) -> Decimal:
    """The number that a text shows."""
    return _number(text)


@built_in("number(from: string, grouping separator: string|null)")
def number_with_groups(text: str, grouping: str | None) -> Decimal:
    """The number that a text shows with its thousands set apart."""
    return _separated(text, grouping, None)


@built_in("number(from: string, grouping separator: string|null, decimal separator: string|null)")
def number_with_separators(text: str, grouping: str | None, decimal: str | None) -> Decimal:
    """The number that a text shows in another notation."""
    return _separated(text, grouping, decimal)


@built_in("string(from: any)")
def string(value: Value) -> str | None:
    """The value as text."""
    return None if value is None else text_of(value)


@built_in("not(negand: any)")
def negation(value: Value) -> bool | None:
    """The opposite of a boolean."""
    return None if not isinstance(value, bool) else not value


@built_in("is(value1: any, value2?: any)")
def identical(one: Value, other: Value = None) -> bool:
    """Whether two values are the same in the same notation, time zones included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (FeelTime, FeelDateTime)):
        return _moment(one) == _moment(other)
    return equal(one, other) is True


def _moment(value: FeelTime | FeelDateTime) -> tuple[Value, ...]:
    time = value if isinstance(value, FeelTime) else value.time
    date = None if isinstance(value, FeelTime) else value.date
    return date, time.nanos, value.offset, isinstance(time.zone, str) and time.zone


def _separated(text: str, grouping: str | None, decimal: str | None) -> Decimal:
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", "."):
        raise Failure("number: a separator must be a space, a comma or a period")
    if grouping is not None and grouping == decimal:
        raise Failure("number: the two separators must differ")
    if grouping:
        text = text.replace(grouping, "")
    return _number(text.replace(decimal, ".") if decimal else text)


def _number(text: str) -> Decimal:
    value = to_number(text) if _NUMBER.fullmatch(text) else None
    if value is None:
        raise Failure(f"number: {text[:40]!r} is no number")
    return value


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    number,
    number_with_groups,
    number_with_separators,
    string,
    negation,
    identical,
)
