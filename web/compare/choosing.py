"""What a reader chose to compare: all of it stands in the address, so that a link reproduces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from engine.compare import NATIONAL, Row, by_distance, keys_by_distance, matrix
from engine.definitions.model import AuthorityDefinition
from engine.errors import Invalid
from web.compare import subjects
from web.compare.subjects import Offered

LEAST = 2  # that can be compared
MOST = 8  # columns that a page can hold
YES = "yes"
DISTANCE = "distance"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The names compared, the base line, a flow or all, and how the rows are shown."""

    of: tuple[str, ...]
    named_base: str = ""  # empty: the first of those compared
    flow: str = ""
    only_differences: bool = False
    by_distance: bool = False

    @property
    def base(self) -> str:
        """What the others are held against."""
        return self.named_base or next(iter(self.of), "")

    def args(self, **others: Any) -> dict[str, Any]:
        """The choice as the arguments of an address, some of them replaced."""
        found: dict[str, Any] = {
            "of": list(self.of),
            "base": self.named_base or None,
            "flow": self.flow or None,
            "only": YES if self.only_differences else None,
            "sort": DISTANCE if self.by_distance else None,
        }
        return found | others


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A choice with the definitions that it names, and everything that could be chosen."""

    choice: Choice
    offered: Sequence[Offered]
    definitions: Mapping[str, AuthorityDefinition]
    problem: str = ""

    @property
    def titles(self) -> dict[str, str]:
        """The definitions' names in the order of the columns."""
        named = subjects.titles(self.definitions)
        return {key: named[key] for key in self._keys()}

    def all_rows(self) -> tuple[Row, ...]:
        """Every row that the chosen flow has."""
        return matrix(self.definitions, flow=self.choice.flow or None)

    def rows(self) -> tuple[Row, ...]:
        """The rows that the reader wants to see, in that order."""
        rows = self.all_rows()
        if self.choice.only_differences:
            rows = tuple(row for row in rows if self._parts(row))
        return by_distance(rows) if self.choice.by_distance else rows

    def is_current(self, key: str) -> bool:
        """Whether it is the version that the pages of the procedures show."""
        authority, at, number = key.partition("@")
        return not at or any(
            each.key == authority and str(each.number) == number for each in self.offered
        )

    def pinned(self) -> dict[str, Any]:
        """The same choice with the numbers of today's versions."""
        numbers = {each.key: f"{each.authority}@{each.number}" for each in self.offered}
        of = tuple(numbers.get(key, key) for key in self.choice.of)
        base = self.choice.named_base
        return replace(self.choice, of=of, named_base=numbers.get(base, base)).args()

    def _parts(self, row: Row) -> bool:
        return not row.is_same or row.parts(next(iter(row.cells)), self.choice.base)

    def _keys(self) -> tuple[str, ...]:
        keys, base = tuple(self.definitions), self.choice.base
        if self.choice.by_distance:
            return keys_by_distance(self.all_rows(), keys, base)
        return tuple(sorted(keys, key=lambda key: key != base))


def chosen(store: Session, args: MultiDict[str, str]) -> Chosen:
    """Read the choice from an address; without one it is every authority as it stands.

    Raises NotFound for what was never deployed, Invalid for a flow that is none.
    """
    offered = subjects.offered(store)
    named = tuple(dict.fromkeys(args.getlist("of")))
    of = named or tuple(each.key for each in offered if each.is_current)[:MOST]
    definitions = subjects.load(store, of[:MOST])
    choice = Choice(
        of=of,
        named_base=args.get("base", ""),
        flow=args.get("flow", ""),
        only_differences=args.get("only") == YES,
        by_distance=args.get("sort") == DISTANCE,
    )
    _check_flow(choice, definitions)
    return Chosen(choice=choice, offered=offered, definitions=definitions, problem=_problem(choice))


def _problem(choice: Choice) -> str:
    if len(choice.of) < LEAST:
        return "Choose two or more procedures to compare."
    if len(choice.of) > MOST:
        return f"Choose {MOST} procedures at most."
    if choice.base not in (*choice.of, NATIONAL):
        return "Choose a base line among the procedures compared, or the national rules."
    return ""


def _check_flow(choice: Choice, definitions: Mapping[str, AuthorityDefinition]) -> None:
    flows = {flow for each in definitions.values() for flow in each.vocabulary.flows}
    if choice.flow and choice.flow not in flows:
        raise Invalid(f"There is no flow “{choice.flow}”.")
