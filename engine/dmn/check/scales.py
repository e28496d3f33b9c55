"""Orders the values of a FEEL kind: where they lie, and which lies between two others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from engine.feel.compare import order_key
from engine.feel.numbers import ARITHMETIC, number_text
from engine.feel.run import Value
from engine.feel.temporal import (
    DAY_NANOS,
    NANOS,
    FeelDateTime,
    FeelDaysDuration,
    FeelMonthsDuration,
    FeelTime,
    date_of_days,
    local_date_time,
    time_of_nanos,
)

Key = Any  # what values are ordered by: a number or a text
_TIMES: Final = (3600 * NANOS, 60 * NANOS, NANOS, 1)
_MONTHS: Final = (12, 1)
_NEXT: Final = ("0", " ")


@dataclass(frozen=True, kw_only=True)
class Scale:
    """`between` gives a key strictly between two (None: no end), or None where there is none."""

    between: Callable[[Key | None, Key | None], Key | None]
    value: Callable[[Key], Value]

    def key(self, value: Value) -> Key:
        """Where a value of the kind lies."""
        return order_key(value, value)


def scale_of(kind: str, constants: list[Value]) -> Scale | None:
    """The scale for a kind with these values in use; None for kinds and mixtures without order."""
    if kind in ("time", "date and time"):
        zones = {_zoned(value) for value in constants}
        return _CLOCKS[kind](bool(zones == {True})) if len(zones) <= 1 else None
    return _SCALES.get(kind)


def text_of_value(value: Value) -> str:
    """The value as a sentence shows it."""
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, Decimal) else str(value) or "an empty text"


def _zoned(value: Value) -> bool:
    time = value.time if isinstance(value, FeelDateTime) else value
    return isinstance(time, FeelTime) and time.zone is not None


def _between_numbers(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    if low is None:
        return Decimal(0) if high is None else ARITHMETIC.subtract(_floor(high), Decimal(1))
    following = ARITHMETIC.add(_floor(low), Decimal(1))
    if high is None or low < following < high:
        return following
    middle = ARITHMETIC.divide(ARITHMETIC.add(low, high), Decimal(2))
    return middle if low < middle < high else None


def _floor(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_FLOOR)


def _between_texts(low: str | None, high: str | None) -> str | None:
    if low is None:
        return "" if high != "" else None
    candidates = (low + following for following in _NEXT)
    return next((text for text in candidates if high is None or text < high), None)


def _whole(
    steps: tuple[int, ...], lowest: int | None = None, highest: int | None = None
) -> Callable[[int | None, int | None], int | None]:
    """Between whole numbers: as far from the lower end as the largest step that fits."""

    def between(low: int | None, high: int | None) -> int | None:
        if low is None and high is None:
            return lowest or 0
        if low is None:
            fits = [high - step for step in steps if high is not None]
        else:
            fits = [low + step for step in steps if high is None or low + step < high]
        inside = (
            key
            for key in fits
            if (lowest is None or key >= lowest) and (highest is None or key <= highest)
        )
        return next(inside, None)

    return between


def _clock_of_day(zoned: bool) -> Scale:
    zone = 0 if zoned else None
    return Scale(
        between=_whole(_TIMES, 0, DAY_NANOS - 1), value=lambda key: time_of_nanos(key, zone)
    )


def _instants(zoned: bool) -> Scale:
    zone = 0 if zoned else None
    return Scale(between=_whole(_TIMES), value=lambda key: local_date_time(key, zone))


_CLOCKS: Final[Mapping[str, Callable[[bool], Scale]]] = {
    "time": _clock_of_day,
    "date and time": _instants,
}
_SCALES: Final[Mapping[str, Scale]] = {
    "number": Scale(between=_between_numbers, value=lambda key: key),
    "string": Scale(between=_between_texts, value=lambda key: key),
    "date": Scale(between=_whole((1,)), value=date_of_days),
    "days and time duration": Scale(between=_whole(_TIMES), value=FeelDaysDuration),
    "years and months duration": Scale(between=_whole(_MONTHS), value=FeelMonthsDuration),
}
