"""FEEL numbers: decimals of 34 digits."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Final

DIGITS: Final = 34
MAX_EXPONENT: Final = 6144
ARITHMETIC: Final = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=MAX_EXPONENT,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
_MAX_TEXT: Final = 10_000
_PLAIN_EXPONENT: Final = 40
_EXACT_BITS: Final = 112  # a whole number of that many has at most 34 digits


def to_number(text: str) -> Decimal | None:
    """The number that a text of digits stands for, or None where it is none or too large."""
    if len(text) > _MAX_TEXT or "_" in text:
        return None
    try:
        number = ARITHMETIC.create_decimal(text)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def from_int(value: int) -> Decimal | None:
    """A whole number as a FEEL number, or None where it is too large."""
    if value.bit_length() <= _EXACT_BITS:
        return Decimal(value)
    if value.bit_length() > MAX_EXPONENT:
        return None
    return ARITHMETIC.create_decimal(value)


def number_text(number: Decimal) -> str:
    """The number as FEEL writes it: no exponent, no superfluous zeros."""
    if not number:
        return "0"
    _, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and abs(exponent) + len(digits) > 2 * _PLAIN_EXPONENT:
        return str(number.normalize(ARITHMETIC))
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
