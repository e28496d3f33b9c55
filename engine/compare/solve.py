"""Cases decided differently: the inputs on which two decision tables part, found by solving."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.compare.difference import Pair
from engine.compare.match import other_ids
from engine.compare.solve_axes import Axis, Space, Unsolvable
from engine.compare.solve_cover import Box, cover
from engine.compare.solve_outcome import Outcomes, key_of
from engine.compare.solve_search import Found, search
from engine.compare.solve_space import space_of
from engine.compare.solve_words import condition, outcome
from engine.definitions import AuthorityDefinition
from engine.definitions.clauses import cited_in
from engine.dmn.check import Known
from engine.dmn.check.cells import names_in
from engine.dmn.check.fault import Budget, OverBudget
from engine.dmn.model import Decision, Table
from engine.feel import evaluate
from engine.feel.run import Value

MOST_STEPS: Final = 3_000_000
_KINDS: Final = {"enum": "string", "datetime": "string"}  # an instant is kept as its text
_TOO_LARGE: Final = "The tables are too large to be solved together."


@dataclass(frozen=True, kw_only=True)
class RuleCited:
    """A rule that counts for some of the inputs: its number from 1, its id and its clauses."""

    number: int
    id: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Region:
    """Inputs on which two tables come to two results, with the rules behind them.

    `example` is one of those inputs; an input that it lacks is not answered.
    """

    conditions: tuple[str, ...]
    results: tuple[str, str]
    rules: tuple[tuple[RuleCited, ...], tuple[RuleCited, ...]]
    example: Mapping[str, Value]
    is_unanswered: bool  # comes about only where a question was not answered
    box: tuple[tuple[Axis, int], ...]  # of each input, a bit for every piece that it may be

    @property
    def where(self) -> str:
        """The inputs in words."""
        return ", and ".join(self.conditions) or "always"

    def holds(self, inputs: Mapping[str, Any]) -> bool:
        """Whether an input of the two tables lies in the region."""
        return all(_holds(axis, bits, inputs) for axis, bits in self.box)


@dataclass(frozen=True, kw_only=True)
class Parting:
    """Two tables, and every input on which they part; or why that cannot be told.

    Inputs that one table does not have are free: it decides alike whatever they are.
    """

    decisions: tuple[Decision, Decision]
    regions: tuple[Region, ...] = ()
    free: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # inputs of the other side alone
    unsolved: str = ""
    is_fewest: bool = True  # fewer regions could not tell it
    perhaps: bool = False  # inputs depend on each other: some regions may never come about


def same_decisions(pair: Pair) -> Iterator[tuple[str, str]]:
    """The decisions that both sides take: of one id, asked at one element, or of one result."""
    ours, theirs = (_own_decisions(definition) for definition in pair.definitions)
    same = [(key, key) for key in ours if key in theirs]
    same += [each for each in other_ids(pair)[1] if each not in same]
    yield from same
    taken = {key for each in same for key in each}
    for a in (key for key in ours if key not in taken):
        alike = [
            b for b in theirs
            if b not in taken and _result_names(ours[a]) == _result_names(theirs[b])
        ]  # fmt: skip
        if len(alike) == 1:
            yield a, alike[0]


def partings(pair: Pair) -> Iterator[Parting]:
    """Every two tables of the same decision, with the inputs on which they part."""
    ours, theirs = (_own_decisions(definition) for definition in pair.definitions)
    known = knowledge(*pair.definitions)
    for a, b in same_decisions(pair):
        yield parting(ours[a], theirs[b], known)


def parting(a: Decision, b: Decision, known: Mapping[str, Known]) -> Parting:
    """The inputs on which two decisions part; `known` is what variables are known to be."""
    if a.table is None or b.table is None:
        is_same = a.table is b.table and a.expression == b.expression
        reason = "" if is_same else "It is not decided by a table on both sides."
        return Parting(decisions=(a, b), unsolved=reason)
    try:
        return _solved((a, b), (a.table, b.table), known)
    except Unsolvable as error:
        return Parting(decisions=(a, b), unsolved=f"{error}")
    except OverBudget:
        return Parting(decisions=(a, b), unsolved=_TOO_LARGE)


def knowledge(*definitions: AuthorityDefinition) -> dict[str, Known]:
    """What is known of the facts of the vocabulary, the values of all definitions together."""
    found: dict[str, Known] = {}
    for definition in definitions:
        for fact in definition.vocabulary.facts.values():
            values = found[fact.id].values if fact.id in found else ()
            found[fact.id] = Known(
                kind=_KINDS.get(fact.type, fact.type),
                values=tuple(dict.fromkeys((*values, *fact.values))),
            )
    return found


def _own_decisions(definition: AuthorityDefinition) -> dict[str, Decision]:
    return {key: model.decisions[key] for key, model in definition.decisions.items()}


def _result_names(decision: Decision) -> tuple[str, ...] | None:
    return tuple(column.name for column in decision.table.outputs) if decision.table else None


Decisions = tuple[Decision, Decision]
Tables = tuple[Table, Table]


def _solved(decisions: Decisions, tables: Tables, known: Mapping[str, Known]) -> Parting:
    space = space_of(tables, known)
    solver = _Solver(space, tables)
    found = search(space, tables, solver.differ, Budget(left=MOST_STEPS))
    merged = [solver.merged(group) for group in solver.alike(found)]
    regions = [region for group in merged for region in group.regions]
    return Parting(
        decisions=decisions,
        regions=tuple(sorted(regions, key=lambda region: region.is_unanswered)),
        is_fewest=all(group.is_fewest for group in merged),
        free=(_free(*tables), _free(tables[1], tables[0])),
        perhaps=space.is_dependent,
    )


def _free(table: Table, other: Table) -> tuple[str, ...]:
    """The variables that the other table alone looks at."""
    own = {name for column in table.inputs for name in names_in(column.expression)}
    others = (name for column in other.inputs for name in sorted(names_in(column.expression)))
    return tuple(dict.fromkeys(name for name in others if name not in own))


@dataclass(frozen=True, kw_only=True)
class _Merged:
    """The regions of two results; whether they are the fewest."""

    regions: tuple[Region, ...]
    is_fewest: bool


class _Solver:
    """Two tables over one space."""

    def __init__(self, space: Space, tables: Tables) -> None:
        self._space = space
        self._tables = tables
        self._outcomes = (Outcomes(table=tables[0]), Outcomes(table=tables[1]))
        names = [{column.name for column in table.outputs} for table in tables]
        self._whole = tuple(axis.everything for axis in space.axes)
        self._common = names[0] & names[1] if min(map(len, names)) > 1 else set()

    def differ(self, rules: tuple[int, int], pieces: dict[int, int]) -> bool:
        """Whether the rules that match come to different results."""
        a, b = self._results(rules, pieces)
        return key_of(a) != key_of(b)

    def alike(self, found: Sequence[Found]) -> Iterator[list[Found]]:
        """The boxes by the two results that they come to."""
        alike: dict[tuple[str, str], list[Found]] = {}
        for each in found:
            results = self._results(each.rules, self._corner(each.box))
            alike.setdefault((key_of(results[0]), key_of(results[1])), []).append(each)
        yield from alike.values()

    def merged(self, found: Sequence[Found]) -> "_Merged":
        """The boxes of the same two results, merged to the fewest."""
        covered = cover([each.box for each in found], self._whole)
        regions = tuple(self._region(box, found) for box in covered.boxes)
        return _Merged(regions=regions, is_fewest=covered.is_fewest)

    def _region(self, box: Box, found: Sequence[Found]) -> Region:
        results = self._results(found[0].rules, self._corner(found[0].box))
        behind = [each for each in found if _meet(each.box, box)]
        return Region(
            conditions=tuple(self._conditions(box)),
            results=(outcome(results[0]), outcome(results[1])),
            rules=(self._cited(0, behind), self._cited(1, behind)),
            example=self._example(box),
            box=tuple(zip(self._space.axes, box, strict=True)),
            is_unanswered=any(
                bits == 1 << (len(axis.pieces) - 1)
                for axis, bits in zip(self._space.axes, box, strict=True)
            ),
        )

    def _conditions(self, box: Box) -> Iterator[str]:
        for axis, bits in zip(self._space.axes, box, strict=True):
            if bits != axis.everything:
                yield condition(axis, bits)

    def _cited(self, side: int, found: Sequence[Found]) -> tuple[RuleCited, ...]:
        places = {
            at
            for each in found
            for at in self._outcomes[side].rules(
                each.rules[side], self._context(self._corner(each.box))
            )
        }
        rules = self._tables[side].rules
        return tuple(
            RuleCited(number=at + 1, id=rules[at].id, clauses=cited_in(rules[at].description))
            for at in sorted(places)
        )

    def _example(self, box: Box) -> dict[str, Value]:
        corner = self._corner(box)
        found = {self._space.axes[at].name: self._piece(at, place) for at, place in corner.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _corner(self, box: Box) -> dict[int, int]:
        """One input of a box: of each axis the first piece."""
        return {at: (bits & -bits).bit_length() - 1 for at, bits in enumerate(box)}

    def _piece(self, at: int, place: int) -> Value:
        return self._space.axes[at].pieces[place].value

    def _results(self, rules: tuple[int, int], pieces: Mapping[int, int]) -> tuple[Any, Any]:
        context = self._context(pieces)
        found = [o.result(bits, context) for o, bits in zip(self._outcomes, rules, strict=True)]
        return self._kept(found[0]), self._kept(found[1])

    def _context(self, pieces: Mapping[int, int]) -> dict[str, Value]:
        """The variables that results are computed from, at those pieces."""
        axes: Sequence[Axis] = self._space.axes
        return {
            axes[at].name: self._piece(at, place)
            for at, place in pieces.items()
            if axes[at].name in self._space.kept
        }

    def _kept(self, result: Any) -> Any:
        """Of several results those that both tables name; all where they share none."""
        if self._common and isinstance(result, Mapping):
            return {name: value for name, value in result.items() if name in self._common}
        return result


def _holds(axis: Axis, bits: int, inputs: Mapping[str, Any]) -> bool:
    value = inputs.get(axis.name) if axis.is_variable else evaluate(axis.name, dict(inputs))
    place = axis.place(value)
    return place is not None and bool(bits >> place & 1)


def _meet(one: Box, other: Box) -> bool:
    return all(a & b for a, b in zip(one, other, strict=True))
