"""Aligns the rules of two tables by what they say and by their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.compare.difference import feel
from engine.dmn.model import Rule
from engine.dmn.tables import ANYTHING

Columns = Sequence[tuple[int, int]]  # places of one column in the two tables
ORDERED = ("FIRST", "RULE ORDER", "OUTPUT ORDER")
_ALIKE = 0.5  # the least share of equal cells by which two rules are one, changed


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """The rules that belong together, by their places, and those of one side alone."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def cell(text: str) -> str:
    """A cell as it is compared: what matches anything is written in one way."""
    return "-" if text.strip() in ANYTHING else feel(text) or ""


def align(ours: Sequence[Rule], theirs: Sequence[Rule], ins: Columns, outs: Columns) -> Aligned:
    """Pair equal rules first, then those of one id, then the most alike."""
    shares = {
        (i, j): _share(one, other, ins, outs)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
    }
    places = sorted(shares, key=lambda at: (-shares[at], abs(at[0] - at[1]), at))
    tests: tuple[Callable[[tuple[int, int]], bool], ...] = (
        lambda at: shares[at] == 1 and ours[at[0]].id == theirs[at[1]].id,
        lambda at: shares[at] == 1,
        lambda at: shares[at] > 0 and ours[at[0]].id == theirs[at[1]].id,
        lambda at: shares[at] >= _ALIKE,
    )
    paired: dict[int, int] = {}
    for is_pair in tests:
        for i, j in filter(is_pair, places):
            if i not in paired and j not in paired.values():
                paired[i] = j
    return Aligned(
        pairs=tuple(sorted(paired.items())),
        removed=tuple(i for i in range(len(ours)) if i not in paired),
        added=tuple(j for j in range(len(theirs)) if j not in paired.values()),
    )


def displaced(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest pairs without which the rest stands in one order on both sides."""
    best: list[list[tuple[int, int]]] = []
    for index, (i, j) in enumerate(pairs):
        before = [best[k] for k in range(index) if pairs[k][1] < j]
        best.append([*max(before, key=len, default=[]), (i, j)])
    kept = max(best, key=len, default=[])
    return [pair for pair in pairs if pair not in kept]


def _share(one: Rule, other: Rule, ins: Columns, outs: Columns) -> float:
    """The share of cells that are equal, in the columns that both tables have."""
    equal = [cell(one.inputs[i]) == cell(other.inputs[j]) for i, j in ins]
    equal += [cell(one.outputs[i]) == cell(other.outputs[j]) for i, j in outs]
    return sum(equal) / len(equal) if equal else 0
