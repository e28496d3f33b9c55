"""The matrix: questions down, definitions across, every cell computed from the files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from engine.compare import catalogue
from engine.compare.evidence import Evidence, Reader, national_reader, reader_of
from engine.compare.marks import Mark, mark
from engine.compare.questions import SECTIONS, Question
from engine.definitions import AuthorityDefinition
from engine.errors import Invalid

NATIONAL = "national"  # the key of the base line that the national rules are


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one definition answers; `value` is None where its files are silent."""

    value: str | None
    clauses: tuple[str, ...]
    part: str | None  # the diagram or table that the element lies in
    element: str | None
    found: tuple[Evidence, ...] = ()  # each single answer

    def to_json(self) -> dict[str, Any]:
        """The cell as JSON data, in the contract's words."""
        return {"value": self.value, "clauses": list(self.clauses), "element": self.element}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A question and what each definition answers, by the keys they go by."""

    question: str
    section: str
    cells: Mapping[str, Cell]
    national: Cell
    asked: Question

    @property
    def is_same(self) -> bool:
        """Whether all answer alike."""
        first, *others = self.cells
        return not any(self.parts(key, first) for key in others)

    def parts(self, key: str, base: str) -> bool:
        """Whether two of them part."""
        found = self.mark(key, base)
        return found is not None and not found.is_same

    def cell(self, key: str) -> Cell:
        """The cell of a definition, or of the national rules."""
        return self.national if key == NATIONAL else self.cells[key]

    def mark(self, key: str, base: str) -> Mark | None:
        """How the answer of one stands to that of another; None where the nation has no rule."""
        if base == NATIONAL and not self.national.found:
            return None
        return mark(self.asked.measure, self.cell(key).found, self.cell(base).found)

    def to_json(self) -> dict[str, Any]:
        """The row as JSON data: marks are against the first."""
        base = next(iter(self.cells))
        cells = {
            key: {**cell.to_json(), "mark": found.kind if found else None}
            for key, cell in self.cells.items()
            for found in (self.mark(key, base),)
        }
        return {
            "question": self.question,
            "section": self.section,
            "cells": cells,
            NATIONAL: self.national.to_json(),
        }


def matrix(
    definitions: Mapping[str, AuthorityDefinition], *, flow: str | None = None
) -> tuple[Row, ...]:
    """Every question that one of the definitions answers; some are always put.

    Raises Invalid for a flow that no vocabulary knows.
    """
    known = {each for d in definitions.values() for each in d.vocabulary.flows}
    if flow is not None and flow not in known:
        raise Invalid(f"There is no flow {flow!r}: there are {', '.join(sorted(known))}.")
    return _matrix(tuple(definitions.items()), flow)


@lru_cache(maxsize=16)
def _matrix(
    definitions: tuple[tuple[str, AuthorityDefinition], ...], flow: str | None
) -> tuple[Row, ...]:
    readers = {key: reader_of(definition, flow) for key, definition in definitions}
    nation = national_reader(definitions[0][1], flow)
    asked = catalogue.questions(tuple(readers.values()))
    rows = tuple(_rows(asked, readers, nation, has_flow=flow is not None))
    places = {section.id: place for place, section in enumerate(SECTIONS)}
    return tuple(sorted((*rows, *_left(rows, readers, nation)), key=lambda r: places[r.section]))


def _rows(
    asked: Iterator[Question], readers: Mapping[str, Reader], nation: Reader, *, has_flow: bool
) -> Iterator[Row]:
    for question in asked:
        cells = {key: _cell(question, reader) for key, reader in readers.items()}
        is_kept = question.always and not has_flow
        if is_kept or any(cell.found for cell in cells.values()):
            yield Row(
                question=question.text,
                section=question.section,
                cells=cells,
                national=_cell(question, nation),
                asked=question,
            )


def _left(rows: Sequence[Row], readers: Mapping[str, Reader], nation: Reader) -> Iterator[Row]:
    """What the clauses say beside, so that none is left out because of its wording."""
    cells = {
        key: _cell(catalogue.left(_told(rows, key)), reader) for key, reader in readers.items()
    }
    asked = catalogue.left(())
    if any(cell.found for cell in cells.values()):
        national = _cell(asked, nation)
        yield Row(
            question=asked.text, section=asked.section, cells=cells, national=national, asked=asked
        )


def _told(rows: Sequence[Row], key: str) -> frozenset[str]:
    """The words of everything that is told of one definition."""
    found = (each for row in rows for each in row.cells[key].found)
    return frozenset(text for each in found for text in (each.value, each.text) if text)


def _cell(question: Question, reader: Reader) -> Cell:
    once: dict[str, Evidence] = {}
    for each in question.find(reader):
        if each.value:
            once[each.value] = _joined(once.get(each.value), each)
    found = tuple(once.values())
    first = next((each for each in found if each.element), None)
    return Cell(
        value="; ".join(once) or None,
        clauses=tuple(dict.fromkeys(clause for each in found for clause in each.clauses)),
        part=first.part if first else None,
        element=first.element if first else None,
        found=found,
    )


def _joined(known: Evidence | None, found: Evidence) -> Evidence:
    """Two places that answer alike as one answer, at the first of them."""
    if known is None:
        return found
    clauses = tuple(dict.fromkeys((*known.clauses, *found.clauses)))
    return replace(known, clauses=clauses, text=_once(known.text, found.text))


def _once(known: str, found: str) -> str:
    """Both texts; but one of them where it holds the other."""
    if found in known or known in found:
        return max(known, found, key=len)
    return f"{known}; {found}"
