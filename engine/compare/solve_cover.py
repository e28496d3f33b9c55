"""Covers a set of inputs with the fewest boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from engine.dmn.check.fault import Budget, OverBudget

Box = tuple[int, ...]
MOST_STEPS = 300_000
MOST_CHOICES = 3_000


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Boxes that hold a set of inputs; `is_fewest` unless the limit of steps came first."""

    boxes: tuple[Box, ...]
    is_fewest: bool


def cover(boxes: Sequence[Box], whole: Box) -> Cover:
    """The fewest boxes that hold exactly what these hold; they may overlap.

    No box names a value that another one covers, if it names values of that axis at all. Where
    there are very many, boxes that differ in one axis are joined, and it may not be the fewest.
    """
    is_complete = True
    try:
        primes = _primes(boxes, Budget(left=MOST_STEPS))
    except OverBudget:
        primes, is_complete = _joined(boxes), False
    found = _fewest(primes, boxes)
    tight = sorted(_tightened(list(found.boxes), whole), key=_widest_first)
    return Cover(boxes=tuple(tight), is_fewest=is_complete and found.is_fewest)


def _tightened(boxes: list[Box], whole: Box) -> list[Box]:
    """The boxes without values that others cover; what does not matter stays out of it."""
    found = list(boxes)
    for at, box in enumerate(found):
        own = outside([box], [*found[:at], *found[at + 1 :]])
        needed = [reduce(or_, (part[axis] for part in own), 0) for axis in range(len(box))]
        if own:
            found[at] = tuple(
                bits if bits == all_ else tight
                for bits, tight, all_ in zip(box, needed, whole, strict=True)
            )
    return found


def _widest_first(box: Box) -> tuple[int, ...]:
    return tuple(-bits.bit_count() for bits in box)


def is_inside(box: Box, other: Box) -> bool:
    """Whether all of a box lies in another."""
    return all(not one & ~two for one, two in zip(box, other, strict=True))


def minus(box: Box, other: Box) -> Iterator[Box]:
    """What of a box lies outside another, as boxes that do not overlap."""
    if not all(one & two for one, two in zip(box, other, strict=True)):
        yield box
        return
    rest = list(box)
    for at, bits in enumerate(other):
        if outside := rest[at] & ~bits:
            yield (*rest[:at], outside, *rest[at + 1 :])
        rest[at] &= bits


def outside(boxes: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    """What of some boxes lies outside all others."""
    left = list(boxes)
    for other in others:
        left = [part for box in left for part in minus(box, other)]
    return left


def _primes(boxes: Sequence[Box], budget: Budget) -> list[Box]:
    """All boxes that cannot be made wider without leaving the set."""
    found: list[Box] = []
    pending = list(boxes)
    while pending:
        new = pending.pop()
        budget.spend(len(found) + 1)
        if any(is_inside(new, each) for each in found):
            continue
        found = [each for each in found if not is_inside(each, new)]
        pending.extend(wider for each in found for wider in _consensus(each, new, budget))
        found.append(new)
    return found


def _consensus(one: Box, other: Box, budget: Budget) -> Iterator[Box]:
    """The boxes that lie across two: what both hold, but one axis of either."""
    budget.spend(len(one))
    shared = [a & b for a, b in zip(one, other, strict=True)]
    empty = [at for at, bits in enumerate(shared) if not bits]
    if len(empty) > 1:
        return
    for at in empty or range(len(shared)):
        joined = one[at] | other[at]
        if joined not in (one[at], other[at]):
            yield (*shared[:at], joined, *shared[at + 1 :])


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, those that differ in one axis joined."""
    found = list(dict.fromkeys(boxes))
    for at in range(len(found[0]) if found else 0):
        alike: dict[tuple[int, ...], int] = {}
        for box in found:
            key = (*box[:at], *box[at + 1 :])
            alike[key] = alike.get(key, 0) | box[at]
        found = [(*key[:at], bits, *key[at:]) for key, bits in alike.items()]
    return found


def _fewest(primes: Sequence[Box], boxes: Sequence[Box]) -> Cover:
    needed = [
        prime
        for at, prime in enumerate(primes)
        if outside([prime], [*primes[:at], *primes[at + 1 :]])
    ]
    choice = _Choice([p for p in primes if p not in needed])
    chosen = choice.fewest(outside(boxes, needed))
    return Cover(boxes=(*needed, *chosen), is_fewest=choice.is_complete)


class _Choice:
    """Tries which of some boxes cover what is left, the widest first."""

    def __init__(self, primes: Sequence[Box]) -> None:
        self._primes = sorted(primes, key=_size, reverse=True)
        self._left = MOST_CHOICES
        self._best: list[Box] | None = None

    def fewest(self, boxes: list[Box]) -> list[Box]:
        """The fewest that could be found."""
        self._try(boxes, [])
        return self._best or []

    @property
    def is_complete(self) -> bool:
        """Whether every choice that could be better was tried."""
        return self._left >= 0

    def _try(self, boxes: list[Box], chosen: list[Box]) -> None:
        self._left -= 1
        if not boxes:
            if self._best is None or len(chosen) < len(self._best):
                self._best = chosen
            return
        if self._best is not None and (self._left < 0 or len(chosen) + 1 >= len(self._best)):
            return
        point = tuple(bits & -bits for bits in boxes[0])
        for prime in self._primes:
            if is_inside(point, prime):
                self._try(outside(boxes, [prime]), [*chosen, prime])


def _size(box: Box) -> int:
    size = 1
    for bits in box:
        size *= bits.bit_count()
    return size
