"""`+ - * / **` and the minus sign, for numbers, texts, dates, times and durations."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from engine.feel.numbers import ARITHMETIC
from engine.feel.problems import Failure, LimitExceeded
from engine.feel.run import Value, limited
from engine.feel.temporal import (
    DAY_NANOS,
    NANOS,
    FeelDate,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
    date_of_days,
    instant_date_time,
    local_date_time,
    time_of_nanos,
)
from engine.feel.temporal.days import add_months
from engine.feel.values import kind_of

MAX_POWER: Final = 10_000
Operation = Callable[[Any, Any], Value]


def add(left: Value, right: Value) -> Value:
    """`left + right`; raises Failure."""
    return _apply("add", _ADD, left, right)


def subtract(left: Value, right: Value) -> Value:
    """`left - right`; raises Failure."""
    return _apply("subtract", _SUBTRACT, left, right)


def multiply(left: Value, right: Value) -> Value:
    """`left * right`; raises Failure."""
    return _apply("multiply", _MULTIPLY, left, right)


def divide(left: Value, right: Value) -> Value:
    """`left / right`; raises Failure."""
    return _apply("divide", _DIVIDE, left, right)


def power(left: Value, right: Value) -> Value:
    """`left ** right`; raises Failure."""
    return _apply("raise", {(Decimal, Decimal): _power}, left, right)


def negate(value: Value) -> Value:
    """`-value`; raises Failure."""
    if isinstance(value, Decimal):
        return ARITHMETIC.minus(value)
    if isinstance(value, FeelDaysDuration):
        return FeelDaysDuration(-value.nanos)
    if isinstance(value, FeelMonthsDuration):
        return FeelMonthsDuration(-value.months)
    raise Failure(f"A {kind_of(value)} has no negative")


OPERATORS: Final[Mapping[str, Operation]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}


def _apply(
    verb: str, table: Mapping[tuple[type, type], Operation], left: Value, right: Value
) -> Value:
    operation = table.get((type(left), type(right)))
    if operation is None:
        raise Failure(f"Cannot {verb} a {kind_of(left)} and a {kind_of(right)}")
    try:
        return operation(left, right)
    except ZeroDivisionError as error:
        raise Failure("Division by zero") from error
    except InvalidOperation as error:
        raise Failure("The result is no number") from error
    except ArithmeticError as error:
        raise Failure("The number is too large") from error
    except LimitExceeded:
        raise  # it is a ValueError too, but not one that a step may turn into null
    except (ValueError, OverflowError) as error:
        raise Failure(str(error)) from error


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if abs(exponent) > MAX_POWER:
        raise ValueError(f"An exponent may not be larger than {MAX_POWER:,}")
    return ARITHMETIC.power(base, exponent) if exponent else Decimal(1)  # 0 ** 0 is 1 in IEEE 754


def _midnight(date: FeelDate, other: FeelDateTime) -> FeelDateTime:
    """The start of a day: local where the other value is local, else in UTC."""
    return FeelDateTime(date, FeelTime(0, 0, 0, 0, None if other.time.zone is None else 0))


def _add_months(date: FeelDate, duration: FeelMonthsDuration) -> FeelDate:
    return FeelDate(*add_months(date.year, date.month, date.day, duration.months))


def _shift(moment: FeelDateTime, nanos: int) -> FeelDateTime:
    zone = moment.time.zone
    if zone is None:
        return local_date_time(moment.local_nanos + nanos, None)
    return instant_date_time(moment.instant + nanos, zone)


def _add_to_time(time: FeelTime, duration: FeelDaysDuration) -> FeelTime:
    return time_of_nanos((time.nanos + duration.nanos) % DAY_NANOS, time.zone)


def _add_to_date(date: FeelDate, duration: FeelDaysDuration) -> FeelDate:
    return date_of_days((date.days * DAY_NANOS + duration.nanos) // DAY_NANOS)


def _difference(later: FeelDateTime, earlier: FeelDateTime) -> FeelDaysDuration:
    if (later.time.zone is None) != (earlier.time.zone is None):
        raise ValueError("One of the two has a time zone and the other has none")
    return FeelDaysDuration(later.instant - earlier.instant)


def _time_difference(later: FeelTime, earlier: FeelTime) -> FeelDaysDuration:
    if (later.zone is None) != (earlier.zone is None):
        raise ValueError("One of the two has a time zone and the other has none")
    shift = (earlier.offset or 0) - (later.offset or 0)
    return FeelDaysDuration(later.nanos - earlier.nanos + shift * NANOS)


def _scaled(amount: int, factor: Decimal) -> int:
    return int(ARITHMETIC.multiply(Decimal(amount), factor))


def _divided(amount: int, divisor: Decimal) -> int:
    return int(ARITHMETIC.divide(Decimal(amount), divisor))


def _quotient(left: int, right: int) -> Decimal:
    return ARITHMETIC.divide(Decimal(left), Decimal(right))


_D, _T, _DT, _DD, _MD = FeelDate, FeelTime, FeelDateTime, FeelDaysDuration, FeelMonthsDuration
_ADD: Final[Mapping[tuple[type, type], Operation]] = {
    (Decimal, Decimal): ARITHMETIC.add,
    (str, str): lambda left, right: limited(left + right),
    (_DD, _DD): lambda left, right: _DD(left.nanos + right.nanos),
    (_MD, _MD): lambda left, right: _MD(left.months + right.months),
    (_D, _MD): _add_months,
    (_MD, _D): lambda left, right: _add_months(right, left),
    (_D, _DD): _add_to_date,
    (_DD, _D): lambda left, right: _add_to_date(right, left),
    (_DT, _MD): lambda left, right: _DT(_add_months(left.date, right), left.time),
    (_MD, _DT): lambda left, right: _DT(_add_months(right.date, left), right.time),
    (_DT, _DD): lambda left, right: _shift(left, right.nanos),
    (_DD, _DT): lambda left, right: _shift(right, left.nanos),
    (_T, _DD): _add_to_time,
    (_DD, _T): lambda left, right: _add_to_time(right, left),
}
_SUBTRACT: Final[Mapping[tuple[type, type], Operation]] = {
    (Decimal, Decimal): ARITHMETIC.subtract,
    (_DD, _DD): lambda left, right: _DD(left.nanos - right.nanos),
    (_MD, _MD): lambda left, right: _MD(left.months - right.months),
    (_D, _MD): lambda left, right: _add_months(left, _MD(-right.months)),
    (_D, _DD): lambda left, right: _add_to_date(left, _DD(-right.nanos)),
    (_D, _D): lambda left, right: _DD((left.days - right.days) * DAY_NANOS),
    (_DT, _MD): lambda left, right: _DT(_add_months(left.date, _MD(-right.months)), left.time),
    (_DT, _DD): lambda left, right: _shift(left, -right.nanos),
    (_DT, _DT): _difference,
    (_DT, _D): lambda left, right: _difference(left, _midnight(right, left)),
    (_D, _DT): lambda left, right: _difference(_midnight(left, right), right),
    (_T, _DD): lambda left, right: _add_to_time(left, _DD(-right.nanos)),
    (_T, _T): _time_difference,
}
_MULTIPLY: Final[Mapping[tuple[type, type], Operation]] = {
    (Decimal, Decimal): ARITHMETIC.multiply,
    (_DD, Decimal): lambda left, right: _DD(_scaled(left.nanos, right)),
    (Decimal, _DD): lambda left, right: _DD(_scaled(right.nanos, left)),
    (_MD, Decimal): lambda left, right: _MD(_scaled(left.months, right)),
    (Decimal, _MD): lambda left, right: _MD(_scaled(right.months, left)),
}
_DIVIDE: Final[Mapping[tuple[type, type], Operation]] = {
    (Decimal, Decimal): ARITHMETIC.divide,
    (_DD, Decimal): lambda left, right: _DD(_divided(left.nanos, right)),
    (_MD, Decimal): lambda left, right: _MD(_divided(left.months, right)),
    (_DD, _DD): lambda left, right: _quotient(left.nanos, right.nanos),
    (_MD, _MD): lambda left, right: _quotient(left.months, right.months),
}
