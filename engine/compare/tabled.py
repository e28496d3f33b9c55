"""Answers that decision tables give: what they look at, and what they come to."""

import re
from collections.abc import Iterator
from dataclasses import replace

from engine.compare.difference import feel
from engine.compare.evidence import Evidence, Reader
from engine.compare.expressions import in_words
from engine.compare.finding import Find
from engine.compare.wording import cell_in_words
from engine.definitions.clauses import row_citations
from engine.dmn.model import Decision

_CITED = re.compile(r"^[A-Z0-9, -]+:\s*")  # the ids at the start of a row's description


def results(decision_id: str) -> Find:
    """What a decision can come to, rule by rule, each with the clauses of its row."""

    def find(reader: Reader) -> Iterator[Evidence]:
        decision = _decision(reader, decision_id)
        for rule in decision.table.rules if decision and decision.table else ():
            clauses = row_citations(rule.description)[0]
            yield Evidence(
                value=", ".join(map(cell_in_words, rule.outputs)),
                text=_CITED.sub("", rule.description),
                clauses=clauses,
                part=decision_id,
                element=rule.id,
                strength=reader.strength(clauses),
            )
        if decision and decision.table is None and decision.expression:
            value = in_words(feel(decision.expression) or "")
            yield Evidence(value=value, part=decision_id, element=decision_id)

    return find


def numbered(decision_id: str) -> Find:
    """How many of the results of a table are numbers, as options of a list are."""

    def find(reader: Reader) -> Iterator[Evidence]:
        found = [each for each in results(decision_id)(reader) if each.value.isdecimal()]
        count = len({each.value for each in found})
        clauses = tuple(dict.fromkeys(clause for each in found for clause in each.clauses))
        if count:
            yield replace(found[0], value=f"{count} numbered options", clauses=clauses, text="")

    return find


def inputs(decision_id: str) -> Find:
    """What a table looks at."""

    def find(reader: Reader) -> Iterator[Evidence]:
        decision = _decision(reader, decision_id)
        for column in decision.table.inputs if decision and decision.table else ():
            yield Evidence(value=column.label, part=decision_id, element=column.id)

    return find


def _decision(reader: Reader, decision_id: str) -> Decision | None:
    if decision_id not in reader.scope.decisions:
        return None
    model = reader.definition.decisions.get(decision_id)
    return model.decisions.get(decision_id) if model else None
