"""What is known already of children of earlier cases, to be taken into a new contact."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import search_terms
from engine.intake.places import EarlierCase, earlier
from engine.people import Actor
from engine.runtime.persist import live
from engine.store.tables import Case, ChildOfCase

MOST = 50  # children of one contact


@dataclass(frozen=True, kw_only=True)
class PlacedChild:
    """A child of an earlier case; `key` is how pages name their place: `case:position`."""

    case: EarlierCase
    key: str
    name: str
    date_of_birth: str | None  # as 2017-05-04


@dataclass(frozen=True, kw_only=True)
class KnownChild:
    """A child as an earlier case knows them."""

    child: PlacedChild
    entry: Mapping[str, str]  # as forms ask for a child: name, date_of_birth, gender, …
    address: str
    household: str


def placed_children(session: Session, keys: Iterable[str], *, by: Actor) -> tuple[PlacedChild, ...]:
    """Give the children of these keys; those that the actor may not see, or that are none, not."""
    wanted = list(dict.fromkeys(place for key in keys if (place := _place(key))))[:MOST]
    rows = session.scalars(
        select(ChildOfCase).where(ChildOfCase.case_id.in_({case for case, _ in wanted}))
    )
    known = {(row.case_id, row.position): row for row in rows}
    cases = earlier(session, {case for case, _ in known}) if known else {}
    return tuple(
        PlacedChild(
            case=cases[place[0]],
            key=f"{place[0]}:{place[1]}",
            name=known[place].name,
            date_of_birth=search_terms.born(known[place].date_of_birth),
        )
        for place in wanted
        if place in known and by.may_see_cases_of(cases[place[0]].authority)
    )


def known_children(session: Session, keys: Iterable[str], *, by: Actor) -> tuple[KnownChild, ...]:
    """Give the children of these keys with all that was last recorded of them."""
    children = placed_children(session, keys, by=by)
    facts = {
        id_: live(session, session.get_one(Case, id_)).run.facts()
        for id_ in dict.fromkeys(child.case.id for child in children)
    }
    return tuple(_known(child, facts[child.case.id]) for child in children)


def _place(key: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,4})", key)
    return (int(found[1]), int(found[2])) if found else None


def _known(child: PlacedChild, facts: Mapping[str, Any]) -> KnownChild:
    children = facts.get("children")
    entries = children if isinstance(children, list) else []
    position = int(child.key.partition(":")[2])
    entry = entries[position] if position < len(entries) else {}
    recorded = {**entry, "name": child.name, "date_of_birth": child.date_of_birth}
    return KnownChild(
        child=child,
        entry={key: text for key, text in recorded.items() if isinstance(text, str) and text},
        address=_first(facts, search_terms.ADDRESS_KEYS),
        household=_first(facts, search_terms.HOUSEHOLD_KEYS),
    )


def _first(facts: Mapping[str, Any], keys: Iterable[str]) -> str:
    texts = (facts.get(key) for key in keys)
    return next((text for text in texts if isinstance(text, str) and text), "")
