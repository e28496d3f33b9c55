"""Differences as a page lists them: numbered sentences with their places and clauses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.compare import Difference
from engine.definitions.model import AuthorityDefinition
from web.compare.sides import Compared, Link

SIGNS: Mapping[str, str] = {"added": "+", "removed": "−", "moved": "⇄", "changed": "≠"}
WORDS: Mapping[str, str] = {
    "added": "Only the other has it",
    "removed": "Only the first has it",
    "moved": "It stands elsewhere",
    "changed": "It says something else",
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one side says it: its title, the element, and the clauses that it cites."""

    title: str
    element: Link
    clauses: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A difference with its number and its sign."""

    number: int
    sort: str
    sentence: str
    places: tuple[Place, ...]
    note: str = ""

    @property
    def sign(self) -> str:
        """The symbol that marks it in the diagrams."""
        return SIGNS[self.sort]

    @property
    def word(self) -> str:
        """What the symbol means."""
        return WORDS[self.sort]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What parts two sides in one diagram, table or form."""

    id: str
    title: str
    told: tuple[Told, ...]


def sort_of(kind: str) -> str:
    """Whether something is added, removed, moved or said otherwise."""
    last = kind.rpartition("_")[2]
    return last if last in SIGNS else "changed"


def of_diagram(
    compared: Compared, found: Sequence[Difference], process: str, *, start: int = 1
) -> tuple[Told, ...]:
    """The differences in one diagram, numbered from `start`."""
    own = [each for each in found if each.part == process]
    return tuple(
        Told(
            number=number,
            sort=sort_of(each.kind),
            sentence=each.sentence,
            places=tuple(_places(compared, each, process)),
        )
        for number, each in enumerate(own, start)
    )


def _places(compared: Compared, difference: Difference, process: str) -> Iterator[Place]:
    for key, element in zip(difference.authorities, ids_of(compared, difference), strict=True):
        link = compared.element(key, process, element)
        if link.text:
            definition = compared.definitions[key]
            cited = _cited(definition, process, element)
            yield Place(
                title=compared.titles[key], element=link, clauses=compared.clauses(key, cited)
            )


def ids_of(compared: Compared, difference: Difference) -> tuple[str, str]:
    """The ids that an element or flow has on either side."""
    other = difference.authorities[1]
    names = compared.ids_there(other, difference.part)
    there = difference.there or names.get(difference.element, difference.element)
    return difference.element, there


def _cited(definition: AuthorityDefinition, process: str, element: str) -> tuple[str, ...]:
    diagram = definition.processes[process]
    found = diagram.elements.get(element)
    return found.clauses if found else ()


def marks(
    compared: Compared, found: Sequence[tuple[Difference, int]], key: str, process: str
) -> dict[str, list[list[str]]]:
    """What to mark in the diagram of one side: element → sign and number of each difference."""
    marked: dict[str, list[list[str]]] = {}
    diagram = compared.definitions[key].processes[process]
    for difference, number in found:
        if key not in difference.authorities:
            continue
        element = ids_of(compared, difference)[difference.authorities.index(key)]
        if element in diagram.elements or element in diagram.flows:
            sort = sort_of(difference.kind)
            marked.setdefault(element, []).append([sort, f"{SIGNS[sort]} {number}"])
    return marked


def of_parts(
    compared: Compared, found: Sequence[Difference], titles: Mapping[str, str]
) -> tuple[Part, ...]:
    """Differences between tables or forms, by table or form, numbered throughout."""
    parts: dict[str, list[Told]] = {}
    for number, each in enumerate(found, 1):
        told = Told(
            number=number,
            sort=sort_of(each.kind),
            sentence=each.sentence,
            places=tuple(_asked_at(compared, each)),
            note=_elsewhere(compared, each),
        )
        parts.setdefault(each.part, []).append(told)
    return tuple(
        Part(id=part, title=titles.get(part, part.replace("_", " ").capitalize()), told=tuple(told))
        for part, told in parts.items()
    )


def _asked_at(compared: Compared, difference: Difference) -> Iterator[Place]:
    """The tasks that ask a question, on either side, with its clauses."""
    for key in difference.authorities:
        definition = compared.definitions[key]
        form = definition.forms.get(difference.part)
        name = difference.element.rpartition(".")[2]
        field = next((f for f in form.walk() if f.key == name), None) if form else None
        spots = (
            (process.id, element.id)
            for process in definition.processes.values()
            for element in process.elements.values()
            if element.form_id == difference.part
        )
        spot = next(spots, None)
        if field and spot:
            link = compared.element(key, *spot)
            clauses = compared.clauses(key, field.clauses)
            yield Place(title=compared.titles[key], element=link, clauses=clauses)


def _elsewhere(compared: Compared, difference: Difference) -> str:
    """Where the side that does not ask a question here asks it in another form."""
    if difference.kind not in ("field_added", "field_removed"):
        return ""
    key = difference.authorities[0 if difference.kind == "field_added" else 1]
    definition = compared.definitions[key]
    asking = {
        form.id
        for form in definition.forms.values()
        if any(field.key == difference.element for field in form.walk())
    }
    tasks = {
        f"“{element.name}”"
        for process in definition.processes.values()
        for element in process.elements.values()
        if element.form_id in asking and element.name
    }
    return f"{compared.titles[key]} asks it at {', '.join(sorted(tasks))}." if tasks else ""
