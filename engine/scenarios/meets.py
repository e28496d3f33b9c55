"""Which user task meets which deadline, read from the diagrams alone."""

from collections.abc import Iterator
from functools import lru_cache

from engine.definitions.model import AuthorityDefinition, Element, ProcessDefinition

Place = tuple[str, str]  # process id, element id


@lru_cache(maxsize=64)
def meeting_tasks(definition: AuthorityDefinition) -> dict[Place, tuple[str, ...]]:
    """Return the deadlines that completing a user task meets, by the task's place.

    A deadline ends with its host: the user task itself, or the last user tasks inside a
    sub-process or a called process.
    """
    found: dict[Place, tuple[str, ...]] = {}
    for process in definition.processes.values():
        for event in process.elements.values():
            if event.deadline_name and event.attached_to:
                host = process.elements[event.attached_to]
                for place in _last_in(definition, process, host):
                    found[place] = (*found.get(place, ()), event.deadline_name)
    return found


def _last_in(
    definition: AuthorityDefinition, process: ProcessDefinition, host: Element
) -> Iterator[Place]:
    if host.kind == "userTask":
        yield (process.id, host.id)
    elif host.kind == "callActivity":
        called = definition.processes[str(host.called_element)]
        yield from _last_before_end(definition, called, None)
    elif host.kind == "subProcess":
        yield from _last_before_end(definition, process, host.id)


def _last_before_end(
    definition: AuthorityDefinition, process: ProcessDefinition, parent: str | None
) -> Iterator[Place]:
    """Walk back from the end events of one level to the user tasks that reach them directly.

    Paths that leave a boundary event are no part of the usual course.
    """
    usual = _usual_course(process, parent)
    pending = [e for e in usual if process.elements[e].kind == "endEvent"]
    seen: set[str] = set()
    while pending:
        element = process.elements[pending.pop()]
        if element.id in seen:
            continue
        seen.add(element.id)
        last = tuple(_last_in(definition, process, element))
        yield from last
        if not last:
            pending.extend(f.source for f in process.incoming(element.id) if f.source in usual)


def _usual_course(process: ProcessDefinition, parent: str | None) -> set[str]:
    level = [e for e in process.elements.values() if e.parent == parent]
    pending = [e.id for e in level if e.kind == "startEvent"]
    reached: set[str] = set()
    while pending:
        element_id = pending.pop()
        if element_id not in reached:
            reached.add(element_id)
            pending.extend(flow.target for flow in process.outgoing(element_id))
    return reached
