"""Whose tasks a worklist reaches: each source is one range of an index, in order of limits.

However many cases there are, a query takes a bounded number of rows from each range.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    false,
    or_,
    select,
    true,
    union_all,
)

from engine.people import ANALYST, EVERYWHERE, Actor
from engine.search_terms import NAME, after, name_words
from engine.store.tables import Case, Deadline, SearchTerm, UserTask
from engine.worklist.places import Turn
from engine.worklist.wanted import Wanted

Condition = ColumnElement[bool]
Source = tuple[Condition, ...]

WINDOW = 2_000  # tasks that are held against filters for one page
HAS_LIMIT = UserTask.due_at >= datetime(1, 1, 1, tzinfo=UTC)  # a range; “is not null” is none
HAS_NONE = UserTask.due_at.is_(None)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The open tasks of some ranges that fulfil the filters.

    `narrowed` filters find their tasks by an index of their own. The others are held against the
    tasks of a window, so that one that nothing fulfils does not read the whole list.
    """

    sources: tuple[Source, ...]
    narrowed: Source = ()
    filters: Source = ()

    @property
    def has_window(self) -> bool:
        """Whether only so many tasks are looked at for one page."""
        return bool(self.filters) and not self.narrowed

    def page(self, turn: Turn | None, *, most: int) -> Select[Any]:
        """Select ids and limits in the list's order; in the other order before a place."""
        if not self.filters:
            return self._ordered(turn, most=most)
        seen = self._ordered(turn, most=WINDOW if self.has_window else None).subquery()
        return (
            select(seen.c.id, seen.c.due_at)
            .join(UserTask, UserTask.id == seen.c.id)
            .where(*self.filters)
            .order_by(*_order(seen.c, turn))
            .limit(most)
        )

    def end_of_window(self, turn: Turn | None) -> Select[Any]:
        """Select the last task that is looked at, if there are so many."""
        return self._ordered(turn, most=WINDOW).offset(WINDOW - 1)

    def some(self, *conditions: Condition, most: int) -> Select[Any]:
        """Select at most so many tasks in any order, to be counted."""
        found = self._all([conditions], is_back=False, most=most).subquery()
        return select(found.c.id).limit(most)

    def _ordered(self, turn: Turn | None, *, most: int | None) -> Select[Any]:
        found = self._all(_ranges(turn), is_back=_is_back(turn), most=most).subquery()
        return select(found.c.id, found.c.due_at).order_by(*_order(found.c, turn)).limit(most)

    def _all(
        self, ranges: Iterable[Source], *, is_back: bool, most: int | None
    ) -> CompoundSelect[Any]:
        columns = (UserTask.due_at, UserTask.id)
        order = [column.desc() for column in columns] if is_back else list(columns)
        parts = (
            select(UserTask.id, UserTask.due_at)
            .where(*source, UserTask.ended_at.is_(None), *conditions, *self.narrowed)
            .order_by(*order)
            .limit(most)
            .subquery()
            for conditions in ranges
            for source in self.sources or ((false(),),)
        )
        return union_all(*(select(part.c.id, part.c.due_at) for part in parts))


def reach(actor: Actor, wanted: Wanted, covered: Mapping[str, str]) -> Reach:
    """Give what the worklist reaches: the actor's own with those they cover, or their roles'."""
    whose = mine(actor, wanted, covered) if wanted.whose == "mine" else team(actor, wanted)
    narrowed = (_about(wanted.child),) if wanted.child else ()
    return Reach(sources=tuple(whose), narrowed=narrowed, filters=tuple(_filters(wanted)))


def team(actor: Actor, wanted: Wanted) -> Iterator[Source]:
    """Give a range for each role of the actor."""
    for authority, role in sorted(actor.grants):
        if authority == EVERYWHERE or role == ANALYST:
            continue
        if wanted.authority in ("", authority) and wanted.role in ("", role):
            yield UserTask.authority == authority, UserTask.role == role


def mine(actor: Actor, wanted: Wanted, covered: Mapping[str, str]) -> Iterator[Source]:
    """Give a range for the actor's claims, and one for those of each person they cover."""
    places = [name for name in actor.sees if wanted.authority in ("", name)]
    roles = (UserTask.role == wanted.role,) if wanted.role else ()
    for key in (actor.key, *sorted(covered)):
        yield UserTask.claimed_by == key, UserTask.authority.in_(places), *roles


def _is_back(turn: Turn | None) -> bool:
    return turn is not None and turn.way == "before"


def _order(columns: Any, turn: Turn | None) -> list[ColumnElement[Any]]:
    order = (columns.due_at.is_(None), columns.due_at, columns.id)
    return [column.desc() for column in order] if _is_back(turn) else list(order)


def _ranges(turn: Turn | None) -> list[Source]:
    if turn is None:
        return [(HAS_LIMIT,), (HAS_NONE,)]
    due, number = turn.place.due_at, turn.place.id
    if turn.way == "after":
        if due is None:
            return [(HAS_NONE, UserTask.id > number)]
        beyond = or_(UserTask.due_at > due, UserTask.id > number)
        return [(UserTask.due_at >= due, beyond), (HAS_NONE,)]
    if due is None:
        return [(HAS_LIMIT,), (HAS_NONE, UserTask.id < number)]
    return [(HAS_LIMIT, UserTask.due_at <= due, or_(UserTask.due_at < due, UserTask.id < number))]


def _filters(wanted: Wanted) -> Iterator[Condition]:
    for name, condition in _FILTERS.items():
        if word := getattr(wanted, name):
            yield condition(word)


def _of_strength(strength: str) -> Condition:
    bound = select(Deadline.strength).where(Deadline.id == UserTask.deadline_id)
    return bound.scalar_subquery() == strength


def _from(referrer_kind: str) -> Condition:
    kind = select(Case.referrer_kind).where(Case.id == UserTask.case_id)
    return kind.scalar_subquery() == referrer_kind


def _about(name: str) -> Condition:
    """Say whether a child of the case has a name whose words begin like these."""
    return and_(true(), *(UserTask.case_id.in_(_named(word)) for word in name_words(name)))


def _named(word: str) -> Select[int]:
    behind = after(word)
    begins = SearchTerm.term >= word
    return select(SearchTerm.case_id).where(
        SearchTerm.kind == NAME,
        begins if behind is None else and_(begins, SearchTerm.term < behind),
    )


_FILTERS: dict[str, Callable[[str], Condition]] = {
    "process_id": lambda word: UserTask.process_id == word,
    "strength": _of_strength,
    "referrer_kind": _from,
}
