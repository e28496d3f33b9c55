"""Says in words on which inputs two tables part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.compare.difference import spoken
from engine.compare.solve_axes import Axis
from engine.compare.solve_outcome import AMBIGUOUS, Ambiguous
from engine.dmn.check.scales import text_of_value


def condition(axis: Axis, bits: int) -> str:
    """What an input has to be: “level of need is low or moderate”.

    “Is not” holds where there is no answer too.
    """
    name = spoken(axis.name).lower() if axis.is_variable else f"“{axis.name}”"
    missing = 1 << (len(axis.pieces) - 1)
    answered, asked = bits & ~missing, axis.everything & ~missing
    if not answered:
        return f"{name} is not answered"
    if answered == asked:
        return f"{name} is answered"
    if not bits & missing:
        return f"{name} is {_said(axis, answered)}"
    left_out = asked & ~answered
    if axis.open & left_out or left_out.bit_count() > answered.bit_count() or _is_yes_no(axis):
        return f"{name} is {_said(axis, answered)} or not answered"
    return f"{name} is not {_said(axis, left_out)}"


def outcome(value: Any) -> str:
    """A result in words."""
    if isinstance(value, Ambiguous):
        return AMBIGUOUS
    if value is None:
        return "no result"
    if isinstance(value, Mapping):
        return "; ".join(f"{spoken(key).lower()} {outcome(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(outcome, value)) or "nothing"
    return _value(value)


def either(words: Sequence[str]) -> str:
    """Words in a row: “a, b or c”."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _said(axis: Axis, bits: int) -> str:
    """The pieces of an axis: those of a scale as stretches, an open set by what it lacks."""
    places = range(len(axis.pieces) - 1)
    chosen = [at for at in places if bits >> at & 1]
    if axis.is_ordered:
        return either(list(_stretches(axis, chosen)))
    if axis.open & bits:
        left_out = [_value(axis.pieces[at].value) for at in places if at not in chosen]
        return f"anything but {either(left_out)}"
    return either([_value(axis.pieces[at].value) for at in chosen])


def _is_yes_no(axis: Axis) -> bool:
    return isinstance(axis.pieces[0].value, bool)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text_of_value(value).replace("_", " ")


def _stretches(axis: Axis, chosen: Sequence[int]) -> Iterator[str]:
    runs: list[list[int]] = []
    for at in chosen:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        yield _stretch(axis, run[0], run[-1])


def _stretch(axis: Axis, first: int, last: int) -> str:
    if first == last and axis.constants >> first & 1:
        return _value(axis.pieces[first].value)
    low = _end(axis, first, -1, ("at least", "more than"))
    high = _end(axis, last, 1, ("at most", "less than"))
    return " and ".join(filter(None, (low, high))) or "any"


def _end(axis: Axis, at: int, step: int, words: tuple[str, str]) -> str:
    if axis.constants >> at & 1:
        return f"{words[0]} {_value(axis.pieces[at].value)}"
    beyond = at + step
    if 0 <= beyond < len(axis.pieces) - 1:
        return f"{words[1]} {_value(axis.pieces[beyond].value)}"
    return ""
