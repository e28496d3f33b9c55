"""Plays one scenario through one authority's procedure with a virtual clock.

Each user task is completed at once, or after as long as `takes` says, with the scenario's facts.
The same player drives a case in memory and a case in the database: a Driver is all it needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, Protocol

from engine.casework import CaseRun, CaseTask, default_of, start_form, unanswered
from engine.casework.effects import Effect
from engine.casework.tasks import AUTHORISATION_FACT
from engine.definitions.model import AuthorityDefinition, Fact, Field
from engine.errors import Invalid, Refused
from engine.scenarios.meets import meeting_tasks
from engine.scenarios.read import Scenario

LONGEST = timedelta(days=90)
MOST_TASKS = 1_000  # a procedure that goes round and round asks for more
AUTHORISATION = "authorisation"  # the name in `takes` of the manager's authorising

_COMPLETE, _MESSAGE = 0, 1


class Driver(Protocol):
    """A case that can be played: CaseRun in memory, or its like in the database."""

    def open_tasks(self) -> tuple[CaseTask, ...]: ...
    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None: ...
    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool: ...
    def wake(self, *, now: datetime) -> None: ...
    def next_wake(self) -> datetime | None: ...
    def next_own_wake(self) -> datetime | None: ...
    def take_effects(self) -> tuple[Effect, ...]: ...


class Starter(Protocol):
    """Starts a case from its facts: `CaseRun.start`, or the runtime's like."""

    def __call__(
        self,
        definition: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        case_id: str,
        now: datetime,
    ) -> Driver: ...


class Endless(Refused):
    """The procedure asks for one user task after another, and comes to no end."""


class NotOffered(Invalid):
    """The scenario answers a fact with a value that this authority does not offer."""

    def __init__(self, authority: str, *, fact: str, value: Any) -> None:
        super().__init__(f"'{value}' is not an option of {fact} in {authority}")
        self.fact, self.value = fact, value


@dataclass
class Played:
    """What came of a scenario: its effects in order, and why it stopped early, if it did."""

    effects: list[Effect] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    not_offered: NotOffered | None = None  # what stopped it, if it was that


def play(
    scenario: Scenario, definition: AuthorityDefinition, *, start: Starter = CaseRun.start
) -> Played:
    """Play a scenario to its end: nothing left but clocks of the referrer, at most 90 days."""
    return _Player(scenario, definition, start).play()


class _Player:
    def __init__(self, scenario: Scenario, definition: AuthorityDefinition, start: Starter) -> None:
        self._scenario = scenario
        self._definition = definition
        self._start = start
        self._now = scenario.start
        self._takes = dict(scenario.takes)
        self._agenda: list[tuple[datetime, int, int, str]] = []
        self._order = count()
        self._scheduled: set[str] = set()
        self._flows_seen: set[str] = set()
        self._has_returned = False
        self._completed = 0
        self._meets = meeting_tasks(definition)
        self._played = Played()
        for arrival in scenario.arrivals:
            self._schedule(scenario.start + arrival.after, _MESSAGE, arrival.message)

    def play(self) -> Played:
        self._refuse_unknown_facts()
        try:
            case = self._start(
                self._definition,
                self._start_facts(),
                case_id="scenario",
                now=self._now,
            )
            self._run(case)
        except (Invalid, Refused) as problem:
            self._played.mismatches.append(str(problem))
            self._played.not_offered = problem if isinstance(problem, NotOffered) else None
        return self._played

    def _refuse_unknown_facts(self) -> None:
        """Note each word that is no fact: a scenario that means nothing must not pass."""
        given = dict(self._scenario.facts)
        for child in given.get("children", ()):
            given.update(child.get("facts", {}))
        unknown = [key for key in given if key not in self._definition.vocabulary.facts]
        self._played.mismatches.extend(f"'{key}' is no fact of the vocabulary" for key in unknown)

    def _run(self, case: Driver) -> None:
        self._take(case)
        while True:
            if self._complete_waiting(case):
                continue
            moment = self._next_moment(case)
            if moment is None or moment - self._scenario.start > LONGEST:
                return
            self._now = max(self._now, moment)
            self._act(case)
            self._take(case)

    def _complete_waiting(self, case: Driver) -> bool:
        """Complete what waits and takes no time; put the rest on the agenda."""
        for task in case.open_tasks():
            if task.id in self._scheduled:
                continue
            self._scheduled.add(task.id)
            delay = self._delay(task)
            if delay:
                self._schedule(self._now + delay, _COMPLETE, task.id)
                continue
            self._complete(case, task)
            return True
        return False

    def _next_moment(self, case: Driver) -> datetime | None:
        wake = case.next_wake() if self._agenda else case.next_own_wake()
        moments = [self._agenda[0][0]] if self._agenda else []
        return min([*moments, *([wake] if wake else [])], default=None)

    def _act(self, case: Driver) -> None:
        """Do what is due now: people and messages first, for an act at the limit is in time."""
        if not (self._agenda and self._agenda[0][0] <= self._now):
            case.wake(now=self._now)
            return
        _, kind, _, what = heappop(self._agenda)
        if kind == _MESSAGE:
            case.deliver(what, at=self._now, now=self._now)
            return
        task = next((t for t in case.open_tasks() if t.id == what), None)
        if task is not None:
            self._complete(case, task)

    def _complete(self, case: Driver, task: CaseTask) -> None:
        self._completed += 1
        if self._completed > MOST_TASKS:
            raise Endless(f"it does not end: {MOST_TASKS:,} user tasks, the last {task.element_id}")
        case.complete(task.id, self._answers(task), now=self._now)
        self._take(case)

    def _take(self, case: Driver) -> None:
        self._played.effects.extend(case.take_effects())

    def _schedule(self, at: datetime, kind: int, what: str) -> None:
        heappush(self._agenda, (at, kind, next(self._order), what))

    def _delay(self, task: CaseTask) -> timedelta:
        """Return how long this task waits; each entry of `takes` counts once in a run."""
        names = list(self._meets.get((task.process_id, task.element_id), ()))
        if task.process_id not in self._flows_seen:
            self._flows_seen.add(task.process_id)
            names.append(task.process_id)
        if any(f.key == AUTHORISATION_FACT for f in task.form.walk()):
            names.append(AUTHORISATION)
        delays = [self._takes.pop(name) for name in names if name in self._takes]
        return max(delays, default=timedelta())

    def _start_facts(self) -> dict[str, Any]:
        form = start_form(self._definition)
        asked = [str(f.key) for f in form.walk()] if form else []
        facts = self._definition.vocabulary.facts
        wanted = [facts[key] for key in asked if key in facts]
        return {"received_at": self._scenario.start} | {
            fact.id: self._fact(fact, None) for fact in wanted
        }

    def _answers(self, task: CaseTask) -> dict[str, Any]:
        """Answer every field that shows, until answering shows no more of them."""
        answers: dict[str, Any] = {}
        while fields := unanswered(task, answers):
            answers.update({str(f.key): self._answer(f, task) for f in fields})
        return {key: value for key, value in answers.items() if value is not None}

    def _answer(self, asked: Field, task: CaseTask) -> Any:
        fact = self._definition.vocabulary.facts.get(str(asked.key))
        if fact is None:
            return self._fixed(asked) if asked.required else None
        value = self._fact(fact, task.child)
        if fact.id == AUTHORISATION_FACT:
            value, self._has_returned = value or self._has_returned, True
        self._refuse_foreign(asked, value)
        return _without_facts(asked, value)

    def _fact(self, fact: Fact, child: str | None) -> Any:
        own = self._child_facts(child)
        if fact.id in own:
            return own[fact.id]
        if fact.id == "received_at":
            return self._scenario.start
        if fact.id in self._scenario.facts:
            return self._scenario.facts[fact.id]
        known = {"received_at": self._scenario.start, **self._scenario.facts}
        return default_of(self._definition.vocabulary, fact, known)

    def _child_facts(self, child: str | None) -> Mapping[str, Any]:
        children = self._scenario.facts.get("children", ()) if child else ()
        return next((c.get("facts", {}) for c in children if c.get("name") == child), {})

    def _refuse_foreign(self, asked: Field, value: Any) -> None:
        if not asked.options:
            return
        offered = [option.value for option in asked.options]
        chosen = value if isinstance(value, list) else [value]
        foreign = [item for item in chosen if item not in offered]
        if foreign:
            raise NotOffered(self._definition.name, fact=str(asked.key), value=foreign[0])

    def _fixed(self, asked: Field) -> Any:
        """Return the fixed value of a required field that is no fact."""
        if asked.options:
            first = asked.options[0].value
            return [first] if asked.type in ("checklist", "taglist") else first
        if asked.type == "checkbox":
            return True
        if asked.type == "number":
            return asked.validation.get("min", 1)
        if asked.type == "datetime":
            return self._now_for(asked)
        return "scenario"

    def _now_for(self, asked: Field) -> str:
        local = self._now.astimezone(self._definition.calendar.zone)
        if asked.subtype == "date":
            return local.date().isoformat()
        return local.time().isoformat() if asked.subtype == "time" else local.isoformat()


def _without_facts(asked: Field, value: Any) -> Any:
    """Return a child's entries as the form knows them: `facts` is the scenario's own key."""
    if asked.type != "dynamiclist" or not isinstance(value, list):
        return value
    keys = {inner.key for inner in asked.fields}
    return [{key: item for key, item in entry.items() if key in keys} for entry in value]
