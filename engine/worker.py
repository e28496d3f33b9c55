"""Fires due timers: a ticker looks for due rows, and each case is woken in its own transaction.

Beside it the worker reminds people of limits that end soon, and sends e-mails where it may.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from traceback import extract_tb

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from engine import intake, outbox
from engine.outbox import Post
from engine.people import SYSTEM, sessions, signing_in
from engine.runtime import incident, reminders, timers
from engine.runtime.incident import Failure
from engine.runtime.persist import StaleCase
from engine.store.database import Database
from engine.store.tables import Heartbeat

HEARTBEAT = "timers"
BEAT_EVERY = timedelta(seconds=10)
SILENT = timedelta(seconds=60)
TICK_SECONDS = 2
SEND_SECONDS = 5
REMIND_SECONDS = 60

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """What a tick did: ids of cases that were woken, and of those whose step failed."""

    fired: tuple[int, ...]
    failed: tuple[int, ...]


class Worker:
    """A ticker in a thread of this process; the deadlines themselves are rows in the database."""

    def __init__(self, database: Database, *, post: Post | None = None) -> None:
        self._database = database
        self._post = post
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to tick, the first time at once."""
        self._every(TICK_SECONDS, self._tick)
        self._every(REMIND_SECONDS, self._remind)
        if self._post is not None:
            self._every(SEND_SECONDS, self._send, self._post)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking, after the step in hand."""
        self._scheduler.shutdown(wait=True)

    def _every(self, seconds: int, work: Callable[..., None], *given: object) -> None:
        """Do something again and again, beside the others: a slow mail server holds up no timer."""
        self._scheduler.add_job(
            work,
            "interval",
            args=given,
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def _tick(self) -> None:
        tick(self._database, now=datetime.now(UTC))

    def _remind(self) -> None:
        reminders.remind(self._database, now=datetime.now(UTC))

    def _send(self, post: Post) -> None:
        outbox.deliver(self._database, post, now=datetime.now(UTC))


def tick(database: Database, *, now: datetime) -> Ticked:
    """Wake every case whose time has come, the longest overdue first, each on its own."""
    _beat(database, now=now)
    with database.reading() as session:
        given_up = timers.given_up(session, now=now)
        due = timers.due_cases(session, now=now)
    for case_id in given_up:
        _give_up(database, case_id, _ended_process(), now=now)
    woken = {case_id: _wake(database, case_id, now=now) for case_id in due}
    return Ticked(
        fired=tuple(case_id for case_id, is_well in woken.items() if is_well is True),
        failed=tuple(case_id for case_id, is_well in woken.items() if is_well is False),
    )


def is_alive(session: Session, *, now: datetime) -> bool:
    """Say whether the timers have been heard of within the last minute."""
    beat = session.get(Heartbeat, HEARTBEAT)
    return beat is not None and now - beat.at <= SILENT


def _beat(database: Database, *, now: datetime) -> None:
    with database.reading() as session:
        beat = session.get(Heartbeat, HEARTBEAT)
    if beat is not None and timedelta(0) <= now - beat.at < BEAT_EVERY:
        return
    try:
        with database.writing() as session:
            session.merge(Heartbeat(name=HEARTBEAT, at=now))
            sessions.forget_expired(session, now=now)
            signing_in.forget_failures(session, now=now)
            intake.forget_requests(session, now=now)
    except IntegrityError:
        _log.info("another worker was heard of at the same moment")


def _wake(database: Database, case_id: int, *, now: datetime) -> bool | None:
    """Say whether the case was woken well; None when there was nothing to do."""
    with database.writing() as session:
        number = timers.count_try(session, case_id, now=now)
    if number == 0:
        return None
    error = _error_of_step(database, case_id, now=now)
    if error is None:
        return True
    _log.error("case %d: waking failed, try %d: %s", case_id, number, _place(error))
    if isinstance(error, OperationalError | StaleCase):
        with database.writing() as session:
            timers.forget_try(session, case_id, now=now)
    elif number >= timers.MOST_TRIES:
        _give_up(database, case_id, incident.failure_of(error) or _refused(error), now=now)
    return False


def _error_of_step(database: Database, case_id: int, *, now: datetime) -> BaseException | None:
    """Take the step apart from the ticker: whatever it raises stops this case and no other."""

    def step() -> None:
        with database.writing() as session:
            timers.wake(session, case_id, now=now)

    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(step).exception()


def _give_up(database: Database, case_id: int, failure: Failure, *, now: datetime) -> None:
    with database.writing() as session:
        incident.record(session, case_id, failure, by=SYSTEM, now=now)


def _refused(error: BaseException) -> Failure:
    return Failure(sentence=f"The timer's step was refused ({type(error).__name__}).")


def _ended_process() -> Failure:
    return Failure(
        sentence="Waking the case ended the server's process again and again. "
        "The case stands where it stood before."
    )


def _place(error: BaseException) -> str:
    """Say what was raised where: a message could hold somebody's data, so it is not logged."""
    frames = extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
