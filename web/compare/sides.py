"""Which procedures the pages of differences set side by side, and links into each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from engine.compare.comparison import Differences, differences
from engine.compare.difference import Pair, Side, sides
from engine.compare.match import matches_of
from engine.definitions.model import AuthorityDefinition
from engine.errors import NotFound
from web.compare import subjects
from web.compare.choosing import LEAST, MOST


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that may lead somewhere."""

    text: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The procedures, the first of them the one that the others are told against."""

    definitions: Mapping[str, AuthorityDefinition]
    titles: Mapping[str, str]
    current: frozenset[str]  # names of versions that the pages of the procedures show

    @property
    def keys(self) -> tuple[str, ...]:
        """The names, in the order chosen."""
        return tuple(self.definitions)

    @property
    def is_enough(self) -> bool:
        """Whether there is something to compare."""
        return LEAST <= len(self.definitions) <= MOST

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows that any of them knows of."""
        found = (flow for each in self.definitions.values() for flow in each.vocabulary.flows)
        return tuple(dict.fromkeys(found))

    def named(self, wanted: str | None) -> str:
        """The one that the first is told against: the second, unless another is wanted."""
        if wanted is None:
            return self.keys[1]
        if wanted not in self.keys[1:]:
            raise NotFound(f"“{wanted}” is not among the procedures that are compared.")
        return wanted

    def pair(self, one: str, other: str) -> Pair:
        """Two of them."""
        chosen = {key: self.definitions[key] for key in (one, other)}
        a, b = sides(chosen)
        return Pair(a=self._titled(a), b=self._titled(b))

    def found(self, other: str | None = None) -> Differences:
        """Every difference from the first, or from the first to one other."""
        keys = self.keys if other is None else (self.keys[0], other)
        return differences({key: self.definitions[key] for key in keys})

    def element(self, key: str, process: str, element: str) -> Link:
        """An element of a diagram by its name, with its page where there is one."""
        definition = self.definitions[key]
        diagram = definition.processes.get(process)
        if diagram and element in diagram.flows:
            element = diagram.flows[element].source
        known = diagram.elements.get(element) if diagram else None
        if diagram is None or known is None:
            return Link(text="")
        name = known.name or element.replace("_", " ")
        return Link(text=name, href=self._page(key, process, element))

    def diagram(self, key: str, process: str) -> Link:
        """The title of one of them, with the page of its diagram."""
        authority = self.definitions[key].id
        is_shown = key in self.current and process in self.definitions[key].processes
        href = url_for("models.diagram", authority=authority, process_id=process)
        return Link(text=self.titles[key], href=href if is_shown else None)

    def clauses(self, key: str, ids: Sequence[str]) -> tuple[Link, ...]:
        """Clauses, each with where its words stand."""
        definition = self.definitions[key]
        return tuple(Link(text=each, href=self._clause(definition, key, each)) for each in ids)

    def decision(self, key: str, decision: str) -> str | None:
        """The page of a decision table."""
        if key not in self.current:
            return None
        authority = self.definitions[key].id
        return url_for("models.decision", authority=authority, decision_id=decision)

    def ids_there(self, other: str, process: str) -> dict[str, str]:
        """Elements of the first that the other has under another id: ours to theirs."""
        ours, theirs = self.definitions[self.keys[0]], self.definitions[other]
        if process not in ours.processes or process not in theirs.processes:
            return {}
        found = matches_of(ours, theirs, process)
        return {here: there for there, here in found.items() if here != there}

    def _titled(self, side: Side) -> Side:
        return Side(key=side.key, name=self.titles[side.key], definition=side.definition)

    def _page(self, key: str, process: str, element: str) -> str | None:
        if key not in self.current:
            return None
        authority = self.definitions[key].id
        anchor = f"{process}-{element}"
        return url_for("models.diagram", authority=authority, process_id=process, _anchor=anchor)

    def _clause(self, definition: AuthorityDefinition, key: str, clause: str) -> str | None:
        if key not in self.current or clause not in definition.clauses:
            return None
        return url_for("models.clauses", authority=definition.id, _anchor=clause)


def compared(store: Session, args: MultiDict[str, str]) -> Compared:
    """What an address names; without names every authority as it stands.

    Raises NotFound, with the name, for what was never deployed.
    """
    offered = subjects.offered(store)
    current = [each for each in offered if each.is_current]
    named = args.getlist("of") or [each.key for each in current][:MOST]
    definitions = subjects.load(store, list(dict.fromkeys(named))[: MOST + 1])
    numbers = {each.key: f"{each.key}@{each.number}" for each in current}
    return Compared(
        definitions=definitions,
        titles=subjects.titles(definitions),
        current=frozenset((*numbers, *numbers.values())) & frozenset(definitions),
    )
