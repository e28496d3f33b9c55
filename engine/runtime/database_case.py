"""A case in the database behind the face of a case in memory: each act its own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.casework import CaseRun, CaseTask
from engine.casework.effects import Effect
from engine.definitions.model import AuthorityDefinition
from engine.people import Actor
from engine.runtime import messages, tasks, timers
from engine.runtime.effects import effect_of
from engine.runtime.persist import live
from engine.runtime.start import start_under
from engine.runtime.waiting import waiting_timer
from engine.store.database import Database
from engine.store.deployed import keep
from engine.store.tables import Case, TimelineEvent, UserTask


class DatabaseCase:
    """Plays like `CaseRun`, so that one scenario can drive both and must end alike."""

    def __init__(self, database: Database, case_id: int, actor: Actor) -> None:
        self.case_id = case_id
        self._database = database
        self._actor = actor
        self._steps_taken = 0

    @classmethod
    def start_in(
        cls,
        database: Database,
        definition: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        now: datetime,
    ) -> "DatabaseCase":
        """Start a case by this definition, kept as a version if it is not one yet."""
        grants = frozenset((definition.id, role) for role in definition.roles)
        actor = Actor(kind="system", id="player", name="Player", grants=grants)
        with database.writing() as session:
            deployment, _ = keep(session, definition, by=actor.key, now=now)
            case = start_under(session, deployment, facts, by=actor.key, now=now)
        return cls(database, case.id, actor)

    def open_tasks(self) -> tuple[CaseTask, ...]:
        """Give the user tasks that wait, as their rows say."""
        with self._database.reading() as session:
            waiting = {task.id: task for task in self._run(session).open_tasks()}
            rows = session.scalars(
                select(UserTask.task)
                .where(UserTask.case_id == self.case_id, UserTask.ended_at.is_(None))
                .order_by(UserTask.id)
            )
            return tuple(waiting[task] for task in rows)

    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None:
        """Complete a user task."""
        with self._database.writing() as session:
            row = session.scalars(
                select(UserTask).where(UserTask.case_id == self.case_id, UserTask.task == task_id)
            ).one()
            tasks.complete(session, row.id, answers, by=self._actor, now=now)

    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool:
        """Deliver a message."""
        with self._database.writing() as session:
            return messages.deliver(session, self.case_id, message, at=at, by=self._actor, now=now)

    def wake(self, *, now: datetime) -> None:
        """Fire what is due, if anything is."""
        with self._database.writing() as session:
            timers.wake(session, self.case_id, now=now)

    def next_wake(self) -> datetime | None:
        """Give when the case must be woken next, as its timer says."""
        with self._database.reading() as session:
            timer = waiting_timer(session, self.case_id)
        return None if timer is None else timer.due_at

    def next_own_wake(self) -> datetime | None:
        """Give when a clock that is not the referrer's rings next."""
        with self._database.reading() as session:
            return self._run(session).next_own_wake()

    def take_effects(self) -> tuple[Effect, ...]:
        """Give what the steps since the last call came to, told again from the timeline."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(TimelineEvent)
                .where(
                    TimelineEvent.case_id == self.case_id, TimelineEvent.step > self._steps_taken
                )
                .order_by(TimelineEvent.step, TimelineEvent.position)
            ).all()
            self._steps_taken = session.get_one(Case, self.case_id).version
        return tuple(effect_of(row) for row in rows)

    def _run(self, session: Session) -> CaseRun:
        return live(session, session.get_one(Case, self.case_id)).run
