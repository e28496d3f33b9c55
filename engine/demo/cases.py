"""Plays an invented contact through an authority's procedure, as far as its story goes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine.casework import CaseTask
from engine.casework.effects import Effect
from engine.definitions.model import AuthorityDefinition
from engine.demo.stories import Story
from engine.people import Actor
from engine.runtime import messages, start, tasks, timers
from engine.runtime.persist import live
from engine.runtime.waiting import waiting_timer
from engine.scenarios.read import Scenario
from engine.scenarios.run import play
from engine.store.database import Database
from engine.store.tables import Case, UserTask

PACE = timedelta(minutes=12)  # from one completed task to the next


def play_story(
    database: Database,
    definition: AuthorityDefinition,
    story: Story,
    *,
    people: Mapping[str, Actor],
    now: datetime,
) -> None:
    """Let the people of the authority, by role, do what the story says; then it is `now`."""
    received_at = now - story.ago
    scenario = Scenario(name=story.name, start=received_at, facts=story.facts)
    told = _Telling(database, story, people, now=now)
    play(scenario, definition, start=told.begin)
    told.catch_up()


class _Telling:
    """A case that the scenarios' player drives until the story stops, at a person's pace."""

    def __init__(
        self, database: Database, story: Story, people: Mapping[str, Actor], *, now: datetime
    ) -> None:
        self._database = database
        self._people = people
        self._moment = now - story.ago
        self._end = now
        self._left = story.tasks
        self._case_id = 0

    def begin(
        self,
        definition: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        case_id: str,
        now: datetime,
    ) -> "_Telling":
        by = next(iter(self._people.values()))
        with self._database.writing() as session:
            case = start.start(session, definition.id, facts, by=by, now=self._moment)
            self._case_id = case.id
        return self

    def open_tasks(self) -> tuple[CaseTask, ...]:
        if self._left == 0 or self._moment + PACE > self._end:
            return ()
        with self._database.reading() as session:
            return live(session, session.get_one(Case, self._case_id)).run.open_tasks()

    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None:
        self._moment += PACE
        self._wake_until(self._moment)
        with self._database.writing() as session:
            row = session.scalars(
                select(UserTask).where(UserTask.case_id == self._case_id, UserTask.task == task_id)
            ).one()
            by = self._people[row.role]
            tasks.complete(session, row.id, answers, by=by, now=self._moment)
        if self._left is not None:
            self._left -= 1

    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool:
        by = next(iter(self._people.values()))
        with self._database.writing() as session:
            return messages.deliver(session, self._case_id, message, at=at, by=by, now=self._moment)

    def wake(self, *, now: datetime) -> None:
        self._wake_until(min(now, self._end))

    def next_wake(self) -> datetime | None:
        return None

    def next_own_wake(self) -> datetime | None:
        return None

    def take_effects(self) -> tuple[Effect, ...]:
        return ()

    def catch_up(self) -> None:
        """Let the clock run on to the present."""
        self._wake_until(self._end)

    def _wake_until(self, end: datetime) -> None:
        while True:
            with self._database.writing() as session:
                timer = waiting_timer(session, self._case_id)
                if timer is None or timer.due_at > end:
                    return
                timers.wake(session, self._case_id, now=timer.due_at)
