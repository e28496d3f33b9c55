"""Everything that a part says which one side alone has: its entry tells any change of it."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from engine.compare.difference import Pair, feel, in_words
from engine.compare.elements import facets, told_of
from engine.compare.forms import told_of_form
from engine.compare.match import other_ids
from engine.compare.naming import described, is_telling, place_of
from engine.compare.tables import told_of_decision
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element

_BY_ID = ("kind", "form", "decision", "attached_to")


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What one side says, and which of its forms and tables the other side lacks.

    A form or table of one side alone is told where it is first used.
    """

    definition: AuthorityDefinition
    forms: Mapping[tuple[str, str], str]  # the process and the element that is its first user
    decisions: Mapping[tuple[str, str], str]
    lacking: frozenset[str]  # ids of all forms and decisions that the other side lacks

    def of(self, process: str, element: Element) -> list[str]:
        """What the element is and says, with the form and table that are told there."""
        said = facets(self.definition, element)
        told = [told_of(kind, value, element) for kind, value in said.items() if kind not in _BY_ID]
        return [described(self.definition, element), *told, *self.used(process, element)]

    def used(self, process: str, element: Element) -> list[str]:
        """The form and the table that the element uses: by id where both sides have them."""
        found = []
        place = (process, element.id)
        form, decision = element.form_id, element.decision_id
        if form and form not in self.lacking:
            found.append(f"form: {form}")
        if form and self.forms.get(place) == form:
            found.extend(told_of_form(self.definition.forms[form]))
        if decision and decision not in self.lacking:
            found.append(f"decision: {decision}")
        if decision and self.decisions.get(place) == decision:
            found.extend(_tables(self.definition, decision, self.lacking))
        return [*found, f"result: {element.result_variable}"] if decision else found

    def conditions(self, process: str, elements: Set[str]) -> list[str]:
        """The conditions of the flows that leave these elements."""
        flows = self.definition.processes[process].flows.values()
        return [
            f"goes on if {feel(f.condition)}" for f in flows if f.source in elements and f.condition
        ]

    def of_diagram(self, process: str) -> list[str]:
        """Everything that a diagram says."""
        elements = self.definition.processes[process].elements
        told = [in_words(self.of(process, element)) for element in elements.values()]
        return [*told, *self.conditions(process, set(elements)), *self.places(process, elements)]

    def places(self, process: str, elements: Iterable[str]) -> list[str]:
        """Where those of the elements stand that tell something by being there."""
        diagram = self.definition.processes[process]
        telling = (key for key in elements if is_telling(diagram.elements[key]))
        return [place_of(diagram, key) for key in telling]


def contents_of(pair: Pair) -> tuple[Contents, Contents]:
    """What both sides say, forms and tables of two ids that belong together taken as both's."""
    forms, decisions = other_ids(pair)
    ours, theirs = pair.definitions
    known = (
        {*theirs.forms, *theirs.decisions, *(a for a, _ in (*forms, *decisions))},
        {*ours.forms, *ours.decisions, *(b for _, b in (*forms, *decisions))},
    )
    return _contents(ours, known[0]), _contents(theirs, known[1])


def _contents(definition: AuthorityDefinition, known: Set[str]) -> Contents:
    lacking = frozenset({*definition.forms, *definition.decisions} - known)
    forms: dict[str, tuple[str, str]] = {}
    decisions: dict[str, tuple[str, str]] = {}
    for process in definition.processes.values():
        for element in process.elements.values():
            if element.form_id in lacking and element.form_id in definition.forms:
                forms.setdefault(element.form_id, (process.id, element.id))
            if element.decision_id in lacking and element.decision_id in definition.decisions:
                decisions.setdefault(element.decision_id, (process.id, element.id))
    return Contents(
        definition=definition,
        forms={place: key for key, place in forms.items()},
        decisions={place: key for key, place in decisions.items()},
        lacking=lacking,
    )


def _tables(definition: AuthorityDefinition, decision: str, lacking: Set[str]) -> Iterator[str]:
    """The table that is asked, and those beside it in its file."""
    for key, each in definition.decisions[decision].decisions.items():
        if key in lacking:
            yield from told_of_decision(each)
