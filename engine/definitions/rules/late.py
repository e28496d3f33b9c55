"""What happens when a limit is missed: it is told and explained, and decides nothing."""

from collections.abc import Iterator

from engine.definitions.model import AuthorityDefinition, Element, ProcessDefinition
from engine.definitions.problems import Finding
from engine.definitions.rules.deadlines import is_deadline
from engine.definitions.used import own_processes
from engine.identifiers import listed

TOLD = ("manager", "overdue")
EXPLAINED = "lateness"


def late_paths(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A missed limit of the authority's own tells the manager and is explained."""
    for process in own_processes(authority):
        for element in process.elements.values():
            if element.kind == "boundaryEvent" and is_deadline(element):
                for problem in _problems(element, list(_path(authority, process, element))):
                    yield Finding(file=process.file, element=element.id, message=problem)


def _problems(deadline: Element, path: list[Element]) -> Iterator[str]:
    told = any(_notice(element) == TOLD for element in path)
    explained = any(EXPLAINED in listed(e.properties.get("record")) for e in path)
    if deadline.properties.get("deadline.owner") == "referrer":
        if told or explained:
            yield "The limit is the referrer's: a missed one is no lateness of the authority."
        return
    if not told:
        yield f"Nobody is told when the limit is missed: send {':'.join(TOLD)} on its path."
    if not explained:
        yield f"Nobody explains a missed limit: record {EXPLAINED} on its path."


def _notice(element: Element) -> tuple[str | None, str | None]:
    return element.properties.get("notify.recipient"), element.properties.get("notify.kind")


def _path(
    authority: AuthorityDefinition, process: ProcessDefinition, first: Element
) -> Iterator[Element]:
    """The elements behind the first one, those of called processes too, each once."""
    seen: set[tuple[str, str]] = set()
    pending = [(process, flow.target) for flow in process.outgoing(first.id)]
    while pending:
        around, identifier = pending.pop()
        element = around.elements.get(identifier)
        if element is None or (around.id, identifier) in seen:
            continue
        seen.add((around.id, identifier))
        yield element
        pending.extend((around, flow.target) for flow in around.outgoing(identifier))
        pending.extend(_elsewhere(authority, element))


def _elsewhere(
    authority: AuthorityDefinition, element: Element
) -> Iterator[tuple[ProcessDefinition, str]]:
    """Where the path goes on without a flow: in a called process, at what catches an escalation."""
    called = authority.processes.get(element.called_element or "")
    if called:
        yield from ((called, identifier) for identifier in called.elements)
    if element.event == "escalation" and element.kind != "boundaryEvent":
        for process in own_processes(authority):
            for other in process.elements.values():
                catches = other.kind == "boundaryEvent" and other.event == "escalation"
                if catches and other.event_reference in (None, element.event_reference):
                    yield process, other.id
