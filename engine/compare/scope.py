"""What belongs to a flow: the diagrams it reaches, what they ask and decide, and its limits."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.compare.difference import Difference
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The ids of everything that the comparison looks at."""

    processes: frozenset[str]
    elements: frozenset[tuple[str, str]]  # limits of the flow that other diagrams keep
    forms: frozenset[str]
    decisions: frozenset[str]

    def has(self, process: str, element: str) -> bool:
        """Whether an element belongs to it."""
        return process in self.processes or (process, element) in self.elements

    def keeps(self, difference: Difference) -> bool:
        """Whether a difference between diagrams belongs to it."""
        return self.has(difference.part, difference.element)

    def __or__(self, other: "Scope") -> "Scope":
        return Scope(
            processes=self.processes | other.processes,
            elements=self.elements | other.elements,
            forms=self.forms | other.forms,
            decisions=self.decisions | other.decisions,
        )


def scope_of(definition: AuthorityDefinition, flow: str | None) -> Scope:
    """The scope of a flow, or of everything."""
    processes = set(_reached(definition, flow)) if flow else set(definition.processes)
    elements = [e for key in processes for e in definition.processes[key].elements.values()]
    asked = {e.decision_id for e in elements if e.decision_id in definition.decisions}
    forms = {e.form_id for e in elements if e.form_id}
    models = (definition.decisions[key] for key in asked if key)
    return Scope(
        processes=frozenset(processes),
        elements=frozenset(_limits(definition, flow)) if flow else frozenset(),
        forms=frozenset(forms if flow else definition.forms),
        decisions=frozenset(
            (key for model in models for key in model.decisions) if flow else definition.decisions
        ),
    )


def _reached(definition: AuthorityDefinition, flow: str) -> Iterator[str]:
    seen: set[str] = set()
    pending = [flow]
    while pending:
        key = pending.pop()
        if key not in seen and key in definition.processes:
            seen.add(key)
            yield key
            elements = definition.processes[key].elements.values()
            pending.extend(e.called_element for e in elements if e.called_element)


def _limits(definition: AuthorityDefinition, flow: str) -> Iterator[tuple[str, str]]:
    """Deadlines on what calls the flow, or on a sub-process around that call."""
    for process in definition.processes.values():
        hosts: set[str] = set()
        for element in process.elements.values():
            if element.called_element == flow:
                hosts.update(_outwards(process.elements[element.id], dict(process.elements)))
        for element in process.elements.values():
            if element.deadline_name and element.attached_to in hosts:
                yield process.id, element.id


def _outwards(element: Element, elements: dict[str, Element]) -> Iterator[str]:
    here: Element | None = element
    while here is not None:
        yield here.id
        here = elements.get(here.parent) if here.parent else None
