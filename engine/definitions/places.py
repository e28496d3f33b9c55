"""Where the clauses of a procedure live: in an element, a table row, a question or a help text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from engine.definitions.clauses import row_citations
from engine.definitions.model import AuthorityDefinition, Element, Field, Form
from engine.definitions.used import used_decisions, used_forms, used_processes
from engine.identifiers import titled

Kind = Literal["element", "row", "field", "help"]

_LONGEST = 80  # letters of a help text that stand for the whole


@dataclass(frozen=True, kw_only=True)
class Spot:
    """An element of a diagram, where a person or a case meets what cites a clause."""

    process_id: str
    element_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """What cites a clause, and the elements where it is met: itself, or those that ask it."""

    kind: Kind
    part: str  # the id of the diagram, table or form
    part_name: str
    element: str | None  # the id of the element, row or question; a help text has none
    name: str
    number: int | None  # of a row: its place in the table, from 1
    met_at: tuple[Spot, ...]

    def to_json(self) -> dict[str, Any]:
        """The place as JSON data."""
        spots = [{"process": spot.process_id, "element": spot.element_id} for spot in self.met_at]
        found = {"kind": self.kind, "part": self.part, "element": self.element, "name": self.name}
        return {**found, "met_at": spots, "sentence": self.sentence()}

    def sentence(self) -> str:
        """The place in words, with the ids by which a modeller finds it."""
        where = {
            "element": f"element {self.element} of the diagram {self.part}",
            "row": f"row {self.number} ({self.element}) of the table {self.part}",
            "field": f"question {self.element} of the form {self.part}",
            "help": f"help text of the form {self.part}",
        }[self.kind]
        return f"{where}: {self.name}"


@lru_cache(maxsize=64)
def places(definition: AuthorityDefinition) -> Mapping[str, tuple[Place, ...]]:
    """The places of every clause that something cites, by clause id; diagrams come first."""
    found: dict[str, list[Place]] = {}
    for clauses, place in _citing(definition):
        for clause in clauses:
            found.setdefault(clause, []).append(place)
    return {clause: tuple(cited) for clause, cited in found.items()}


def spot_of(process_id: str, element: Element) -> Spot:
    """An element by the name that its reader sees."""
    return Spot(
        process_id=process_id, element_id=element.id, name=element.name or titled(element.id)
    )


@lru_cache(maxsize=64)
def met_through(definition: AuthorityDefinition) -> Mapping[Spot, Mapping[Kind, tuple[str, ...]]]:
    """The clauses that each element meets through the questions, help and rows it puts to use."""
    found: dict[Spot, dict[Kind, tuple[str, ...]]] = {}
    for clause, cited in places(definition).items():
        for place in cited:
            for spot in place.met_at if place.kind != "element" else ():
                known = found.setdefault(spot, {})
                known[place.kind] = tuple(dict.fromkeys((*known.get(place.kind, ()), clause)))
    return found


def _citing(definition: AuthorityDefinition) -> Iterator[tuple[tuple[str, ...], Place]]:
    yield from _elements(definition)
    for form in used_forms(definition):
        yield from _questions(definition, form)
    for decision_id in used_decisions(definition):
        yield from _rows(definition, decision_id)


def _elements(definition: AuthorityDefinition) -> Iterator[tuple[tuple[str, ...], Place]]:
    for process in used_processes(definition):
        for element in process.elements.values():
            spot = spot_of(process.id, element)
            yield (
                element.clauses,
                Place(
                    kind="element",
                    part=process.id,
                    part_name=process.name or titled(process.id),
                    element=element.id,
                    name=spot.name,
                    number=None,
                    met_at=(spot,),
                ),
            )


def _questions(
    definition: AuthorityDefinition, form: Form
) -> Iterator[tuple[tuple[str, ...], Place]]:
    met_at = tuple(_asking(definition, lambda element: element.form_id == form.id))
    for field in _walk(form.fields):
        yield (
            field.clauses,
            Place(
                kind="field" if field.key else "help",
                part=form.id,
                part_name=titled(form.id),
                element=field.key,
                name=_said(field),
                number=None,
                met_at=met_at,
            ),
        )


def _rows(
    definition: AuthorityDefinition, decision_id: str
) -> Iterator[tuple[tuple[str, ...], Place]]:
    model = definition.decisions[decision_id]
    decision = model.decisions[decision_id]
    met_at = tuple(_asking(definition, lambda element: element.decision_id in model.decisions))
    for number, rule in enumerate(decision.table.rules if decision.table else (), 1):
        yield (
            row_citations(rule.description)[0],
            Place(
                kind="row",
                part=decision_id,
                part_name=decision.name or titled(decision_id),
                element=rule.id,
                name=rule.description,
                number=number,
                met_at=met_at,
            ),
        )


def _asking(definition: AuthorityDefinition, asks: Callable[[Element], bool]) -> Iterator[Spot]:
    for process in used_processes(definition):
        for element in process.elements.values():
            if asks(element):
                yield spot_of(process.id, element)


def _walk(fields: Iterable[Field]) -> Iterator[Field]:
    """Every question and text of a form in page order, those in groups and lists too."""
    pending = list(fields)[::-1]
    while pending:
        field = pending.pop()
        yield field
        pending.extend(field.fields[::-1])


def _said(field: Field) -> str:
    """The question; or how a help text begins, without its marks."""
    text = " ".join((field.label or field.text.replace("*", "").replace("#", "")).split())
    if not text:
        return field.key or field.type
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
