"""Paths through a process: what is reached, where paths part, which loops never wait."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from engine.definitions.model import Element, ProcessDefinition

_WAITING = {"userTask", "receiveTask", "intermediateCatchEvent", "callActivity"}
_CHOOSING = {"exclusiveGateway", "eventBasedGateway", "inclusiveGateway"}
Edges = dict[str, list[str]]


class Graph:
    """The flows of one process, with boundary events as branches of their host.

    Each sub-process counts as a graph of its own: no flow crosses its border.
    """

    def __init__(self, process: ProcessDefinition) -> None:
        self._process = process
        self._names = list(process.elements)
        self._next: Edges = {identifier: [] for identifier in process.elements}
        self._previous: Edges = {identifier: [] for identifier in process.elements}
        for flow in process.flows.values():
            self._connect(flow.source, flow.target)
        for element in process.elements.values():
            if element.kind == "boundaryEvent" and element.attached_to:
                self._connect(element.attached_to, element.id)

    def reachable(self) -> set[str]:
        """The elements that a path from a start event reaches."""
        reached: set[str] = set()
        pending = [e.id for e in self._process.elements.values() if e.kind == "startEvent"]
        while pending:
            identifier = pending.pop()
            if identifier not in reached:
                reached.add(identifier)
                pending.extend(self._next[identifier])
        return reached

    def choice_before(self, join: str) -> str | None:
        """The element that chooses between two of the branches that meet in this join."""
        sources = sorted(self._dominators_of(source) for source in self._previous[join])
        # sorted so, the last common dominators of all pairs are those of neighbours
        for first, second in pairwise(sources):
            common = [a for a, b in zip(first, second, strict=False) if a == b]
            if common and self._chooses(self._names[common[-1]]):
                return self._names[common[-1]]
        return None

    def automatic_loops(self) -> Iterator[list[str]]:
        """Cycles of elements none of which waits, each once, in the order of their flows."""
        remaining = {e.id for e in self._process.elements.values() if not self._waits(e)}
        while True:
            remaining = self._without_ends(remaining)
            if not remaining:
                return
            loop = self._cycle_from(min(remaining, key=self._names.index), remaining)
            yield loop
            remaining -= set(loop)

    def _connect(self, source: str, target: str) -> None:
        if source in self._next and target in self._next:
            self._next[source].append(target)
            self._previous[target].append(source)

    def _chooses(self, identifier: str) -> bool:
        if self._process.elements[identifier].kind in _CHOOSING:
            return len(self._next[identifier]) > 1
        return any(
            self._process.elements[target].kind == "boundaryEvent"
            for target in self._next[identifier]
        )

    def _waits(self, element: Element) -> bool:
        if element.kind == "subProcess":
            inner = (e for e in self._process.elements.values() if e.parent == element.id)
            return any(self._waits(child) for child in inner)
        return element.kind in _WAITING

    def _without_ends(self, remaining: set[str]) -> set[str]:
        """What is left when elements that no cycle can hold are taken away."""
        left = set(remaining)
        pending = list(left)
        while pending:
            identifier = pending.pop()
            before = self._previous[identifier]
            inside = left.intersection
            if identifier in left and not (inside(before) and inside(self._next[identifier])):
                left.discard(identifier)
                pending.extend(inside([*before, *self._next[identifier]]))
        return left

    def _cycle_from(self, start: str, inside: set[str]) -> list[str]:
        path = [start]
        while True:
            following = next(target for target in self._next[path[-1]] if target in inside)
            if following in path:
                return path[path.index(following) :]
            path.append(following)

    def _dominators_of(self, identifier: str) -> tuple[int, ...]:
        """The numbers of the elements that every path there passes, itself the last."""
        chain: list[int] = []
        at: str | None = identifier
        while at is not None:
            chain.append(self._names.index(at))
            at = self._nearest.get(at)
        return tuple(reversed(chain))

    @cached_property
    def _nearest(self) -> dict[str, str | None]:
        """The nearest element that every path to an element passes before it."""
        order = self._reverse_postorder()
        position = {identifier: index for index, identifier in enumerate(order)}
        nearest: dict[str, str | None] = {}
        changed = True
        while changed:
            changed = False
            for identifier in order:
                known = [p for p in self._previous[identifier] if p in nearest]
                candidate: str | None = known[0] if known else None
                for other in known[1:]:
                    candidate = _meet(candidate, other, nearest, position)
                if identifier not in nearest or nearest[identifier] != candidate:
                    nearest[identifier] = candidate
                    changed = True
        return nearest

    def _reverse_postorder(self) -> list[str]:
        done: list[str] = []
        seen: set[str] = set()
        starts = [i for i, before in self._previous.items() if not before]
        stack = [(start, iter(self._next[start])) for start in reversed(starts)]
        seen.update(starts)
        while stack:
            identifier, following = stack[-1]
            target = next((t for t in following if t not in seen), None)
            if target is None:
                done.append(identifier)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(self._next[target])))
        return done[::-1]


def _meet(
    first: str | None, second: str | None, nearest: dict[str, str | None], position: dict[str, int]
) -> str | None:
    while first != second:
        if first is None or second is None:
            return None
        if position[first] > position[second]:
            first = nearest.get(first)
        else:
            second = nearest.get(second)
    return first
