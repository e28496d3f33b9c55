"""The matrix: questions down, definitions across, every cell computed from the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.compare import questions
from engine.compare.evidence import Evidence, Reader
from engine.compare.scope import Scope
from engine.definitions import AuthorityDefinition


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one definition answers; `value` is None where its files are silent."""

    value: Any
    clauses: tuple[str, ...]
    part: str | None  # the diagram or table that the element lies in
    element: str | None

    def to_json(self) -> dict[str, Any]:
        """The cell as JSON data, in the contract's words."""
        return {"value": self.value, "clauses": list(self.clauses), "element": self.element}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question and what each definition answers, by the keys they go by."""

    question: str
    cells: Mapping[str, Cell]

    @property
    def is_same(self) -> bool:
        """Whether all answer alike."""
        first, *others = (cell.value for cell in self.cells.values())
        return all(value == first for value in others)

    def to_json(self) -> dict[str, Any]:
        """The row as JSON data."""
        cells = {key: cell.to_json() for key, cell in self.cells.items()}
        return {"question": self.question, "cells": cells}


def matrix(
    definitions: Mapping[str, AuthorityDefinition],
    scopes: Mapping[str, Scope],
    *,
    flow: str | None = None,
) -> Iterator[Row]:
    """Every question that the files of one of the definitions answer; limits are always asked."""
    readers = {key: Reader(definition=d, scope=scopes[key]) for key, d in definitions.items()}
    asked = {question: key for r in readers.values() for question, key in questions.of(r)}
    for question in sorted(asked, key=lambda each: asked[each].order):
        answer = asked[question]
        cells = {key: _cell(list(answer.find(reader))) for key, reader in readers.items()}
        is_kept = answer.always and not flow
        if is_kept or any(cell.value is not None for cell in cells.values()):
            yield Row(question=question, cells=cells)


def _cell(found: list[Evidence]) -> Cell:
    values = list(dict.fromkeys(each.value for each in found if each.value))
    first = next((each for each in found if each.element), None)
    return Cell(
        value="; ".join(values) or None,
        clauses=tuple(dict.fromkeys(clause for each in found for clause in each.clauses)),
        part=first.part if first else None,
        element=first.element if first else None,
    )
