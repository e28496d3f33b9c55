"""What the pages of the matrix show, ready for the templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from engine.compare import (
    NATIONAL,
    NATIONAL_TITLE,
    SECTIONS,
    Distance,
    Evidence,
    Mark,
    Row,
    distances,
    sections_parted,
    summary,
)
from engine.errors import NotFound
from web import ids
from web.compare.choosing import Chosen
from web.compare.stacks import stacks

SIGNS = {"same": "=", "different": "≠", "stricter": "▲", "looser": "▼", "silent": "–"}
WORDS = {kind: kind.capitalize() for kind in SIGNS}


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that may lead somewhere."""

    text: str
    href: str | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer of a cell: what it says, more of it, its clauses, and where it stands."""

    text: str
    more: str
    clauses: tuple[Link, ...]
    place: Link | None


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A cell: its column, its mark in a sign and words, and its answers."""

    title: str
    is_base: bool
    kind: str
    sign: str
    word: str
    reason: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A question with its cells."""

    question: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, kw_only=True)
class SectionLink:
    """A section in the list of them: how many of its questions part those compared."""

    id: str
    title: str
    href: str
    parted: int
    of: int
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page of the comparison has."""

    chosen: Chosen
    args: dict[str, Any]
    columns: tuple[str, ...]
    sections: tuple[SectionLink, ...]
    here: SectionLink | None = None
    rows: tuple[RowView, ...] = ()
    number: int = 1  # of the pages that a long section takes
    count: int = 1
    hidden: int = 0  # rows that all answer alike and that the reader does not want to see
    sentences: tuple[str, ...] = ()
    distances: tuple[Distance, ...] = ()

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows to choose from."""
        found = (flow for d in self.chosen.definitions.values() for flow in d.vocabulary.flows)
        return tuple(dict.fromkeys(found))

    @property
    def previous(self) -> SectionLink | None:
        """The section before the one that is shown."""
        return self._beside(-1)

    @property
    def next(self) -> SectionLink | None:
        """The section after the one that is shown."""
        return self._beside(1)

    def title(self, key: str) -> str:
        """The name of a column."""
        return title_of(self.chosen, key)

    def _beside(self, step: int) -> SectionLink | None:
        places = [place for place, each in enumerate(self.sections) if each.is_here]
        at = places[0] + step if places else -1
        return self.sections[at] if 0 <= at < len(self.sections) else None

    @property
    def base_title(self) -> str:
        """The name of the base line."""
        return title_of(self.chosen, self.chosen.choice.base)


def overview(chosen: Chosen) -> Page:
    """The first page: where those compared part, and what else can be chosen."""
    if chosen.problem:
        return Page(chosen=chosen, args={}, columns=(), sections=())
    rows, titles = chosen.all_rows(), chosen.titles
    keys = (*titles, NATIONAL)
    return Page(
        chosen=chosen,
        args=chosen.choice.args(),
        columns=tuple(titles.values()),
        sections=tuple(sections(chosen)),
        sentences=tuple(summary(rows, titles)),
        distances=distances(rows, keys),
    )


def section(chosen: Chosen, wanted: str, number: str) -> Page:
    """One section of the matrix, or a page of it; raises NotFound for a page that there is not."""
    listed = tuple(sections(chosen, wanted))
    rows = [row for row in chosen.rows() if row.section == wanted]
    held = list(stacks(rows)) or [()]
    at = ids.number(number) or 0
    if not 1 <= at <= len(held):
        raise NotFound(f"This section has {len(held)} pages.")
    hidden = sum(row.section == wanted for row in chosen.all_rows()) - len(rows)
    rows = list(held[at - 1])
    return Page(
        chosen=chosen,
        args=chosen.choice.args(),
        columns=tuple(title_of(chosen, key) for key in keys_of(chosen, rows)),
        sections=listed,
        here=next((each for each in listed if each.is_here), _empty(chosen, wanted)),
        rows=tuple(views(chosen, rows)),
        number=at,
        count=len(held),
        hidden=hidden,
    )


def title_of(chosen: Chosen, key: str) -> str:
    """The name of a column."""
    return NATIONAL_TITLE if key == NATIONAL else chosen.titles.get(key, key)


def keys_of(chosen: Chosen, rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns: the national rules among them where they speak, or are the base line."""
    keys = tuple(chosen.titles)
    if chosen.choice.base == NATIONAL:
        return (NATIONAL, *keys)
    return (*keys, NATIONAL) if any(row.national.found for row in rows) else keys


def sections(chosen: Chosen, here: str = "") -> Iterator[SectionLink]:
    """The sections that have questions, each with how many part those compared."""
    found = sections_parted(chosen.all_rows())
    for each in SECTIONS:
        if each.id in found:
            parted, of = found[each.id]
            yield SectionLink(
                id=each.id,
                title=each.title,
                href=_address(chosen, each.id),
                parted=parted,
                of=of,
                is_here=each.id == here,
            )


def _empty(chosen: Chosen, wanted: str) -> SectionLink:
    title = next(each.title for each in SECTIONS if each.id == wanted)
    href = _address(chosen, wanted)
    return SectionLink(id=wanted, title=title, href=href, parted=0, of=0, is_here=True)


def _address(chosen: Chosen, section_id: str) -> str:
    return url_for("compare.section", section=section_id, **chosen.choice.args())


def views(chosen: Chosen, rows: Sequence[Row]) -> Iterator[RowView]:
    """The rows, ready to be shown."""
    keys = keys_of(chosen, rows)
    for row in rows:
        cells = tuple(_cell(chosen, row, key) for key in keys)
        yield RowView(question=row.question, cells=cells)


def _cell(chosen: Chosen, row: Row, key: str) -> CellView:
    base = chosen.choice.base
    found = row.mark(key, base) if key != base else None
    if not row.cell(key).found:
        found = Mark(kind="silent")
    return CellView(
        title=title_of(chosen, key),
        is_base=key == base,
        kind=found.kind if found else "",
        sign=SIGNS[found.kind] if found else "",
        word=WORDS[found.kind] if found else "",
        reason=found.reason if found else "",
        answers=tuple(_answer(chosen, key, each) for each in row.cell(key).found),
    )


def _answer(chosen: Chosen, key: str, found: Evidence) -> Answer:
    return Answer(
        text=found.value,
        more=found.text,
        clauses=tuple(Link(text=each, href=_clause(chosen, key, each)) for each in found.clauses),
        place=_place(chosen, key, found),
    )


def _clause(chosen: Chosen, key: str, clause: str) -> str | None:
    """The address of a clause; a national one stands on every authority's page of clauses."""
    shown = next(iter(chosen.definitions)) if key == NATIONAL else key
    if not chosen.is_current(shown):
        return None
    authority = chosen.definitions[shown].id
    return url_for("models.clauses", authority=authority, _anchor=clause)


def _place(chosen: Chosen, key: str, found: Evidence) -> Link | None:
    """The diagram's element or the table's row that the answer stands at."""
    if found.part is None or found.element is None or key == NATIONAL:
        return None
    definition, is_current = chosen.definitions[key], chosen.is_current(key)
    process = definition.processes.get(found.part)
    if process and found.element in process.elements:
        name = process.elements[found.element].name or process.name or process.id
        anchor = f"{process.id}-{found.element}"
        href = url_for(
            "models.diagram", authority=definition.id, process_id=process.id, _anchor=anchor
        )
        return Link(text=name, href=href if is_current else None)
    if found.part in definition.decisions:
        href = url_for("models.decision", authority=definition.id, decision_id=found.part)
        return Link(text="the table", href=href if is_current else None)
    return None
