"""Finds in the files of one definition what answers a question, with its clauses and element."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.compare.difference import feel, spoken
from engine.compare.naming import deadline_text, role_label
from engine.compare.rules import cell
from engine.compare.scope import Scope
from engine.definitions import AuthorityDefinition
from engine.definitions.clauses import cited_in
from engine.definitions.model import Element, Field
from engine.feel.lexer import name_parts

_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One answer, the clauses behind it, and where it stands."""

    value: str
    clauses: tuple[str, ...] = ()
    part: str | None = None
    element: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A question of a form, at an element that puts it."""

    process: str
    element: Element
    field: Field

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the question; where it has none, those of the element."""
        return self.field.clauses or self.element.clauses


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One definition, as far as the comparison looks at it."""

    definition: AuthorityDefinition
    scope: Scope

    def elements(self) -> Iterator[tuple[str, Element]]:
        """Every element in scope, with the id of its diagram."""
        for process in self.definition.processes.values():
            for element in process.elements.values():
                if self.scope.has(process.id, element.id):
                    yield process.id, element

    def asking(self) -> Iterator[Asking]:
        """Every question at every element that puts it."""
        for process, element in self.elements():
            form = self.definition.forms.get(element.form_id or "")
            for field in form.walk() if form else ():
                if field.key:
                    yield Asking(process=process, element=element, field=field)

    def where(self, is_wanted: Callable[[Element], object]) -> Iterator[Evidence]:
        """The elements of that sort, by name."""
        for process, element in self.elements():
            if is_wanted(element):
                yield self.at(process, element, element.name or spoken(element.id))

    def at(self, process: str, element: Element, value: str) -> Evidence:
        """An answer that an element gives."""
        return Evidence(value=value, clauses=element.clauses, part=process, element=element.id)

    def user_tasks(self, flow: str) -> Iterator[Evidence]:
        """The user tasks of a flow, each with who does it."""
        for process, element in self.elements():
            if process == flow and element.kind == "userTask":
                role = role_label(self.definition, element.role)
                yield self.at(process, element, f"{element.name} ({role})")

    def deadline(self, name: str) -> Iterator[Evidence]:
        """How long, from when, and how binding; a limit that is not the authority's says whose."""
        for process, element in self.elements():
            if element.deadline_name == name:
                given = element.properties
                owner = given.get("deadline.owner")
                whose = f", {spoken(owner).lower()}'s" if owner else ""
                strength = given.get("source.strength", "must")
                yield self.at(process, element, f"{deadline_text(element)} ({strength}{whose})")

    def outcome(self, outcome: str) -> Iterator[Evidence]:
        """Where a case comes to an outcome."""
        return self.where(lambda element: outcome in self.words(element, "outcome"))

    def words(self, element: Element, name: str) -> set[str]:
        """The words that a property can come to, those of its FEEL included."""
        given = element.properties.get(name, "")
        if not given.startswith("="):
            return {word.strip() for word in given.split(",")}
        offered = {
            str(option.value)
            for asking in self.asking()
            if asking.field.key in name_parts(given[1:])
            for option in asking.field.options
        }
        return offered | set(_TEXT.findall(given))

    def fact(self, fact: str) -> Iterator[Evidence]:
        """Who asks for a fact, and where."""
        for asking in self.asking():
            if asking.field.key == fact:
                yield self._at(asking, asking.element.name or spoken(asking.element.id))

    def options(self, fact: str) -> Iterator[Evidence]:
        """What a question offers to choose from."""
        for asking in self.asking():
            if asking.field.key == fact:
                for option in asking.field.options:
                    yield self._at(asking, spoken(str(option.value)))

    def authorisation(self) -> Iterator[Evidence]:
        """Who authorises: the roles of the tasks that ask whether the manager does."""
        for asking in self.asking():
            role = role_label(self.definition, asking.element.role)
            if asking.field.key == "manager_authorises" and role:
                clauses = tuple(dict.fromkeys((*asking.element.clauses, *asking.field.clauses)))
                name = asking.element.name or spoken(asking.element.id)
                value = f"{role} ({name})"
                yield Evidence(
                    value=value, clauses=clauses, part=asking.process, element=asking.element.id
                )

    def _at(self, asking: Asking, value: str) -> Evidence:
        return Evidence(
            value=value, clauses=asking.clauses, part=asking.process, element=asking.element.id
        )

    def results(self, decision_id: str) -> Iterator[Evidence]:
        """What a decision can come to, with the clauses of its rules."""
        if decision_id not in self.scope.decisions:
            return
        model = self.definition.decisions.get(decision_id)
        decision = model.decisions.get(decision_id) if model else None
        if decision is None:
            return
        for rule in decision.table.rules if decision.table else ():
            value = ", ".join(map(cell, rule.outputs))
            clauses = cited_in(rule.description)
            yield Evidence(value=value, clauses=clauses, part=decision_id, element=decision_id)
        if decision.table is None and decision.expression:
            value = feel(decision.expression) or ""
            yield Evidence(value=value, part=decision_id, element=decision_id)
