"""Cases decided differently, as a page shows them: regions by what they come to, with examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from engine.compare.comparison import differences
from engine.compare.difference import Pair, feel
from engine.compare.rules import Aligned, align, cell
from engine.compare.solve import Parting, Region, RuleCited, partings
from engine.compare.tables import columns_of
from engine.definitions.feel_names import literal_text
from engine.dmn.explain import said
from engine.dmn.explain.results import column_in_words, is_code
from engine.dmn.model import Rule, Table
from engine.identifiers import spoken
from engine.runtime.saying import known_in_words
from web.compare.sides import Compared, Link
from web.compare.telling import Told, of_parts
from web.filters import as_words

_IN_ROWS = ("cell", "rule_added", "rule_removed")  # differences that the aligned rules show


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many regions two sides part in, for one decision."""

    decision: str
    other_decision: str
    one: str
    other: str
    regions: int
    unsolved: str


@dataclass(frozen=True, kw_only=True)
class RuleShown:
    """A rule behind a result, with its clauses."""

    number: int
    clauses: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class RegionShown:
    """Inputs on which two tables part."""

    where: str
    example: str
    rules: tuple[tuple[RuleShown, ...], tuple[RuleShown, ...]]
    is_unanswered: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """All regions of one pair of results."""

    results: tuple[str, str]
    regions: tuple[RegionShown, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """Two rules beside each other, or one alone; `is_same` where every common cell is equal."""

    mark: str
    rules: tuple[str, str]
    numbers: tuple[int | None, int | None]


def counts(compared: Compared) -> tuple[Count, ...]:
    """For every two of those compared and every decision of both: in how many regions they part."""
    return tuple(
        Count(
            decision=each.decisions[0].id,
            other_decision=each.decisions[1].id,
            one=one,
            other=other,
            regions=len(each.regions),
            unsolved=each.unsolved,
        )
        for one, other in combinations(compared.keys, 2)
        for each in partings(compared.pair(one, other))
    )


def wanted(pair: Pair, decision: str) -> Parting | None:
    """The two tables of a decision, by its id on either side."""
    return next(
        (each for each in partings(pair) if decision in (d.id for d in each.decisions)), None
    )


def groups(compared: Compared, pair: Pair, told: Parting) -> tuple[Group, ...]:
    """The regions by what they come to; those of unanswered questions last in each."""
    found: dict[tuple[str, str], list[RegionShown]] = {}
    for region in told.regions:
        shown = RegionShown(
            where=f"{region.where[:1].upper()}{region.where[1:]}",
            example=_example(region),
            rules=(
                _rules(compared, pair.a.key, region.rules[0]),
                _rules(compared, pair.b.key, region.rules[1]),
            ),
            is_unanswered=region.is_unanswered,
        )
        found.setdefault(region.results, []).append(shown)
    return tuple(
        Group(results=_results(told, key), regions=tuple(each)) for key, each in found.items()
    )


def _results(told: Parting, results: tuple[str, str]) -> tuple[str, str]:
    """What two tables come to; a code with what the rules say of it."""
    one, other = (
        column_in_words(decision.table, 0, text)
        if decision.table and len(decision.table.outputs) == 1
        else text
        for decision, text in zip(told.decisions, results, strict=True)
    )
    return one, other


def codes(pair: Pair, told: Parting) -> tuple[tuple[str, str], ...]:
    """What the codes mean that the regions name: the input with its code, and what it is."""
    axes = {axis.name: axis for region in told.regions for axis, _ in region.box}
    return tuple(
        (f"{spoken(axis.name)} {value}".capitalize(), meaning)
        for axis in axes.values()
        for value in (piece.value for piece in axis.pieces)
        if isinstance(value, str) and is_code(value)
        if (meaning := _meaning(pair, axis.name, value))
    )


def _meaning(pair: Pair, name: str, code: str) -> str:
    """What a form, or the table that gives the code, says of it on either side."""
    found: dict[str, list[str]] = {}
    for side in (pair.a, pair.b):
        fields = (f for form in side.definition.forms.values() for f in form.walk())
        labels = [o.label for f in fields if f.key == name for o in f.options if o.value == code]
        said = labels[0] if labels else known_in_words(side.definition, name, code)
        meaning = said.removeprefix(code).removeprefix(": ")
        if meaning:
            found.setdefault(meaning, []).append(side.name)
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{' and '.join(names)}: {meaning}" for meaning, names in found.items())


def _rules(compared: Compared, key: str, rules: Sequence[RuleCited]) -> tuple[RuleShown, ...]:
    return tuple(
        RuleShown(number=rule.number, clauses=compared.clauses(key, rule.clauses)) for rule in rules
    )


def _example(region: Region) -> str:
    """One input of the region in words; what does not matter is left out."""
    named = [axis.name for axis, bits in region.box if bits != axis.everything]
    parts = [f"{name.replace('_', ' ')}: {_value(region.example.get(name))}" for name in named]
    return "; ".join(parts)


def _value(value: Any) -> str:
    return "no answer" if value is None else as_words(value)


def aligned(told: Parting) -> tuple[Row, ...]:
    """The rules of both tables beside each other, in the order of the first."""
    a, b = (decision.table for decision in told.decisions)
    if a is None or b is None:
        return ()
    found = align(a.rules, b.rules, *columns_of(a, b))
    return tuple(_rows(a, b, found))


def _rows(a: Table, b: Table, found: Aligned) -> Iterator[Row]:
    pairs = dict(found.pairs)
    for at, rule in enumerate(a.rules):
        there = pairs.get(at)
        if there is None:
            yield Row(mark="only", rules=(_sentence(a, rule), ""), numbers=(at + 1, None))
            continue
        texts = (_sentence(a, rule), _sentence(b, b.rules[there]))
        mark = "same" if _says(a, rule) == _says(b, b.rules[there]) else "other"
        yield Row(mark=mark, rules=texts, numbers=(at + 1, there + 1))
    for at in found.added:
        yield Row(mark="only", rules=("", _sentence(b, b.rules[at])), numbers=(None, at + 1))


def _sentence(table: Table, rule: Rule) -> str:
    """A rule in words: what it looks at, and what it comes to."""
    results = ", ".join(_result(table, place, text) for place, text in enumerate(rule.outputs))
    return f"{', and '.join(_tests(table, rule)) or 'always'} → {results}"


def _says(table: Table, rule: Rule) -> tuple[list[str], list[str]]:
    return _tests(table, rule), [said(text).text for text in rule.outputs]


def _tests(table: Table, rule: Rule) -> list[str]:
    return [
        f"{_subject(column.expression)} is {said(text).text}"
        for column, text in zip(table.inputs, rule.inputs, strict=True)
        if cell(text) != "-"
    ]


def _result(table: Table, place: int, text: str) -> str:
    """What a cell gives in words; a code with what the rules say of it."""
    given = literal_text(text) if text else None
    return column_in_words(table, place, given) if given is not None else said(text).text


def _subject(expression: str) -> str:
    text = feel(expression) or ""
    return text.replace("_", " ") if text.isidentifier() else f"“{text}”"


def sentences(compared: Compared, pair: Pair, told: Parting) -> tuple[Told, ...]:
    """What else parts the two tables: hit policies and columns; rules stand beside each other."""
    titled = {side.key: side.definition for side in (pair.a, pair.b)}
    found = differences(titled).tables
    own = [each for each in found if each.part == told.decisions[0].id]
    shown = [each for each in own if not each.kind.startswith(_IN_ROWS)]
    (part,) = of_parts(compared, shown, {}) or (None,)
    return part.told if part else ()
