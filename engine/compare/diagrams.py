"""Compares the diagrams of two definitions: what is added, removed, moved, or says otherwise."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from engine.compare.contents import Contents, contents_of
from engine.compare.difference import Difference, Pair, Side, in_words, spoken, unmatched
from engine.compare.elements import element_differences, facets, told_of
from engine.compare.flows import Connections, connections, flow_differences
from engine.compare.naming import described, is_telling, name_of, place_of
from engine.compare.single import Place, Single, single_in
from engine.definitions.model import Element, ProcessDefinition

Moved = Sequence[tuple[Place, Place]]


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """Two sides, what each says, and the elements that it alone has."""

    pair: Pair
    contents: tuple[Contents, Contents]
    single: tuple[Single, Single]

    def told(self, side: int, place: Place) -> list[str]:
        """All that a side says at an element that it alone has, and what comes with it."""
        contents = self.contents[side]
        element = contents.definition.processes[place[0]].elements[place[1]]
        return [*contents.of(place[0], element), *self.beside(side, place)]

    def beside(self, side: int, place: Place) -> list[str]:
        """All that comes with an element that a side alone has: limits, and conditions of flows."""
        process, found, contents = place[0], self.single[side], self.contents[side]
        elements = contents.definition.processes[process].elements
        folded = found.folded.get(place, ())
        said = [each for key in folded for each in contents.of(process, elements[key])]
        own = (place[1], *folded)
        conditions = (*contents.conditions(process, {*own}), *found.entered_if(process, own))
        return [*said, *conditions, *contents.places(process, own)]

    def used(self, side: int, process: str, element: Element) -> list[str]:
        """The form and the table that an element of a side uses, in full where they are told."""
        return self.contents[side].used(process, element)


def diagram_differences(pair: Pair) -> Iterator[Difference]:
    """Every difference between the diagrams, in the order of the first side's files."""
    ours, theirs = (definition.processes for definition in pair.definitions)
    connected = {key: connections(ours[key], theirs[key]) for key in ours if key in theirs}
    beside = [{key: found.beside[side] for key, found in connected.items()} for side in (0, 1)]
    compared = _Compared(
        pair=pair,
        contents=contents_of(pair),
        single=(single_in(ours, theirs, beside[0]), single_in(theirs, ours, beside[1])),
    )
    elsewhere = _elsewhere(compared)
    yield from _diagrams(compared)
    for key, found in connected.items():
        yield from _process(compared, ours[key], theirs[key], found)
    yield from _moved(compared, elsewhere)
    taken = {place for places in elsewhere for place in places}
    for side in (0, 1):
        for place, element in compared.single[side].elements.items():
            if place not in taken:
                yield _only(compared, side, place, element)


def _diagrams(compared: _Compared) -> Iterator[Difference]:
    """Diagrams that one side alone has: each one entry, for all that is in it."""
    pair, (ours, theirs) = compared.pair, (d.processes for d in compared.pair.definitions)
    for key in unmatched(ours, theirs):
        told, said = compared.contents[0].of_diagram(key), _tasks(ours[key])
        yield pair.differs(
            "diagram_removed", (key, key), (told, None), f"Diagram {spoken(key)}", said=(said, None)
        )
    for key in unmatched(theirs, ours):
        told, said = compared.contents[1].of_diagram(key), _tasks(theirs[key])
        yield pair.differs(
            "diagram_added", (key, key), (None, told), f"Diagram {spoken(key)}", said=(None, said)
        )


def _tasks(process: ProcessDefinition) -> str:
    tasks = [name_of(e) for e in process.elements.values() if e.kind == "userTask"]
    return f"user tasks {', '.join(tasks)}" if tasks else "no user task"


def _process(
    compared: _Compared, a: ProcessDefinition, b: ProcessDefinition, found: Connections
) -> Iterator[Difference]:
    pair = compared.pair
    common = frozenset(a.elements) & frozenset(b.elements)
    for key in (each for each in a.elements if each in common):
        elements = (a.elements[key], b.elements[key])
        yield from element_differences(pair, a.id, elements, common=common, used=compared.used)
        if key in found.moved or _around(a, key, common) != _around(b, key, common):
            values = (place_of(a, key), place_of(b, key))
            yield pair.differs("moved", (a.id, key), values, f"{name_of(elements[0])}: place")
    yield from flow_differences(pair, a, b, found, common)


def _around(process: ProcessDefinition, key: str, common: Set[str]) -> str | None:
    """The innermost sub-process around the element that both sides have."""
    parent = process.elements[key].parent
    while parent and parent not in common:
        parent = process.elements[parent].parent
    return parent


def _elsewhere(compared: _Compared) -> Moved:
    """Telling elements of one id and kind that lie in another diagram on the other side."""
    ours, theirs = (single.elements for single in compared.single)
    places: dict[tuple[str, str], Place] = {}
    for place, element in theirs.items():
        places.setdefault((element.id, element.kind), place)
    return [
        (place, places.pop((element.id, element.kind)))
        for place, element in ours.items()
        if is_telling(element) and (element.id, element.kind) in places
    ]


def _moved(compared: _Compared, elsewhere: Moved) -> Iterator[Difference]:
    """Elements that stand in another diagram, each with all that it says otherwise there."""
    pair, (ours, theirs) = compared.pair, (d.processes for d in compared.pair.definitions)
    for here, there in elsewhere:
        a = ours[here[0]].elements[here[1]]
        b = theirs[there[0]].elements[there[1]]
        unlike = list(
            element_differences(pair, here[0], (a, b), common=frozenset(), used=compared.used)
        )
        kinds = [each.kind for each in unlike]
        said = (_said_in(here[0], kinds, pair.a, a), _said_in(there[0], kinds, pair.b, b))
        used = ([each.a for each in unlike], [each.b for each in unlike])
        values = (
            [*said[0], *map(in_words, used[0]), *compared.beside(0, here)],
            [*said[1], *map(in_words, used[1]), *compared.beside(1, there)],
        )
        yield pair.differs("moved", here, values, f"{name_of(a)}: diagram", said=said)


def _said_in(process: str, kinds: Sequence[str], side: Side, element: Element) -> list[str]:
    """Where an element stands, and its properties of those kinds."""
    found = facets(side.definition, element)
    return [f"in {spoken(process)}", *(told_of(kind, found.get(kind), element) for kind in kinds)]


def _only(compared: _Compared, side: int, place: Place, element: Element) -> Difference:
    """An element that one side alone has, with its limits in words, and all else in its values."""
    pair, (process, _) = compared.pair, place
    definition, other = pair.definitions[side], pair.definitions[1 - side]
    hosted = [
        described(definition, each)
        for each in definition.processes[process].elements.values()
        if each.attached_to == element.id
        and each.deadline_name
        and each.id not in other.processes[process].elements
    ]
    said = ", with the ".join((described(definition, element), *hosted))
    told = compared.told(side, place)
    subject = f"{name_of(element)} in {spoken(process)}"
    if side == 0:
        return pair.differs("removed", place, (told, None), subject, said=(said, None))
    return pair.differs("added", place, (None, told), subject, said=(None, said))
