"""Built-in functions on numbers."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Final

from engine.feel.arithmetic import multiply
from engine.feel.builtins.signature import BuiltIn, built_in
from engine.feel.numbers import ARITHMETIC
from engine.feel.problems import Failure
from engine.feel.run import Value
from engine.feel.temporal import FeelDaysDuration, FeelMonthsDuration

MAX_SCALE: Final = 6176
MIN_SCALE: Final = -6111


def _rounded(number: Decimal, scale: Decimal, rounding: str) -> Decimal:
    places = int(scale)
    if not MIN_SCALE <= places <= MAX_SCALE:
        raise Failure(f"A number cannot be rounded to {scale} places")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    if number.adjusted() + places > ARITHMETIC.prec:
        return number
    try:
        step = Decimal((0, (1,), -places))
        return number.quantize(step, rounding=rounding, context=ARITHMETIC)
    except ArithmeticError as error:
        raise Failure(f"The number cannot be rounded to {scale} places") from error


def _rounding(signature: str, rounding: str) -> BuiltIn:
    @built_in(signature)
    def function(number: Decimal, scale: Decimal | None = None) -> Decimal:
        return _rounded(number, Decimal(0) if scale is None else scale, rounding)

    return function


@built_in("abs(n: number|duration)")
def absolute(value: Value) -> Value:
    """The value without its minus sign."""
    if isinstance(value, FeelDaysDuration):
        return FeelDaysDuration(abs(value.nanos))
    if isinstance(value, FeelMonthsDuration):
        return FeelMonthsDuration(abs(value.months))
    return ARITHMETIC.abs(value)


@built_in("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The rest of a division, with the divisor's sign."""
    if divisor == 0:
        raise Failure("modulo: division by zero")
    try:
        rest = ARITHMETIC.remainder(dividend, divisor)
        return ARITHMETIC.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest
    except ArithmeticError as error:
        raise Failure("modulo: the numbers are too far apart") from error


@built_in("sqrt(number: number)")
def square_root(number: Decimal) -> Decimal:
    """The square root."""
    if number < 0:
        raise Failure("sqrt: a negative number has no square root")
    return ARITHMETIC.sqrt(number)


@built_in("log(number: number)")
def logarithm(number: Decimal) -> Decimal:
    """The natural logarithm."""
    if number <= 0:
        raise Failure("log: the number must be positive")
    return ARITHMETIC.ln(number)


@built_in("exp(number: number)")
def exponential(number: Decimal) -> Decimal:
    """Euler's number to a power."""
    try:
        return ARITHMETIC.exp(number)
    except ArithmeticError as error:
        raise Failure("exp: the result is too large") from error


@built_in("odd(number: number)")
def odd(number: Decimal) -> bool:
    """Whether the number is whole and odd."""
    return _is_divisible(ARITHMETIC.subtract(number, Decimal(1)))


@built_in("even(number: number)")
def even(number: Decimal) -> bool:
    """Whether the number is whole and even."""
    return _is_divisible(number)


def _is_divisible(number: Decimal) -> bool:
    return bool(modulo.call(number, Decimal(2)) == 0)


@built_in("product(list*: number)")
def product(values: list[Decimal]) -> Value:
    """All numbers multiplied."""
    if not values:
        return None
    result: Value = Decimal(1)
    for value in values:
        result = multiply(result, value)
    return result


FUNCTIONS: Final[tuple[BuiltIn, ...]] = (
    _rounding("decimal(n: number, scale: number)", ROUND_HALF_EVEN),
    _rounding("floor(n: number, scale?: number)", ROUND_FLOOR),
    _rounding("ceiling(n: number, scale?: number)", ROUND_CEILING),
    _rounding("round up(n: number, scale: number)", ROUND_UP),
    _rounding("round down(n: number, scale: number)", ROUND_DOWN),
    _rounding("round half up(n: number, scale: number)", ROUND_HALF_UP),
    _rounding("round half down(n: number, scale: number)", ROUND_HALF_DOWN),
    absolute,
    modulo,
    square_root,
    logarithm,
    exponential,
    odd,
    even,
    product,
)
