"""The board of one authority: its running limits by step and by time left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.board import counting
from engine.board.buckets import BUCKETS, Bucket
from engine.definitions.model import AuthorityDefinition, Element
from engine.errors import NotFound
from engine.identifiers import titled
from engine.people import Actor
from engine.store.deployed import current, current_of, definition_for


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A limit of the procedure with how many of its clocks have how much time left."""

    process_id: str
    element_id: str
    limit: str
    step_id: str  # the activity that the limit watches
    step: str
    team: str
    strength: str
    clauses: tuple[str, ...]
    counts: Mapping[str, int]  # by the bucket's id

    @property
    def total(self) -> int:
        """How many clocks run."""
        return sum(self.counts.values())

    @property
    def warmest(self) -> Bucket | None:
        """The most urgent bucket that is not empty."""
        return next((bucket for bucket in BUCKETS if self.counts.get(bucket.id)), None)


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """How many user tasks of a team wait."""

    team: str
    open: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """All running limits of an authority, the most urgent step first."""

    authority: str
    name: str
    lines: tuple[StepLine, ...]
    waiting: tuple[Tasks, ...]

    @property
    def totals(self) -> Mapping[str, int]:
        """How many clocks each bucket has; above MOST, at least so many."""
        return {b.id: sum(line.counts[b.id] for line in self.lines) for b in BUCKETS}

    def heat(self, process_id: str) -> Mapping[str, Bucket]:
        """The activities of a diagram on which a clock runs, each with its most urgent bucket."""
        found: dict[str, Bucket] = {}
        for line in self.lines:
            bucket = line.warmest
            if line.process_id != process_id or bucket is None:
                continue
            known = found.get(line.step_id)
            if known is None or known.warmth < bucket.warmth:
                found[line.step_id] = bucket
        return found


def boards_of(session: Session, by: Actor) -> tuple[tuple[str, str], ...]:
    """Give the deployed authorities whose board the actor may see, with their names."""
    seen = by.sees
    return tuple((line.authority, line.name) for line in current(session) if line.authority in seen)


def board(
    session: Session, authority: str, *, by: Actor, now: datetime, is_exact: bool = False
) -> Board:
    """Give an authority's board; unless exact, a number above MOST stands for "more than MOST".

    Raises NotFound where the actor may not see its cases.
    """
    definition = seen_definition(session, authority, by=by)
    counts = counting.clocks(session, authority, now=now, is_exact=is_exact)
    lines = (_line(definition, place, found) for place, found in counts.items())
    return Board(
        authority=authority,
        name=definition.name,
        lines=tuple(sorted(lines, key=_urgency)),
        waiting=tuple(_waiting(session, definition)),
    )


def seen_definition(session: Session, authority: str, *, by: Actor) -> AuthorityDefinition:
    """Give the authority's procedure to whoever may see its cases; for others there is none."""
    if not by.may_see_cases_of(authority):
        raise NotFound("There is no such board.")
    return definition_for(session, current_of(session, authority).id)


def _line(
    definition: AuthorityDefinition, place: tuple[str, str], counts: Mapping[str, int]
) -> StepLine:
    process_id, element_id = place
    limit, step = limit_and_step(definition, place)
    return StepLine(
        process_id=process_id,
        element_id=element_id,
        limit=limit_name(limit, element_id),
        step_id=step.id if step else element_id,
        step=step.name if step and step.name else titled(step.id if step else element_id),
        team=_team(definition, step),
        strength=limit.properties.get("source.strength", "must") if limit else "",
        clauses=limit.clauses if limit else (),
        counts=counts,
    )


def limit_and_step(
    definition: AuthorityDefinition, place: tuple[str, str]
) -> tuple[Element | None, Element | None]:
    """Give a limit's boundary event and the activity it watches; None where a version lacks it."""
    process = definition.processes.get(place[0])
    limit = process.elements.get(place[1]) if process else None
    if process is None or limit is None:
        return None, None
    return limit, process.elements.get(limit.attached_to or "")


def limit_name(limit: Element | None, element_id: str) -> str:
    """Give a limit's name; the words of its id where its event has none, or a version lacks it."""
    return limit.name if limit and limit.name else titled(element_id)


def _team(definition: AuthorityDefinition, step: Element | None) -> str:
    """Who does the step; a step of several roles says so by its lane, or not at all."""
    if step is None:
        return ""
    return definition.roles.get(step.role or "", step.lane or "Several roles")


def _urgency(line: StepLine) -> tuple[object, ...]:
    return (*(-line.counts[bucket.id] for bucket in BUCKETS), line.limit, line.element_id)


def _waiting(session: Session, definition: AuthorityDefinition) -> Iterator[Tasks]:
    numbers = counting.tasks(session, definition.id, definition.roles)
    for role, label in definition.roles.items():
        yield Tasks(team=label, open=numbers[role])
