"""Compares how the elements that two diagrams share are connected, and which of them moved."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from engine.compare.difference import Difference, Pair
from engine.compare.expressions import in_words
from engine.compare.graph import Way, default_targets, ways
from engine.compare.naming import is_telling, name_of
from engine.definitions.model import ProcessDefinition


@dataclass(frozen=True, kw_only=True)
class Change:
    """A flow that is here and not there, leads elsewhere, or has another condition."""

    kind: str
    a: Way | None
    b: Way | None

    @property
    def ways(self) -> tuple[Way, ...]:
        """The flow as it is on the sides that have it."""
        return tuple(filter(None, (self.a, self.b)))


@dataclass(frozen=True, kw_only=True)
class Connections:
    """What became of the flows: the elements that moved with theirs, and all other changes."""

    moved: tuple[str, ...]
    changes: tuple[Change, ...]
    beside: tuple[Set[str], Set[str]]  # ids of flows with one beside them on the other side


@dataclass(frozen=True, kw_only=True)
class _Left:
    """What is left to tell of the flows, once some elements are known to have moved."""

    changes: tuple[Change, ...]
    beside: tuple[set[str], set[str]]
    defaults: frozenset[str]  # the elements whose default flows lead elsewhere

    @classmethod
    def of(cls, a: ProcessDefinition, b: ProcessDefinition, keep: Set[str]) -> "_Left":
        changes, beside = _changes(a, b, keep)
        defaults = (key for key, *_ in _other_defaults(a, b, keep, changes))
        return cls(changes=tuple(changes), beside=beside, defaults=frozenset(defaults))

    @property
    def entries(self) -> set[tuple[object, ...]]:
        """Each entry by what it says."""
        said = {
            (each.kind, *((w.source, w.target, w.condition) for w in each.ways))
            for each in self.changes
        }
        return said | {("default", key) for key in self.defaults}

    @property
    def size(self) -> int:
        """The number of entries."""
        return len(self.changes) + len(self.defaults)


def connections(a: ProcessDefinition, b: ProcessDefinition) -> Connections:
    """The fewest moved elements and changed flows that tell two diagrams apart."""
    common = frozenset(a.elements) & frozenset(b.elements)
    moved: list[str] = []
    left = _Left.of(a, b, common)
    while left.changes:
        rest = common - set(moved)
        tried = [(_Left.of(a, b, rest - {each}), each) for each in _touched(a, rest, left.changes)]
        best = min(tried, key=partial(_cost, left), default=None)
        if best is None or not _is_worth_it(left, best[0]):
            break
        left = best[0]
        moved.append(best[1])
    return Connections(moved=tuple(moved), changes=left.changes, beside=left.beside)


def _cost(before: _Left, tried: tuple[_Left, str]) -> tuple[int, int]:
    """What is left to tell if an element moved; of equals the one at most of the changes."""
    left, element = tried
    ways = [way for change in before.changes for way in change.ways]
    return left.size, -sum(element in (way.source, way.target) for way in ways)


def _is_worth_it(before: _Left, after: _Left) -> bool:
    """Whether an element that moved tells it shorter, or as short for two entries at once."""
    spared = before.size - after.size
    return spared > 1 or (spared == 1 and len(before.entries - after.entries) > 1)


def flow_differences(
    pair: Pair, a: ProcessDefinition, b: ProcessDefinition, found: Connections, common: Set[str]
) -> Iterator[Difference]:
    """The changed flows in words, and other default flows."""
    for change in found.changes:
        way = change.a or change.b
        if way is None:
            continue
        start = name_of(a.elements[way.source])
        values = (_told(change.a, change.kind, a), _told(change.b, change.kind, b))
        subject = f"{start}: {_SUBJECTS[change.kind]}"
        if change.kind == "condition":
            subject = f"{start}: condition of the flow to {name_of(a.elements[way.target])}"
        said = (
            _told(change.a, change.kind, a, in_words),
            _told(change.b, change.kind, b, in_words),
        )
        told = pair.differs(change.kind, (a.id, way.flow.id), values, subject, said=said)
        yield replace(told, there=change.b.flow.id if change.b else None)
    yield from _defaults(pair, (a, b), found, common)


_SUBJECTS = {
    "flow": "where the flow leads",
    "flow_added": "a further flow",
    "flow_removed": "a flow less",
    "condition": "condition",
}


def _told(
    way: Way | None, kind: str, process: ProcessDefinition, said: Callable[[str], str] = str
) -> str | None:
    if way is None:
        return None
    condition = said(way.condition) if way.condition else way.condition
    if kind == "condition":
        return condition
    told = (
        f"from {name_of(process.elements[way.source])} to {name_of(process.elements[way.target])}"
    )
    return f"{told} if {condition}" if condition else told


def _defaults(
    pair: Pair,
    processes: tuple[ProcessDefinition, ProcessDefinition],
    found: Connections,
    common: Set[str],
) -> Iterator[Difference]:
    """Other default flows, where the flows themselves are the same."""
    a, b = processes
    for key, *sides in _other_defaults(a, b, common - set(found.moved), found.changes):
        values = tuple(
            sorted(name_of(process.elements[target]) for target in targets)
            for process, targets in zip(processes, sides, strict=True)
        )
        subject = f"{name_of(a.elements[key])}: where it leads by default"
        yield pair.differs("default", (a.id, key), (values[0], values[1]), subject)


def _other_defaults(
    a: ProcessDefinition, b: ProcessDefinition, keep: Set[str], changes: Sequence[Change]
) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Elements without a changed flow whose default flows lead elsewhere, and where to."""
    changed = {way.source for change in changes for way in change.ways}
    for key in (each for each in a.elements if each in keep and each not in changed):
        ours, theirs = default_targets(a, key, keep), default_targets(b, key, keep)
        both = a.elements[key].default_flow and b.elements[key].default_flow
        if ours != theirs and not (both and not (ours and theirs)):
            yield key, ours, theirs


def _touched(process: ProcessDefinition, keep: Set[str], changes: Sequence[Change]) -> list[str]:
    """The kept elements at the ends of changed flows that can move, in the order of the file."""
    found = (way for change in changes for way in change.ways)
    ends = {end for way in found for end in (way.source, way.target)} & keep
    elements = (e for e in process.elements.values() if e.id in ends)
    return [e.id for e in elements if is_telling(e) and not e.attached_to]


def _changes(
    a: ProcessDefinition, b: ProcessDefinition, keep: Set[str]
) -> tuple[list[Change], tuple[set[str], set[str]]]:
    """Every change, and the flows of each side that stand beside one of the other."""
    ours, theirs = ways(a, keep), ways(b, keep)
    changes: list[Change] = []
    left: tuple[list[Way], list[Way]] = ([], [])
    beside: tuple[set[str], set[str]] = (set(), set())
    for ends in {**ours, **theirs}:
        every = (ours.get(ends, []), theirs.get(ends, []))
        unlike = _unlike(*every)
        both = min(map(len, unlike))
        changes.extend(
            Change(kind="condition", a=one, b=other) for one, other in zip(*unlike, strict=False)
        )
        for side in (0, 1):
            alone = unlike[side][both:]
            left[side].extend(alone)
            beside[side].update(way.flow.id for way in every[side] if way not in alone)
    return [*changes, *_redirected(*left)], beside


def _unlike(first: list[Way], second: list[Way]) -> tuple[list[Way], list[Way]]:
    """The ways between two elements that have no equal on the other side, direct ones first."""
    rest = list(second)
    unlike = []
    for way in first:
        equal = next((each for each in rest if each.condition == way.condition), None)
        if equal is None:
            unlike.append(way)
        else:
            rest.remove(equal)
    return sorted(unlike, key=_indirect), sorted(rest, key=_indirect)


def _indirect(way: Way) -> bool:
    return not way.is_direct


def _redirected(ours: list[Way], theirs: list[Way]) -> Iterator[Change]:
    """Flows that lead elsewhere, or come from elsewhere; then those that one side alone has.

    Ways by elements that one side alone has are told with those, but where they stand for a flow.
    """
    rest = list(theirs)
    single = list(ours)
    for same in ("source", "target"):
        for way in tuple(single):
            end = getattr(way, same)
            other = next((each for each in rest if getattr(each, same) == end), None)
            if other is not None:
                single.remove(way)
                rest.remove(other)
                if way.is_direct or other.is_direct:
                    yield Change(kind="flow", a=way, b=other)
    yield from (Change(kind="flow_removed", a=way, b=None) for way in single if way.is_direct)
    yield from (Change(kind="flow_added", a=None, b=way) for way in rest if way.is_direct)
