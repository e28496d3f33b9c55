"""The pack for paper, in parts that each fit a page of the browser."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.compare import Difference, Row
from engine.compare.comparison import differences
from engine.errors import NotFound
from web import ids
from web.compare import pages
from web.compare.choosing import Chosen
from web.compare.pages import Page, RowView
from web.compare.stacks import stacks

MOST_DIFFERENCES = 250
LIMITS = "deadlines"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A section of the matrix, or what fits of it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the pack: the overview with the limits, tables, or differences."""

    page: Page
    number: int
    count: int
    tables: tuple[Table, ...] = ()
    differences: tuple[Difference, ...] = ()


def part(chosen: Chosen, number: str) -> Part:
    """The part of that number, from 1; raises NotFound for any other."""
    rows = [row for row in chosen.rows() if row.section != LIMITS]
    limits = [row for row in chosen.rows() if row.section == LIMITS]
    held = list(stacks(rows, has_links=False))
    found = _differences(chosen)
    lists = [found[at : at + MOST_DIFFERENCES] for at in range(0, len(found), MOST_DIFFERENCES)]
    count = 1 + len(held) + len(lists)
    part_number = ids.number(number) or 0
    if not 1 <= part_number <= count:
        raise NotFound(f"The pack has {count} parts.")
    at = part_number - 1
    page = pages.overview(chosen)
    if at == 0:
        return Part(page=page, number=1, count=count, tables=tuple(_tables(chosen, limits)))
    if at <= len(held):
        tables = tuple(_tables(chosen, held[at - 1]))
        return Part(page=page, number=at + 1, count=count, tables=tables)
    told = tuple(lists[at - 1 - len(held)])
    return Part(page=page, number=at + 1, count=count, differences=told)


def _tables(chosen: Chosen, rows: Sequence[Row]) -> Iterator[Table]:
    for each in pages.sections(chosen):
        own = [row for row in rows if row.section == each.id]
        if own:
            columns = tuple(pages.title_of(chosen, key) for key in pages.keys_of(chosen, own))
            shown = tuple(pages.views(chosen, own))
            yield Table(title=each.title, columns=columns, rows=shown)


def _differences(chosen: Chosen) -> tuple[Difference, ...]:
    keyed = {key: chosen.definitions[key] for key in chosen.titles}
    found = differences(keyed, flow=chosen.choice.flow or None)
    return (*found.diagrams, *found.tables, *found.forms)
