"""Aligns the rules of two tables by their ids and by what they say."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.compare.difference import feel
from engine.dmn.model import Rule
from engine.dmn.tables import ANYTHING

Columns = Sequence[tuple[int, int]]  # places of one column in the two tables
ORDERED = ("FIRST", "RULE ORDER", "OUTPUT ORDER")
_NEXT_BUT_ONE = 2
Key = Callable[[Rule, int], tuple[str, ...]]  # of a rule of the first or second table


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
    """Pair rules of one id, those that say the same, and those alone between two such pairs.

    A cell that changes in a rule of an id that both have leaves all pairs as they are.
    """
    keys: tuple[Key, ...] = (
        lambda rule, _: (rule.id,),
        lambda rule, side: _said(rule, side, ins, outs),
    )
    paired: dict[int, int] = {}
    for key in keys:
        here = {i: key(rule, 0) for i, rule in enumerate(ours) if i not in paired}
        there = {j: key(rule, 1) for j, rule in enumerate(theirs) if j not in set(paired.values())}
        paired |= _unambiguous(here, there)
    paired |= _between(paired, len(ours), len(theirs))
    return Aligned(
        pairs=tuple(sorted(paired.items())),
        removed=tuple(i for i in range(len(ours)) if i not in paired),
        added=tuple(j for j in range(len(theirs)) if j not in paired.values()),
    )


def _between(paired: dict[int, int], ours: int, theirs: int) -> dict[int, int]:
    """The places of rules that stand alone between the same two pairs of rules."""
    found = {}
    for i in range(ours):
        if i in paired:
            continue
        before, after = paired.get(i - 1, -1), paired.get(i + 1, theirs)
        is_alone = (i == 0 or i - 1 in paired) and (i + 1 == ours or i + 1 in paired)
        if is_alone and after - before == _NEXT_BUT_ONE:
            found[i] = before + 1
    return found


def displaced(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest pairs without which the rest stands in one order on both sides."""
    best: list[list[tuple[int, int]]] = []
    for index, (i, j) in enumerate(pairs):
        before = [best[k] for k in range(index) if pairs[k][1] < j]
        best.append([*max(before, key=len, default=[]), (i, j)])
    kept = max(best, key=len, default=[])
    return [pair for pair in pairs if pair not in kept]


def _said(rule: Rule, side: int, ins: Columns, outs: Columns) -> tuple[str, ...]:
    """A rule's cells; nothing where it asks what the other table does not look at."""
    known = {column[side] for column in ins}
    if any(cell(text) != "-" for at, text in enumerate(rule.inputs) if at not in known):
        return ()
    return (*_cells(rule.inputs, ins, side), *_cells(rule.outputs, outs, side))


def _cells(texts: Sequence[str], columns: Columns, side: int) -> tuple[str, ...]:
    """A rule's cells in the columns that both tables have."""
    return tuple(cell(texts[column[side]]) for column in columns)


def _unambiguous(
    here: dict[int, tuple[str, ...]], there: dict[int, tuple[str, ...]]
) -> dict[int, int]:
    """The places that have one key, which no other place has on either side."""
    ours, theirs = Counter(here.values()), Counter(there.values())
    places = {key: j for j, key in there.items()}
    return {i: places[key] for i, key in here.items() if key and ours[key] == theirs[key] == 1}
