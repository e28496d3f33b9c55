"""Finds the inputs on which two tables come to different results, as boxes that do not overlap.

The search goes through the inputs with the rules of both tables that still can match. It goes no
further where the results are decided and equal, and meets equal sets of rules once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.compare.solve_axes import Group, Space
from engine.dmn.check.fault import Budget
from engine.dmn.model import Table

Box = tuple[int, ...]  # a bit for each piece, axis by axis
Rules = tuple[int, int]  # a bit for each rule that matches, in the two tables


@dataclass(frozen=True, kw_only=True)
class Found:
    """Inputs for which the same rules match, and for which the results differ."""

    box: Box
    rules: Rules


Differ = Callable[[Rules, dict[int, int]], bool]  # rules, and the pieces of axes that are kept
_Tail = tuple[tuple[tuple[int, ...], Rules], ...]


def search(
    space: Space, tables: tuple[Table, Table], differ: Differ, budget: Budget
) -> list[Found]:
    """Every input on which the tables part; raises OverBudget."""
    return list(_Search(space, tables, differ, budget).found())


class _Search:
    def __init__(
        self, space: Space, tables: tuple[Table, Table], differ: Differ, budget: Budget
    ) -> None:
        self._space = space
        self._first = tuple(table.hit_policy == "FIRST" for table in tables)
        self._differ = differ
        self._budget = budget
        self._groups = sorted(space.groups, key=_selectivity, reverse=True)
        self._kept = [
            any(space.axes[axis].name in space.kept for axis in group.axes)
            for group in self._groups
        ]
        self._sure = tuple(self._sure_from(side) for side in (0, 1))
        self._known: dict[tuple[int, Rules, tuple[tuple[int, int], ...]], _Tail] = {}
        self._start: Rules = tuple((1 << len(table.rules)) - 1 for table in tables)  # type: ignore[assignment] # two of them

    def found(self) -> Iterator[Found]:
        """The boxes, axis by axis."""
        for masks, rules in self._tail(0, self._start, ()):
            for box in self._boxes(0, masks):
                whole = {**{at: axis.everything for at, axis in enumerate(self._space.axes)}, **box}
                yield Found(
                    box=tuple(whole[at] for at in range(len(self._space.axes))), rules=rules
                )

    def _tail(self, at: int, rules: Rules, kept: tuple[tuple[int, int], ...]) -> _Tail:
        rules = (self._settled(0, at, rules[0]), self._settled(1, at, rules[1]))
        if self._is_decided(at, rules):
            if not self._differ(rules, dict(kept)):
                return ()
            return ((tuple((1 << len(g.points)) - 1 for g in self._groups[at:]), rules),)
        key = (at, rules, kept)
        if key not in self._known:
            self._known[key] = tuple(self._split(at, rules, kept))
        return self._known[key]

    def _split(
        self, at: int, rules: Rules, kept: tuple[tuple[int, int], ...]
    ) -> Iterator[tuple[tuple[int, ...], Rules]]:
        group = self._groups[at]
        self._budget.spend(len(group.points) + 1)
        branches: dict[tuple[Rules, tuple[tuple[int, int], ...]], int] = {}
        for place, point in enumerate(group.points):
            left = (_left(group, 0, rules[0], place), _left(group, 1, rules[1], place))
            pieces = tuple(zip(group.axes, point, strict=True)) if self._kept[at] else ()
            key = (left, (*kept, *pieces))
            branches[key] = branches.get(key, 0) | 1 << place
        for (left, pieces), mask in branches.items():
            tail = self._tail(at + 1, left, pieces)
            self._budget.spend(len(tail))
            yield from (((mask, *masks), final) for masks, final in tail)

    def _is_decided(self, at: int, rules: Rules) -> bool:
        """Whether what is still to come changes neither side's result."""
        if at == len(self._groups):
            return True
        if any(self._kept[at:]):
            return False
        return all(not bits & ~self._sure[side][at] for side, bits in enumerate(rules))

    def _settled(self, side: int, at: int, bits: int) -> int:
        """Of a table whose first match decides: without the rules below one that matches."""
        sure = bits & self._sure[side][at]
        if not self._first[side] or not sure:
            return bits
        lowest = sure & -sure
        return bits & ((lowest << 1) - 1)

    def _sure_from(self, side: int) -> list[int]:
        """For each group: the rules that accept everything from there on."""
        count = len(self._space.groups[0].accepts[side]) if self._space.groups else 0
        found = [(1 << count) - 1]
        for group in reversed(self._groups):
            everything = (1 << len(group.points)) - 1
            full = sum(1 << n for n, bits in enumerate(group.accepts[side]) if bits == everything)
            found.append(found[-1] & full)
        return found[::-1]

    def _boxes(self, at: int, masks: Sequence[int]) -> Iterator[dict[int, int]]:
        """The masks of groups as boxes over their axes."""
        if at == len(self._groups):
            yield {}
            return
        group = self._groups[at]
        points = [point for place, point in enumerate(group.points) if masks[at] >> place & 1]
        for own in _split_points(group.axes, points):
            for rest in self._boxes(at + 1, masks):
                yield {**own, **rest}


def _left(group: Group, side: int, bits: int, place: int) -> int:
    accepts = group.accepts[side]
    kept, rest = 0, bits
    while rest:
        lowest = rest & -rest
        if accepts[lowest.bit_length() - 1] >> place & 1:
            kept |= lowest
        rest ^= lowest
    return kept


def _selectivity(group: Group) -> int:
    """How many cells of a group test for something."""
    everything = (1 << len(group.points)) - 1
    return sum(bits != everything for accepts in group.accepts for bits in accepts)


def _split_points(
    axes: Sequence[int], points: Sequence[tuple[int, ...]]
) -> Iterator[dict[int, int]]:
    """Points as boxes that do not overlap."""
    if not axes:
        yield {}
        return
    rests: dict[int, list[tuple[int, ...]]] = {}
    for first, *rest in points:
        rests.setdefault(first, []).append(tuple(rest))
    alike: dict[tuple[tuple[int, ...], ...], int] = {}
    for first, found in rests.items():
        alike[tuple(found)] = alike.get(tuple(found), 0) | 1 << first
    for found_points, mask in alike.items():
        for rest_box in _split_points(axes[1:], found_points):
            yield {axes[0]: mask, **rest_box}
