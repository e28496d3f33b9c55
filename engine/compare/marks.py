"""Marks: how one answer stands to another – same, different, stricter, looser – and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.compare.evidence import Evidence
from engine.compare.limits import STRENGTHS, Limit
from engine.compare.questions import Measure

Kind = Literal["same", "different", "stricter", "looser", "silent"]
Answers = Sequence[Evidence]

_TWO = 2


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How an answer stands to that of the base, with the reason where there is an order."""

    kind: Kind
    reason: str = ""

    @property
    def is_same(self) -> bool:
        """Whether both answer alike."""
        return self.kind == "same"


def mark(measure: Measure, ours: Answers, base: Answers) -> Mark:
    """The mark of our answers against those of the base; silence is told before all else."""
    if not ours:
        return Mark(kind="silent" if base else "same")
    if not base:
        return _where_base_is_silent(measure)
    return _MEASURES[measure](ours, base)


def _where_base_is_silent(measure: Measure) -> Mark:
    if measure is Measure.AUTHORISER:
        return Mark(kind="stricter", reason="somebody is named, where the base line is silent")
    return Mark(kind="different", reason="the base line is silent")


def _values(ours: Answers, base: Answers) -> Mark:
    return Mark(kind="same" if _told(ours) == _told(base) else "different")


def _told(answers: Answers) -> set[str]:
    return {" ".join(each.value.casefold().split()) for each in answers}


def _duty(ours: Answers, base: Answers) -> Mark:
    one, other = _rank(ours), _rank(base)
    if one == other or 0 in (one, other):
        return _values(ours, base)
    return _ordered(one - other, f"{_word(one)} against {_word(other)}")


def _item(ours: Answers, base: Answers) -> Mark:
    one, other = _rank(ours), _rank(base)
    if one == other or 0 in (one, other):
        return Mark(kind="same")
    return _ordered(one - other, f"{_word(one)} against {_word(other)}")


def _rank(answers: Answers, *, secrecy: bool = False) -> int:
    """The strength of the strictest answer; outside secrecy, must and must not are alike."""
    found = [STRENGTHS.index(each.strength) + 1 for each in answers if each.strength in STRENGTHS]
    strictest = max(found, default=0)
    return strictest if secrecy else min(strictest, STRENGTHS.index("must") + 1)


def _secrecy(ours: Answers, base: Answers) -> Mark:
    one, other = _rank(ours, secrecy=True), _rank(base, secrecy=True)
    forbids = STRENGTHS.index("must_not") + 1
    if one != other and forbids in (one, other):
        return _ordered(one - other, f"{_word(one)} against {_word(other)}")
    return _values(ours, base)


def _word(rank: int) -> str:
    return STRENGTHS[rank - 1].replace("_", " ") if rank else "no clause"


def _ordered(balance: float, reason: str) -> Mark:
    return Mark(kind="stricter" if balance > 0 else "looser", reason=reason)


def _limit(ours: Answers, base: Answers) -> Mark:
    """The order of two limits; several on one side must all stand alike to the other's."""
    if {each.limit for each in ours} == {each.limit for each in base}:
        return Mark(kind="same")
    pairs = [_between(a.limit, b.limit) for a in ours for b in base if a.limit and b.limit]
    if len({each.kind for each in pairs}) == 1:
        return pairs[0]
    return Mark(kind="different")


def _between(one: Limit, other: Limit) -> Mark:
    """A limit against another: by its length, its start and its strength."""
    length = _length(one, other)
    if length is None:
        return Mark(kind="different", reason="the longer of the two depends on when they start")
    found = (
        (length, _hours(one, other)),
        (_later(one, other), "it starts earlier" if _later(one, other) > 0 else "it starts later"),
        (STRENGTHS.index(one.strength) - STRENGTHS.index(other.strength),
         f"{one.strength} against {other.strength}"),
    )  # fmt: skip
    balances = [(balance, reason) for balance, reason in found if balance]
    reasons = "; ".join(reason for _, reason in balances)
    if not balances:
        starts = {one.start, other.start} - {""}
        is_same = (one.amount, one.unit) == (other.amount, other.unit) and len(starts) < _TWO
        return Mark(kind="same" if is_same else "different")
    if len({balance > 0 for balance, _ in balances}) > 1:
        return Mark(kind="different", reason=reasons)
    return _ordered(balances[0][0], reasons)


def _length(one: Limit, other: Limit) -> int | None:
    """1 where ours never ends later and sometimes earlier, -1 the other way, None where neither."""
    if (one.amount, one.unit) == (other.amount, other.unit):
        return 0
    longer = {b > a for a, b in zip(one.spans, other.spans, strict=True) if a != b}
    if len(longer) > 1:
        return None
    return 0 if not longer else 1 if longer.pop() else -1


def _later(one: Limit, other: Limit) -> int:
    """How much later the other starts; where a text gives no start, nothing is told by it."""
    return other.stage - one.stage if one.start and other.start else 0


def _hours(one: Limit, other: Limit) -> str:
    noun = "hour" if one.longest == 1 else "hours"
    never = "never longer" if _length(one, other) == 1 else "never shorter"
    return f"{never}, at most {one.longest:g} {noun} against {other.longest:g}"


_MEASURES: dict[Measure, Callable[[Answers, Answers], Mark]] = {
    Measure.VALUE: _values,
    Measure.LIMIT: _limit,
    Measure.DUTY: _duty,
    Measure.PRESENCE: lambda _ours, _base: Mark(kind="same"),
    Measure.ITEM: _item,
    Measure.AUTHORISER: _values,
    Measure.SECRECY: _secrecy,
}
