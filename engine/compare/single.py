"""The elements that one side alone has: which tell an entry, and which are told with another."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from engine.compare.difference import feel
from engine.compare.graph import apart, nearest
from engine.compare.naming import is_telling
from engine.definitions.model import Element, ProcessDefinition

Place = tuple[str, str]  # the ids of the process and the element
_BY_THEMSELVES = ("userTask", "sendTask")
Processes = Mapping[str, ProcessDefinition]


@dataclass(frozen=True, kw_only=True)
class Single:
    """The elements of one side that the other lacks."""

    elements: Mapping[Place, Element]  # each an entry of its own
    folded: Mapping[Place, Sequence[str]]  # the ids of those that are told with it
    conditions: Mapping[Place, Sequence[str]]  # of flows into it that no other entry tells

    def entered_if(self, process: str, elements: Sequence[str]) -> Iterator[str]:
        """The conditions of flows from elements of both sides to these."""
        for element in elements:
            for condition in self.conditions.get((process, element), ()):
                yield f"comes if {condition}"


def single_in(ours: Processes, theirs: Processes, beside: Mapping[str, Set[str]]) -> Single:
    """What of our diagrams the other side lacks; diagrams that it lacks stand for themselves.

    `beside` has, for each diagram of both, our flows that are told beside one of theirs.
    """
    elements: dict[Place, Element] = {}
    folded: dict[Place, list[str]] = {}
    conditions: dict[Place, list[str]] = {}
    for key in (each for each in ours if each in theirs):
        process = ours[key]
        single = set(process.elements).difference(theirs[key].elements)
        for element, home in _homes(process, single).items():
            told = process.elements[element]
            if home == element and not _is_join(process, told):
                elements[key, element] = told
            elif home != element and (_tells(process, element) or told.event):
                folded.setdefault((key, home), []).append(element)
        for element, condition in _entered(process, single, beside[key]):
            conditions.setdefault((key, element), []).append(condition)
    return Single(elements=elements, folded=folded, conditions=conditions)


def _entered(
    process: ProcessDefinition, single: Set[str], beside: Set[str]
) -> Iterator[tuple[str, str]]:
    """Single elements with the conditions of flows into them that no other entry tells."""
    for flow in process.flows.values():
        is_entry = flow.source not in single and flow.target in single
        if is_entry and flow.condition and flow.id not in beside:
            yield flow.target, feel(flow.condition) or ""


def _homes(process: ProcessDefinition, single: Set[str]) -> dict[str, str]:
    """For each element of one side alone the one that tells it, itself perhaps.

    A limit and what follows when it runs out is told with what it is attached to, the inside of a
    sub-process with it, and ends and joins with the nearest that tells something.
    """
    behind = apart(process, single)
    telling = {
        key for key in single if _tells(process, key) and not _around(process, key, single, behind)
    }
    found: dict[str, str] = {}
    for key in (each for each in process.elements if each in single):
        home = key
        while home not in found and (around := _around(process, home, single, behind)):
            home = around
        if home == key and key not in telling:
            home = nearest(process, key, within=single, wanted=telling) or key
        found[key] = found.get(home, home)
    return {key: _last(found, home) for key, home in found.items()}


def _is_join(process: ProcessDefinition, element: Element) -> bool:
    """Whether ways only come together in it: those ways are compared themselves."""
    is_gateway = element.kind.endswith("Gateway") and not element.properties
    return is_gateway and len(list(process.outgoing(element.id))) <= 1


def _last(homes: Mapping[str, str], home: str) -> str:
    while homes[home] != home:
        home = homes[home]
    return home


def _around(
    process: ProcessDefinition, key: str, single: Set[str], behind: Mapping[str, str]
) -> str | None:
    """The limit before an element, what it is attached to, or what lies around it.

    Who is asked or told when a limit runs out is told by itself, if what the limit is on stays.
    """
    element = process.elements[key]
    limit = behind.get(key)
    if limit and element.kind in _BY_THEMSELVES:
        limit = process.elements[limit].attached_to
    places = (limit, element.attached_to, element.parent)
    return next((each for each in places if each in single), None)


def _tells(process: ProcessDefinition, key: str) -> bool:
    """Whether an element is worth an entry: a question is, a join is not."""
    element = process.elements[key]
    if element.kind.endswith("Gateway"):
        return any(flow.condition for flow in process.outgoing(key))
    return is_telling(element)
