"""Judges the cells of a table's outputs: their kind, their allowed values, and which are given."""

from collections.abc import Iterator
from functools import lru_cache

from engine.dmn.check.cells import Cell, NotAnalysable, constant_of, read_cell
from engine.dmn.check.columns import KINDS, quoted, said
from engine.dmn.check.fault import Fault
from engine.dmn.check.scales import text_of_value
from engine.dmn.model import Output, Rule, Table
from engine.feel.compare import equal
from engine.feel.run import Value
from engine.feel.values import kind_of


def output_faults(table: Table) -> Iterator[Fault]:
    """What is wrong with the outputs of a table, column by column."""
    for place, column in enumerate(table.outputs):
        allowed = _allowed(column)
        for rule in table.rules:
            yield from _cell_faults(column, rule, rule.outputs[place], allowed)
        yield from _never_given(table, place, allowed)


def differ(one: Rule, other: Rule) -> bool | None:
    """Whether two rules give different outputs; None where that depends on the input."""
    answers = [_differ(*texts) for texts in zip(one.outputs, other.outputs, strict=True)]
    return True if True in answers else None if None in answers else False


def ranks(table: Table) -> list[tuple[int, ...]] | None:
    """For each rule the places of its outputs among the allowed values; None if unknown."""
    found = [
        tuple(
            _place(column, text) for column, text in zip(table.outputs, rule.outputs, strict=True)
        )
        for rule in table.rules
    ]
    known = [tuple(place for place in rank if place is not None) for rank in found]
    return known if all(map(len, known)) and sum(map(len, known)) == sum(map(len, found)) else None


@lru_cache(maxsize=4096)
def constant(text: str) -> Value:
    """The value of an output cell that is a constant; null for every other."""
    return constant_of(text) if text else None


def _differ(one: str, other: str) -> bool | None:
    if one == other:
        return False
    first, second = constant(one), constant(other)
    return None if first is None or second is None else equal(first, second) is not True


def _place(column: Output, text: str) -> int | None:
    if not column.allowed_values:
        return 0
    listed, value = constant(f"[{column.allowed_values}]"), constant(text)
    if not isinstance(listed, list) or value is None:
        return None
    places = (place for place, each in enumerate(listed) if equal(each, value) is True)
    return next(places, len(listed))


def _allowed(column: Output) -> Cell | None:
    try:
        return read_cell(column.allowed_values) if column.allowed_values else None
    except NotAnalysable:
        return None


def _cell_faults(column: Output, rule: Rule, text: str, allowed: Cell | None) -> Iterator[Fault]:
    value = constant(text)
    if value is None:
        return
    kind, wanted = kind_of(value), KINDS.get(column.type or "")
    if wanted and kind != wanted:
        sentence = f"The output {quoted(text)} is {said(kind)}, not {said(wanted)}."
        yield Fault(kind="type", element=rule.id, sentence=sentence)
    elif allowed and not allowed.accepts(value):
        sentence = f"The output {quoted(text)} is none of the values {quoted(allowed.text)}."
        yield Fault(kind="type", element=rule.id, sentence=sentence)


def _never_given(table: Table, place: int, allowed: Cell | None) -> Iterator[Fault]:
    """Allowed values that no rule gives, where every output is a constant."""
    column = table.outputs[place]
    texts = [rule.outputs[place] for rule in table.rules]
    given = [constant(text) for text in (*texts, *([column.default] if column.default else []))]
    if allowed is None or allowed.is_ordered or None in given:
        return
    for value in allowed.constants:
        if not any(equal(value, each) is True for each in given):
            sentence = f"No rule gives {text_of_value(value)}, which is allowed as an output."
            yield Fault(kind="unused", element=column.id, sentence=sentence)
