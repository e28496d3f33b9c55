"""Cases decided differently are all of them: as brute force over every input finds."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from engine import definitions
from engine.compare.difference import Pair, sides
from engine.compare.solve import Parting, knowledge, parting, partings, same_decisions
from engine.compare.solve_outcome import AMBIGUOUS
from engine.compare.solve_words import outcome
from engine.definitions import AuthorityDefinition
from engine.dmn import AmbiguousRules, Model
from engine.dmn.check import Known
from engine.dmn.check.cells import names_in, read_cell
from engine.dmn.check.columns import quoted
from tests.engine.compare.tables import (
    OTHER,
    VALUES,
    decision,
    holding,
    inputs_of,
    models,
    written,
)

ROOT = Path(__file__).parents[3]
AUTHORITIES = definitions.authority_ids(ROOT)
LISTS = ([], ["information"], ["early_help"], ["advice", "signposting"], None)


@cache
def definition(authority: str) -> AuthorityDefinition:
    return definitions.load_authority(ROOT, authority)


@cache
def found(one: str, other: str) -> tuple[Parting, ...]:
    a, b = sides({"one": definition(one), "other": definition(other)})
    return tuple(partings(Pair(a=a, b=b)))


def result(model: Model, inputs: Mapping[str, Any], key: str = "choice") -> str:
    """What a table comes to, in words."""
    try:
        return outcome(model.evaluate(key, dict(inputs)))
    except AmbiguousRules:
        return AMBIGUOUS


PAIRS = [
    (one, other, each.decisions[0].id, each.decisions[1].id)
    for one, other in combinations(AUTHORITIES, 2)
    for each in found(one, other)
]


@pytest.mark.parametrize(("one", "other", "here", "there"), PAIRS)
def test_brute_force_finds_the_same_inputs(one: str, other: str, here: str, there: str) -> None:
    (told,) = (p for p in found(one, other) if [d.id for d in p.decisions] == [here, there])
    tables = (definition(one).decisions[here], definition(other).decisions[there])
    keys = (here, there)
    known = knowledge(definition(one), definition(other))
    values = {name: tried(name, told, known) for name in variables(told)}
    results = [
        {tuple(each): results_at(tables[side], keys[side], values, each) for each in own}
        for side, own in enumerate(projections(told, values))
    ]
    assert not told.unsolved
    assert not told.perhaps

    reads = [read_by(told, side) for side in (0, 1)]
    places = [axis_places(told, values, region) for region in told.regions]
    for chosen in product(*(range(len(each)) for each in values.values())):
        point = dict(zip(values, chosen, strict=True))
        pair = tuple(
            results[side][tuple(point[name] for name in values if name in reads[side])]
            for side in (0, 1)
        )
        holds = {
            region.results
            for region, tests in zip(told.regions, places, strict=True)
            if all(test[tuple(point[name] for name in names)] for names, test in tests)
        }
        assert holds == ({pair} if pair[0] != pair[1] else set()), point


Values = Mapping[str, tuple[Any, ...]]


def read_by(told: Parting, side: int) -> set[str]:
    """The variables that one side's table reads."""
    table = told.decisions[side].table
    assert table
    outputs = [text for rule in table.rules for text in rule.outputs]
    return {n for text in (*(c.expression for c in table.inputs), *outputs) for n in names_in(text)}


def variables(told: Parting) -> list[str]:
    return sorted(read_by(told, 0) | read_by(told, 1))


def tried(name: str, told: Parting, known: Mapping[str, Known]) -> tuple[Any, ...]:
    """All values of a variable that has few; of a text those that a table names, and another."""
    fact = known.get(name)
    if fact and fact.kind == "list":
        return LISTS
    if fact and fact.kind == "boolean":
        return (True, False, None)
    if fact and fact.values:
        return (*fact.values, None)
    allowed = [
        column.allowed_values
        for each in told.decisions
        for column in (each.table.inputs if each.table else ())
        if name in names_in(column.expression)
    ]
    if all(allowed):
        cells = [read_cell(text) for text in allowed if text]
        return (*dict.fromkeys(v for cell in cells for v in cell.constants), None)
    return ("6", OTHER, None)


def projections(told: Parting, values: Values) -> list[list[tuple[int, ...]]]:
    """For each side, every combination of the variables that it reads, by their places."""
    return [
        list(product(*(range(len(v)) for name, v in values.items() if name in read_by(told, side))))
        for side in (0, 1)
    ]


def results_at(model: Model, key: str, values: Values, places: tuple[int, ...]) -> str:
    table = model.decisions[key].table
    assert table
    outputs = [text for rule in table.rules for text in rule.outputs]
    own = {n for t in (*(c.expression for c in table.inputs), *outputs) for n in names_in(t)}
    names = [name for name in values if name in own]
    chosen = {name: values[name][at] for name, at in zip(names, places, strict=True)}
    return result(model, {name: value for name, value in chosen.items() if value is not None}, key)


def axis_places(told: Parting, values: Values, region: Any) -> list[tuple[list[str], Any]]:
    """For each input of a region that matters, which values it may have."""
    found = []
    for axis, bits in region.box:
        if bits == axis.everything:
            continue
        names = sorted(names_in(axis.name))
        tests = {}
        for chosen in product(*(range(len(values[name])) for name in names)):
            inputs = {name: values[name][at] for name, at in zip(names, chosen, strict=True)}
            alone = region.__class__(**{**vars(region), "box": ((axis, bits),)})
            tests[chosen] = alone.holds(inputs)
        found.append((names, tests))
    return found


@settings(max_examples=80, deadline=None)
@given(one=models(), other=models())
def test_any_two_tables_part_where_brute_force_says(one: Model, other: Model) -> None:
    told = parting(decision(one), decision(other), {})

    for inputs in inputs_of(VALUES):
        pair = (result(one, inputs), result(other, inputs))
        are_alike = "no result" in pair or is_collecting(one) == is_collecting(other)
        is_same = pair[0] == pair[1] and are_alike
        assert set(holding(told, inputs)) == (set() if is_same else {pair})
    for region in told.regions:
        pair = (result(one, region.example), result(other, region.example))
        assert pair == region.results


def is_collecting(model: Model) -> bool:
    """Whether the results are a list, which one result alone is not."""
    table = decision(model).table
    return table is not None and table.hit_policy == "COLLECT"


def test_the_same_table_parts_nowhere() -> None:
    for authority in AUTHORITIES:
        assert [each.regions for each in found(authority, authority) if each.regions] == []


def test_neighbouring_inputs_are_one_region_in_words() -> None:
    one = written("FIRST", ["need", "risk"], [(['"low"', "true"], '"a"'), (["-", "-"], '"b"')])
    other = written("FIRST", ["need"], [(["-"], '"b"')])

    (region,) = parting(decision(one), decision(other), {}).regions

    assert region.where == "need is low, and risk is yes"
    assert region.results == ("a", "b")
    assert region.example == {"need": "low", "risk": True}
    assert [rule.number for rule in region.rules[0]] == [1]


def test_numbers_are_told_as_stretches() -> None:
    one = written("FIRST", ["age"], [(["< 10"], '"a"'), (["[10..16)"], '"b"'), (["-"], '"c"')])
    other = written("FIRST", ["age"], [(["< 12"], '"a"'), (["-"], '"c"')])

    regions = parting(decision(one), decision(other), {}).regions

    assert sorted((region.where, region.results) for region in regions) == [
        ("age is at least 10 and less than 12", ("b", "a")),
        ("age is at least 12 and less than 16", ("b", "c")),
    ]
    assert all(isinstance(region.example["age"], Decimal) for region in regions)


def test_an_input_of_one_table_alone_is_free() -> None:
    one = written("UNIQUE", ["need", "risk"], [(['"low"', "-"], '"a"')])
    other = written("UNIQUE", ["need"], [(['"low"'], '"a"')])

    told = parting(decision(one), decision(other), {})

    assert told.regions == ()
    assert told.free == ((), ("risk",))


def test_a_cell_that_cannot_be_analysed_is_said_so() -> None:
    one = written("FIRST", ["need"], [(["starts with(?, &quot;l&quot;)"], '"a"')])
    other = written("FIRST", ["need"], [(["-"], '"a"')])

    told = parting(decision(one), decision(other), {})

    assert told.regions == ()
    assert quoted("not analysable") in told.unsolved


def test_clauses_of_both_sides_stand_with_a_region() -> None:
    regions = [
        region
        for told in found("milton_keynes", "southwark")
        if told.decisions[0].id == "disposal_option"
        for region in told.regions
        if region.results == ("manager determines", "2")
    ]

    assert regions
    for region in regions:
        assert [rule.clauses for rule in region.rules[1]] == [("SWK-86",)]
        assert "level of need is low" in region.where


def test_decisions_of_two_ids_are_found_by_what_they_give() -> None:
    before = definition("southwark")
    sources = dict(before.sources)
    table = sources.pop("dmn/southwark/who_is_told.dmn").replace(b'"who_is_told"', b'"feedback"')
    sources["dmn/southwark/feedback.dmn"] = table
    path = "bpmn/southwark/after_disposal.bpmn"
    sources[path] = sources[path].replace(b'"who_is_told"', b'"feedback"')
    after = definitions.from_stored(sources, "southwark")
    a, b = sides({"before": before, "after": after})

    assert ("who_is_told", "feedback") in list(same_decisions(Pair(a=a, b=b)))
