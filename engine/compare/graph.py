"""The ways through a diagram between the elements that two diagrams share."""

from collections import deque
from collections.abc import Iterator, Set
from dataclasses import dataclass

from engine.compare.difference import feel
from engine.definitions.model import Flow, ProcessDefinition


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way from one kept element to the next; `is_direct` where no other element lies on it."""

    source: str
    target: str
    condition: str | None
    flow: Flow
    is_direct: bool


def ways(process: ProcessDefinition, keep: Set[str]) -> dict[tuple[str, str], list[Way]]:
    """All ways between the kept elements, those through elements that are not kept included.

    The condition of a way is that of its first flow: what follows belongs to what lies between.
    """
    found: dict[tuple[str, str], list[Way]] = {}
    for flow in process.flows.values():
        if flow.source in keep:
            for target in targets(process, flow.target, keep):
                way = Way(
                    source=flow.source,
                    target=target,
                    condition=feel(flow.condition),
                    flow=flow,
                    is_direct=flow.target == target,
                )
                found.setdefault((flow.source, target), []).append(way)
    return found


def default_targets(process: ProcessDefinition, element: str, keep: Set[str]) -> frozenset[str]:
    """The kept elements to which an element's default flow leads."""
    flow = process.flows.get(process.elements[element].default_flow or "")
    return frozenset() if flow is None else frozenset(targets(process, flow.target, keep))


def targets(process: ProcessDefinition, start: str, keep: Set[str]) -> Iterator[str]:
    """The kept elements that a flow to `start` leads to."""
    seen, pending = {start}, deque([start])
    while pending:
        here = pending.popleft()
        if here in keep:
            yield here
            continue
        for following in _after(process, here):
            if following not in seen:
                seen.add(following)
                pending.append(following)


def _after(process: ProcessDefinition, element_id: str) -> Iterator[str]:
    """What follows an element that is not kept: into a sub-process, and out of it at its end."""
    children = [e.id for e in process.elements.values() if e.parent == element_id]
    if children:
        entered = {flow.target for flow in process.flows.values()}
        hosted = {e.id for e in process.elements.values() if e.attached_to}
        yield from (child for child in children if child not in entered and child not in hosted)
        return
    following = [flow.target for flow in process.outgoing(element_id)]
    element = process.elements.get(element_id)
    if not following and element is not None and element.parent:
        following = [flow.target for flow in process.outgoing(element.parent)]
    yield from following


def apart(process: ProcessDefinition, single: Set[str]) -> dict[str, str]:
    """The elements of `single` that only a boundary event of `single` leads to, with that event."""
    boundaries = [e.id for e in process.elements.values() if e.attached_to and e.id in single]
    entered = {flow.target for flow in process.flows.values()}
    roots = [key for key in process.elements if key not in entered and key not in boundaries]
    normal = set(_reached(process, roots))
    found: dict[str, str] = {}
    for boundary in boundaries:
        for reached in _reached(process, [boundary]):
            if reached in single and reached not in normal and reached != boundary:
                found.setdefault(reached, boundary)
    return found


def nearest(
    process: ProcessDefinition, start: str, *, within: Set[str], wanted: Set[str]
) -> str | None:
    """The nearest wanted element along flows in either direction, by way of `within` alone."""
    seen, pending = {start}, deque([start])
    while pending:
        here = pending.popleft()
        if here in wanted:
            return here
        after = [flow.target for flow in process.outgoing(here)]
        for other in (*after, *(flow.source for flow in process.incoming(here))):
            if other in within and other not in seen:
                seen.add(other)
                pending.append(other)
    return None


def _reached(process: ProcessDefinition, roots: list[str]) -> Iterator[str]:
    seen, pending = set(roots), deque(roots)
    while pending:
        here = pending.popleft()
        yield here
        for flow in process.outgoing(here):
            if flow.target not in seen:
                seen.add(flow.target)
                pending.append(flow.target)
