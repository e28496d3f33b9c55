"""Finds a child before a contact is typed in: by name, sound, birth, address, reference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import search_terms
from engine.intake.places import EarlierCase, earlier
from engine.people import Actor
from engine.store import terms
from engine.store.tables import ChildOfCase

MOST_OF_EACH = 200  # cases, the newest, that one word of the search may bring up
MOST = 25  # children that are shown

SAME_NAME, LIKE_NAME, SOUNDS = "same name", "name matches in part", "sounds alike"
SAME_BIRTH, SWAPPED = "same date of birth", "day and month of birth the other way round"
SAME_ADDRESS, SAME_STREET = "same address", "same street or postcode"
REFERENCE, HOUSEHOLD = "this reference", "that name in the household"
_WEIGHTS = {
    REFERENCE: 8, SAME_NAME: 6, LIKE_NAME: 5, SOUNDS: 4, SAME_BIRTH: 5, SWAPPED: 2,
    SAME_ADDRESS: 3, SAME_STREET: 1, HOUSEHOLD: 2,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FoundChild:
    """A child who may be the one; `why` are the reasons, and the heavier the first of the list."""

    name: str
    date_of_birth: str | None
    score: int
    why: tuple[str, ...]
    cases: tuple[tuple[EarlierCase, int], ...]  # newest first, each with the child's place in it

    @property
    def is_open(self) -> bool:
        """Whether a case about the child is open now."""
        return any(case.is_open for case, _ in self.cases)


@dataclass(frozen=True, kw_only=True)
class _Sought:
    """What is known of the child, as terms."""

    name: str
    words: frozenset[str]
    sounds: tuple[str, ...]
    born: str | None
    homes: tuple[str, ...]
    person: str | None
    reference: str


def find_children(
    session: Session,
    by: Actor,
    *,
    name: str = "",
    date_of_birth: str = "",
    address: str = "",
    reference: str = "",
) -> tuple[FoundChild, ...]:
    """Give the children of the actor's authorities who may be meant, the likeliest first.

    Births and addresses are read as people write them; what cannot be read finds nobody.
    """
    sought = _Sought(
        name=name,
        words=frozenset(search_terms.name_words(name)),
        sounds=search_terms.sounds(name),
        born=search_terms.born(date_of_birth),
        homes=search_terms.addresses(address),
        person=search_terms.person(name),
        reference=search_terms.reference_term(reference),
    )
    reasons = _case_reasons(session, sought, by)
    ids = {*_ids(session, _of_child(sought, by)), *reasons}
    places = earlier(session, ids)
    rows = session.scalars(
        select(ChildOfCase)
        .where(ChildOfCase.case_id.in_(sorted(ids)))
        .order_by(ChildOfCase.case_id.desc(), ChildOfCase.position)
    )
    matches = ((row, [*_child_reasons(row, sought), *reasons.get(row.case_id, ())]) for row in rows)
    found = _together([(row, why) for row, why in matches if why], places)
    return tuple(sorted(found, key=lambda child: -child.score)[:MOST])


def _of_child(sought: _Sought, by: Actor) -> Iterator[Any]:
    seen = by.sees
    if sought.words:
        yield terms.all_of(terms.named(sought.name, seen, sounding=True))
    if sought.born:
        days = {sought.born, search_terms.swapped(sought.born) or sought.born}
        yield terms.newest(search_terms.BORN, days, seen, most=MOST_OF_EACH)


def _case_reasons(session: Session, sought: _Sought, by: Actor) -> dict[int, list[str]]:
    """What speaks for all children of a case: its reference, its address, its household."""
    seen = by.sees
    exact = [home for home in sought.homes if search_terms.is_house(home)]
    queries: dict[str, Any] = {}
    if len(sought.reference) > 1:
        reference = (search_terms.REFERENCE, sought.reference, seen)
        queries[REFERENCE] = terms.beginning(*reference)
    if exact:
        queries[SAME_ADDRESS] = terms.having(search_terms.ADDRESS, exact, seen)
    elif sought.homes:
        queries[SAME_STREET] = terms.having(search_terms.ADDRESS, sought.homes, seen)
    if sought.person:
        queries[HOUSEHOLD] = terms.having(search_terms.HOUSEHOLD, [sought.person], seen)
    found: dict[int, list[str]] = {}
    for why, query in queries.items():
        for case_id in _ids(session, [query]):
            found.setdefault(case_id, []).append(why)
    return found


def _ids(session: Session, queries: Iterable[Any]) -> set[int]:
    found: set[int] = set()
    for query in queries:
        cases = query.subquery().c.case_id
        found |= set(session.scalars(select(cases).distinct().order_by(cases.desc())
                                     .limit(MOST_OF_EACH)))  # fmt: skip
    return found


def _child_reasons(row: ChildOfCase, sought: _Sought) -> Iterator[str]:
    yield from _name_reasons(row.name, sought)
    born = search_terms.born(row.date_of_birth)
    if sought.born and born == sought.born:
        yield SAME_BIRTH
    elif sought.born and born and search_terms.swapped(sought.born) == born:
        yield SWAPPED


def _name_reasons(name: str, sought: _Sought) -> Iterator[str]:
    if not sought.words:
        return
    known = search_terms.name_terms(name)
    heard = set(search_terms.sounds(name))
    if sought.words == set(search_terms.name_words(name)):
        yield SAME_NAME
    elif all(any(term.startswith(word) for term in known) for word in sought.words):
        yield LIKE_NAME
    elif sought.sounds and all(
        set(search_terms.sounds(word)) & heard or any(t.startswith(word) for t in known)
        for word in sought.words
    ):
        yield SOUNDS


def _together(
    matches: list[tuple[ChildOfCase, list[str]]], places: dict[int, EarlierCase]
) -> Iterator[FoundChild]:
    """One entry for each child: the same name and birth in several cases is the same child."""
    children: dict[tuple[Any, ...], list[tuple[ChildOfCase, list[str]]]] = {}
    for row, reasons in matches:
        born = search_terms.born(row.date_of_birth)
        name = tuple(sorted(search_terms.name_words(row.name)))
        key = (name, born) if born and name else (row.case_id, row.position)
        children.setdefault(key, []).append((row, reasons))
    for rows in children.values():
        why = tuple(dict.fromkeys(reason for _, reasons in rows for reason in reasons))
        newest = rows[0][0]
        yield FoundChild(
            name=newest.name,
            date_of_birth=newest.date_of_birth,
            score=sum(_WEIGHTS[reason] for reason in why),
            why=why,
            cases=tuple((places[row.case_id], row.position) for row, _ in rows),
        )
