"""Which cases a search wants: what was typed, what is wrong with it, and the query that finds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select, union_all

from engine import search_terms
from engine.errors import Invalid
from engine.people import Actor
from engine.store import terms
from engine.store.tables import Case, CaseStatus

LONDON = ZoneInfo("Europe/London")
SHORTEST = 2  # letters of a name or a reference that a search needs


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; texts as a person writes them, None or empty for all."""

    authority: str | None = None
    status: str | None = None
    referrer_kind: str | None = None
    reference: str = ""
    name: str = ""
    sounds_alike: bool = False
    date_of_birth: str = ""
    address: str = ""
    received_from: str = ""  # the first day, and the last, on which the information was received
    received_to: str = ""
    before: int | None = None  # only cases older than this one: the page after it
    after: int | None = None  # only cases newer than this one: the page before it

    @property
    def has_terms(self) -> bool:
        """Whether a child, an address or a reference is looked for."""
        return any(text.strip() for text in (self.reference, self.name, self.date_of_birth,
                                             self.address))  # fmt: skip


def problems_of(wanted: CaseFilter) -> dict[str, str]:
    """Give a sentence for each field that cannot be searched for."""
    return dict(_problems(wanted))


def seen_by(actor: Actor, authority: str | None) -> tuple[str, ...]:
    """Give the authorities, of those wanted, whose cases the actor may see."""
    return tuple(place for place in actor.sees if authority in (None, "", place))


def query_of(wanted: CaseFilter, seen: Collection[str], *, most: int) -> Select[Any]:
    """Give the query for the ids of at most so many cases, from the cursor on.

    Raises Invalid for what cannot be searched for.
    """
    if problems := problems_of(wanted):
        raise Invalid("; ".join(problems.values()))
    conditions = [*_conditions(wanted)]
    if wanted.has_terms:
        found = select(_matching(wanted, seen).c.case_id)
        query = select(Case.id).where(Case.id.in_(found), *conditions)
        return query.order_by(_order(wanted)).limit(most)
    pages = [
        select(
            select(Case.id)
            .where(Case.authority == authority, *conditions)
            .order_by(_order(wanted))
            .limit(most)
            .subquery()
        )
        for authority in seen
    ]
    both = union_all(*pages).subquery()
    order = both.c.id.asc() if wanted.after is not None else both.c.id.desc()
    return select(both.c.id).order_by(order).limit(most)


def _problems(wanted: CaseFilter) -> Iterator[tuple[str, str]]:
    for key in ("date_of_birth", "received_from", "received_to"):
        text = getattr(wanted, key).strip()
        if text and search_terms.born(text) is None:
            yield key, "Enter a real date with day, month and year, like 27 3 2026"
    if _is_short(wanted.reference, search_terms.reference_term(wanted.reference)):
        yield "reference", "Enter two letters or more of the reference, like 7K3M"
    if _is_short(wanted.name, "".join(search_terms.name_words(wanted.name))):
        yield "name", "Enter two letters or more of the name"
    if wanted.address.strip() and not search_terms.addresses(wanted.address):
        yield "address", "Enter a postcode, or a street with its ending, like 12 Elm Road"
    if wanted.status and wanted.status not in list(CaseStatus):
        yield "status", f"“{wanted.status}” is no status; it is one of {', '.join(CaseStatus)}"


def _is_short(typed: str, letters: str) -> bool:
    return bool(typed.strip()) and len(letters) < SHORTEST


def _conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.status:
        yield Case.status == CaseStatus(wanted.status)
    if wanted.referrer_kind:
        yield Case.referrer_kind == wanted.referrer_kind
    if start := _day(wanted.received_from):
        yield Case.received_at >= _midnight(start)
    if end := _day(wanted.received_to):
        yield Case.received_at < _midnight(end + timedelta(days=1))
    if wanted.after is not None:
        yield Case.id > wanted.after
    elif wanted.before is not None:
        yield Case.id < wanted.before


def _order(wanted: CaseFilter) -> ColumnElement[Any]:
    return Case.id.asc() if wanted.after is not None else Case.id.desc()


def _matching(wanted: CaseFilter, seen: Collection[str]) -> Any:
    """The cases of one child with that name and birth, and of that address and reference."""
    about_child = terms.named(wanted.name, seen, sounding=wanted.sounds_alike)
    if day := search_terms.born(wanted.date_of_birth):
        about_child.append(terms.having(search_terms.BORN, [day], seen))
    about_case = []
    if wanted.address.strip():
        homes = search_terms.addresses(wanted.address)
        exact = [home for home in homes if search_terms.is_house(home)]
        about_case.append(terms.having(search_terms.ADDRESS, exact or homes, seen))
    if wanted.reference.strip():
        prefix = search_terms.reference_term(wanted.reference)
        about_case.append(terms.beginning(search_terms.REFERENCE, prefix, seen))
    parts = [terms.all_of(about_child)] if about_child else []
    return terms.cases_of_all([*parts, *about_case])


def _day(text: str) -> date | None:
    found = search_terms.born(text)
    return date.fromisoformat(found) if found else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
