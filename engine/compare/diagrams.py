"""Compares the diagrams of two definitions: what is added, removed, moved, or says otherwise."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from engine.compare.difference import Difference, Pair, spoken, unmatched
from engine.compare.elements import element_differences
from engine.compare.flows import connections, flow_differences
from engine.compare.graph import apart, nearest
from engine.compare.naming import described, is_telling, name_of
from engine.definitions.model import Element, ProcessDefinition

Found = dict[tuple[str, str], Element]  # by the ids of the process and the element


@dataclass(frozen=True, kw_only=True)
class Single:
    """The elements that one side alone has, those folded into others left out."""

    a: Found
    b: Found


def diagram_differences(pair: Pair) -> Iterator[Difference]:
    """Every difference between the diagrams, in the order of the first side's files."""
    ours, theirs = pair.a.definition.processes, pair.b.definition.processes
    common = [key for key in ours if key in theirs]
    single = Single(
        a={k: e for key in ours for k, e in _own(ours[key], theirs.get(key))},
        b={k: e for key in theirs for k, e in _own(theirs[key], ours.get(key))},
    )
    elsewhere = _elsewhere(single)
    yield from _diagrams(pair)
    for key in common:
        yield from _process(pair, ours[key], theirs[key])
    yield from _moved(pair, elsewhere)
    taken = {place for places in elsewhere for place in places}
    for (process, _), element in _of(single.a, common, taken):
        yield from _only(pair, "removed", process, element)
    for (process, _), element in _of(single.b, common, taken):
        yield from _only(pair, "added", process, element)


def _diagrams(pair: Pair) -> Iterator[Difference]:
    """Diagrams that one side alone has: each one entry, for all that is in it."""
    ours, theirs = pair.a.definition.processes, pair.b.definition.processes
    for key in unmatched(ours, theirs):
        told = (_contents(ours[key]), None)
        yield pair.differs("diagram_removed", (key, key), told, f"Diagram {spoken(key)}")
    for key in unmatched(theirs, ours):
        values = (None, _contents(theirs[key]))
        yield pair.differs("diagram_added", (key, key), values, f"Diagram {spoken(key)}")


def _contents(process: ProcessDefinition) -> str:
    tasks = [name_of(e) for e in process.elements.values() if e.kind == "userTask"]
    return f"user tasks {', '.join(tasks)}" if tasks else "no user task"


def _process(pair: Pair, a: ProcessDefinition, b: ProcessDefinition) -> Iterator[Difference]:
    common = frozenset(a.elements) & frozenset(b.elements)
    found = connections(a, b, common)
    for key in (each for each in a.elements if each in common):
        elements = (a.elements[key], b.elements[key])
        yield from element_differences(pair, a.id, elements, common=common)
        if key in found.moved or _around(a, key, common) != _around(b, key, common):
            values = (_where(a, key), _where(b, key))
            yield pair.differs("moved", (a.id, key), values, f"{name_of(elements[0])}: place")
    yield from flow_differences(pair, a, b, found, common)


def _around(process: ProcessDefinition, key: str, common: Set[str]) -> str | None:
    """The innermost sub-process around the element that both sides have."""
    parent = process.elements[key].parent
    while parent and parent not in common:
        parent = process.elements[parent].parent
    return parent


def _where(process: ProcessDefinition, key: str) -> str:
    before = [name_of(process.elements[flow.source]) for flow in process.incoming(key)]
    after = [name_of(process.elements[flow.target]) for flow in process.outgoing(key)]
    return f"after {', '.join(before) or 'nothing'} and before {', '.join(after) or 'nothing'}"


def _own(
    process: ProcessDefinition, other: ProcessDefinition | None
) -> Iterator[tuple[tuple[str, str], Element]]:
    """The elements that the other side lacks and that stand for themselves."""
    single = set(process.elements).difference(other.elements if other else ())
    behind = apart(process, single)
    telling = {key for key in single if is_telling(process.elements[key]) and key not in behind}
    for key, element in process.elements.items():
        if key in single and not _is_folded(process, key, single, behind, telling):
            yield (process.id, key), element


def _is_folded(
    process: ProcessDefinition,
    key: str,
    single: Set[str],
    behind: dict[str, str],
    telling: Set[str],
) -> bool:
    """Whether an element comes with another: a task's flows, its limits and what follows them."""
    element = process.elements[key]
    if key in behind or element.attached_to in single:
        return True
    if key in telling:
        return False
    near = nearest(process, key, within=single, wanted=telling)
    return near is not None or element.parent in single


def _elsewhere(single: Single) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Telling elements of one id and kind that lie in another diagram on the other side."""
    theirs: dict[tuple[str, str], tuple[str, str]] = {}
    for place, element in single.b.items():
        theirs.setdefault((element.id, element.kind), place)
    return [
        (place, theirs.pop((element.id, element.kind)))
        for place, element in single.a.items()
        if is_telling(element) and (element.id, element.kind) in theirs
    ]


def _moved(
    pair: Pair, elsewhere: list[tuple[tuple[str, str], tuple[str, str]]]
) -> Iterator[Difference]:
    ours, theirs = pair.a.definition.processes, pair.b.definition.processes
    for here, there in elsewhere:
        a = ours[here[0]].elements[here[1]]
        b = theirs[there[0]].elements[there[1]]
        values = (f"in {spoken(here[0])}", f"in {spoken(there[0])}")
        yield pair.differs("moved", here, values, f"{name_of(a)}: diagram")
        yield from element_differences(pair, here[0], (a, b), common=frozenset())


def _of(
    found: Found, common: list[str], taken: Set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Element]]:
    """The elements of diagrams that both sides have, unless they are told as moved."""
    return ((k, e) for k, e in found.items() if k[0] in common and k not in taken)


def _only(pair: Pair, kind: str, process: str, element: Element) -> Iterator[Difference]:
    ours, theirs = pair.definitions
    definition, other = (ours, theirs) if kind == "removed" else (theirs, ours)
    text = described(definition, element)
    hosted = [
        described(definition, each)
        for each in definition.processes[process].elements.values()
        if each.attached_to == element.id
        and each.deadline_name
        and each.id not in other.processes[process].elements
    ]
    told = ", with the ".join((text, *hosted))
    values = (told, None) if kind == "removed" else (None, told)
    yield pair.differs(
        kind, (process, element.id), values, f"{name_of(element)} in {spoken(process)}"
    )
