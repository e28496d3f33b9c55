"""Other cases about the same child or the same household, with the reasons."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import search_terms
from engine.intake.places import EarlierCase, earlier
from engine.people import Actor, seen_case
from engine.search_terms import ADDRESS, BORN, HOUSEHOLD, NAME, REFERENCE, SOUND
from engine.store import terms
from engine.store.tables import SearchTerm

MOST = 50  # related cases that are shown, the newest
_MOST_LOOKED_AT = 300

SAME_CHILD = "the same child: name and date of birth"
LIKE_CHILD = "a name that sounds alike, and the same date of birth"
NAMESAKE = "the same name; a date of birth is not known"
SAME_HOME = "the same address"
SAME_PERSON = "the same person in the household"


@dataclass(frozen=True, kw_only=True)
class RelatedCase:
    """Another case, and why it may be about the same child or household."""

    case: EarlierCase
    why: tuple[str, ...]


Words = Mapping[str, frozenset[str]]  # the terms of one child, or of a case, by kind


def related(session: Session, case_id: int, by: Actor) -> tuple[RelatedCase, ...]:
    """Give the related cases that the actor may see, newest first. NotFound as for the case."""
    seen_case(session, case_id, by=by)
    own = _terms(session, [case_id]).get(case_id, {})
    others = _terms(session, _candidates(session, own, case_id, by.sees))
    reasons = {id_: _reasons(own, other) for id_, other in others.items()}
    places = earlier(session, [id_ for id_, why in reasons.items() if why])
    found = (RelatedCase(case=place, why=reasons[id_]) for id_, place in places.items())
    return tuple(found)[:MOST]


def _terms(session: Session, ids: Collection[int]) -> dict[int, dict[int | None, Words]]:
    """The terms of cases, of each child and (under None) of the case as a whole."""
    gathered: dict[int, dict[int | None, dict[str, set[str]]]] = {}
    rows = session.execute(
        select(SearchTerm.case_id, SearchTerm.child, SearchTerm.kind, SearchTerm.term).where(
            SearchTerm.case_id.in_(sorted(ids)), SearchTerm.kind != REFERENCE
        )
    )
    for case_id, child, kind, term in rows:
        of_child = gathered.setdefault(case_id, {}).setdefault(child, {})
        of_child.setdefault(kind, set()).add(term)
    return {
        case_id: {
            child: {kind: frozenset(words) for kind, words in kinds.items()}
            for child, kinds in children.items()
        }
        for case_id, children in gathered.items()
    }


def _candidates(
    session: Session, own: Mapping[int | None, Words], case_id: int, seen: Collection[str]
) -> list[int]:
    """The newest cases that share a birth, a house, a person or a whole name with this one."""
    homes = filter(search_terms.is_house, _all(own.values(), ADDRESS))
    queries = [
        *(
            terms.newest(kind, words, seen, most=_MOST_LOOKED_AT)
            for kind, words in (
                (BORN, _all(own.values(), BORN)),
                (ADDRESS, frozenset(homes)),
                (HOUSEHOLD, _all(own.values(), HOUSEHOLD)),
            )
        ),
        *(
            terms.all_of(terms.having(NAME, [word], seen) for word in _of(child, NAME))
            for child in own.values()
            if len(_of(child, NAME)) > 1
        ),
    ]
    cases = terms.any_of(queries).subquery().c.case_id
    newest = select(cases).where(cases != case_id).distinct().order_by(cases.desc())
    return list(session.scalars(newest.limit(_MOST_LOOKED_AT)))


def _reasons(own: Mapping[int | None, Words], other: Mapping[int | None, Words]) -> tuple[str, ...]:
    found = {
        why
        for place, child in own.items()
        for other_place, another in other.items()
        if place is not None and other_place is not None and (why := _same_child(child, another))
    }
    homes = _all(own.values(), ADDRESS) & _all(other.values(), ADDRESS)
    if any(search_terms.is_house(home) for home in homes):
        found.add(SAME_HOME)
    if _all(own.values(), HOUSEHOLD) & _all(other.values(), HOUSEHOLD):
        found.add(SAME_PERSON)
    order = (SAME_CHILD, LIKE_CHILD, NAMESAKE, SAME_HOME, SAME_PERSON)
    return tuple(why for why in order if why in found)


def _same_child(one: Words, other: Words) -> str | None:
    """Why two children may be one, if they may."""
    names, others = _of(one, NAME), _of(other, NAME)
    births = _of(one, BORN), _of(other, BORN)
    if not all(births):
        return NAMESAKE if names and names == others and len(names) > 1 else None
    if births[0] != births[1] or not names or not others:
        return None
    if names <= others or others <= names:
        return SAME_CHILD
    return LIKE_CHILD if _of(one, SOUND) & _of(other, SOUND) else None


def _of(words: Words, kind: str) -> frozenset[str]:
    return words.get(kind, frozenset())


def _all(children: Iterable[Words], kind: str) -> frozenset[str]:
    return frozenset().union(*(_of(child, kind) for child in children))
