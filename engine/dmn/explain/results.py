"""Says what a decision came to in words that people read; a code by what its rules say."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.dmn.model import Decision, Rule, Table
from engine.feel import evaluate, to_json
from engine.identifiers import spoken, titled

LONGEST = 240  # letters, of the reasons for one result; the first reason is told whole

_WORD = re.compile(r"[^\W\d_]{2}")  # two letters in a row: more than a code
_CITED = re.compile(r"^[A-Z]{1,5}-?\d+[a-z]?(?:, [A-Z]{1,5}-?\d+[a-z]?)*: ")


def in_words(value: Any) -> str:
    """Give a value as a reader writes it: yes, no, not known, words without underscores."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{titled(str(key))}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item) for item in value) or "none"
    return "not known" if value is None else spoken(str(value))


def result_in_words(decision: Decision, outputs: Any) -> str:
    """Give what a decision came to, to be read alone: Disposal option 2: a low level of need."""
    table = decision.table
    if table is None or table.aggregation:
        return in_words(outputs)
    if isinstance(outputs, list | tuple):
        return "; ".join(result_in_words(decision, item) for item in outputs) or "none"
    if isinstance(outputs, Mapping):
        places = {column.name: place for place, column in enumerate(table.outputs)}
        return "; ".join(
            f"{titled(name)}: {column_in_words(table, places[name], value)}"
            for name, value in outputs.items()
        )
    words = column_in_words(table, 0, outputs)
    return f"{_counted(table)} {words}" if is_code(outputs) else words


def column_in_words(table: Table, place: int, value: Any) -> str:
    """Give what a column of a table can say, to be read under its label: 2: a low level of need.

    A number or a code says nothing by itself, so that the rules that give it say what it means.
    """
    words = in_words(value)
    meaning = _meaning(table, place, value) if is_code(value) else ""
    return f"{words}: {meaning}" if meaning else words


def is_code(value: Any) -> bool:
    """A number, or a text without a word in it."""
    if isinstance(value, str):
        return _WORD.search(value) is None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _counted(table: Table) -> str:
    """What a code is one of: the label of the only column, unless that asks something."""
    label = table.outputs[0].label
    return titled(label) if label and not label.endswith("?") else "Result"


def _meaning(table: Table, place: int, value: Any) -> str:
    """Why rules give the value: the whole reason of an only rule, of several how each begins."""
    reasons = [_reason(rule) for rule in _rules_giving(table, place, value)]
    if len(reasons) > 1:
        reasons = [reason.partition("; ")[0] for reason in reasons]
    told = list(dict.fromkeys(filter(None, reasons)))
    shown = told[:1]
    for reason in told[1:]:
        if len("; or ".join([*shown, reason])) > LONGEST:
            break
        shown.append(reason)
    left = len(told) - len(shown)
    more = [f"for {left} other {'reason' if left == 1 else 'reasons'}"] if left else []
    return "; or ".join([*shown, *more])


def _rules_giving(table: Table, place: int, value: Any) -> Iterator[Rule]:
    for rule in table.rules:
        given = to_json(evaluate(rule.outputs[place] or "null", {}))
        if type(given) is type(value) and given == value:
            yield rule


def _reason(rule: Rule) -> str:
    """The rule's description, or its annotation, without the clauses that it begins with."""
    text = rule.description or next(iter(rule.annotations), "")
    return _CITED.sub("", text.strip()).removesuffix(".")
