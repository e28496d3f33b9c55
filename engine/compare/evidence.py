"""Finds in the files of one definition what answers a question, with its clauses and element."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.compare.difference import spoken
from engine.compare.limits import Limit
from engine.compare.scope import Scope, scope_of
from engine.definitions import AuthorityDefinition, places
from engine.definitions.model import Clause, Element, Field
from engine.feel.lexer import name_parts

_ASIDE = re.compile(r"\s*\([^)]*\)$")  # what a heading says in brackets at its end
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One answer, the clauses behind it, and where it stands."""

    value: str
    clauses: tuple[str, ...] = ()
    part: str | None = None
    element: str | None = None
    text: str = ""  # more of what stands there, beside the answer itself
    strength: str = ""  # must, should, may or must_not
    limit: Limit | None = None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A question of a form, at an element that puts it."""

    process: str
    element: Element
    field: Field

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of the question; where it has none and is not assumed, the element's."""
        if self.assumed:
            return ()
        return self.field.clauses or self.element.clauses

    @property
    def assumed(self) -> str:
        """That the question is assumed, and no clause asks for it; nothing where one does."""
        return _assumed(self.field.properties, self.field.clauses)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One definition, as far as the comparison looks at it."""

    definition: AuthorityDefinition
    scope: Scope
    flow: str | None = None

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

    def register(self) -> Iterator[Clause]:
        """The clauses of the procedure itself; of the national rules where they are the subject."""
        for clause in self.definition.clauses.values():
            if clause.national == (not self.definition.processes):
                yield clause

    def where(self, is_wanted: Callable[[Element], object]) -> Iterator[Evidence]:
        """The elements of that sort, by name."""
        for process, element in self.elements():
            if is_wanted(element):
                found = self.at(process, element, element.name or spoken(element.id))
                yield replace(found, text=_assumed(element.properties, element.clauses))

    def at(self, process: str, element: Element, value: str) -> Evidence:
        """An answer that an element gives."""
        return Evidence(
            value=value,
            clauses=element.clauses,
            part=process,
            element=element.id,
            strength=self.strength(element.clauses),
        )

    def put(self, asking: Asking, value: str) -> Evidence:
        """An answer that a question of a form gives, at the element that puts it."""
        found = self.at(asking.process, asking.element, value)
        return replace(found, clauses=asking.clauses, strength=self.strength(asking.clauses))

    def clause(self, clause: Clause) -> Evidence | None:
        """What a clause asks for, where it first lives; None where that is out of sight."""
        spots = [
            spot for place in places(self.definition).get(clause.id, ()) for spot in place.met_at
        ]
        seen = [spot for spot in spots if self.scope.has(spot.process_id, spot.element_id)]
        if self.flow and not seen:
            return None
        return Evidence(
            value=f"{clause.requirement} ({clause.strength.replace('_', ' ')})",
            clauses=(clause.id,),
            part=seen[0].process_id if seen else None,
            element=seen[0].element_id if seen else None,
            text=self._heading(clause),
            strength=clause.strength,
        )

    def _heading(self, clause: Clause) -> str:
        """The heading of a special part of the text; the main one and chapters have none."""
        heading = _ASIDE.sub("", clause.section)
        is_plain = heading[:1].isdecimal() or heading == main_heading(self.definition)
        return "" if clause.national or is_plain else f"under “{heading}”"

    def strength(self, clauses: tuple[str, ...]) -> str:
        """How binding the first of these clauses is."""
        known = (self.definition.clauses.get(each) for each in clauses)
        return next((clause.strength for clause in known if clause), "")

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


def _assumed(properties: Mapping[str, str], clauses: tuple[str, ...]) -> str:
    keys = properties.get("source.assumption", "")
    return f"assumed ({keys}), no clause says so" if keys and not clauses else ""


@lru_cache(maxsize=64)
def main_heading(definition: AuthorityDefinition) -> str:
    """The heading under which most clauses of the procedure stand."""
    own = (each.section for each in definition.clauses.values() if not each.national)
    counted = Counter(_ASIDE.sub("", section) for section in own)
    return counted.most_common(1)[0][0] if counted else ""


def reader_of(definition: AuthorityDefinition, flow: str | None) -> Reader:
    """A reader of a definition, of one flow or of everything."""
    return Reader(definition=definition, scope=scope_of(definition, flow), flow=flow)


def national_reader(definition: AuthorityDefinition, flow: str | None) -> Reader:
    """A reader of the national rules alone that a definition shares with all others."""
    rules = {key: clause for key, clause in definition.clauses.items() if clause.national}
    bare = replace(
        definition, processes={}, decisions={}, forms={}, labels={}, settings={}, clauses=rules
    )
    return replace(reader_of(bare, None), flow=flow)
