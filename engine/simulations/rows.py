"""Simulations that people have started: how far each is, what came of it, and who may stop it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.store.tables import Simulation

SILENT = timedelta(seconds=60)  # a simulation that says nothing for longer has been stopped
MOST = 20  # that a list shows

CANCELLED = "It was cancelled."


class State(Enum):
    """Where a simulation stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # the service that ran it ended, or it failed


class OneAtATime(Refused):
    """The person has a simulation that still runs."""


@dataclass(frozen=True, kw_only=True)
class SimulationLine:
    """A simulation as its page shows it; `result` is there when it is done."""

    id: int
    settings: Mapping[str, Any]
    done: int
    total: int
    state: State
    problem: str | None
    started_at: datetime
    ended_at: datetime | None
    result: Any
    is_own: bool


def start(
    session: Session, settings: Mapping[str, Any], *, total: int, by: Actor, now: datetime
) -> int:
    """Note a new simulation and return its id. Raises OneAtATime while another of theirs runs."""
    open_ones = session.scalars(
        select(Simulation).where(Simulation.started_by == by.key, Simulation.ended_at.is_(None))
    )
    if any(_state(row, now=now) is State.RUNNING for row in open_ones):
        raise OneAtATime("You have a simulation that still runs. Wait for it, or cancel it.")
    row = Simulation(
        settings=dict(settings),
        done=0,
        total=total,
        result=None,
        problem=None,
        started_by=by.key,
        started_at=now,
        heard_at=now,
        ended_at=None,
    )
    session.add(row)
    session.flush()
    return row.id


def advance(session: Session, simulation_id: int, *, done: int, now: datetime) -> bool:
    """Note how far it is; say whether to go on, which is not so once it was cancelled."""
    row = _row(session, simulation_id)
    if row.ended_at is not None:
        return False
    row.done, row.heard_at = done, now
    return True


def finish(session: Session, simulation_id: int, result: Any, *, now: datetime) -> None:
    """Keep what came of it, unless it was cancelled meanwhile."""
    row = _row(session, simulation_id)
    if row.ended_at is None:
        row.done, row.result, row.heard_at, row.ended_at = row.total, result, now, now


def fail(session: Session, simulation_id: int, sentence: str, *, now: datetime) -> None:
    """End a simulation that cannot go on, with the reason."""
    row = _row(session, simulation_id)
    if row.ended_at is None:
        row.problem, row.heard_at, row.ended_at = sentence, now, now


def cancel(session: Session, simulation_id: int, *, by: Actor, now: datetime) -> None:
    """Cancel one's own simulation. Raises Refused for another's and for one that has ended."""
    row = _row(session, simulation_id)
    if row.started_by != by.key:
        raise Refused("Only who started a simulation may cancel it.")
    if row.ended_at is not None:
        raise Refused("It has already ended.")
    row.problem, row.ended_at = CANCELLED, now


def read(session: Session, simulation_id: int, *, by: Actor, now: datetime) -> SimulationLine:
    """Give a simulation; whoever is signed in may read it, for it holds nobody's data."""
    row = _row(session, simulation_id, is_locked=False)
    return _line(row, row.result, by=by, now=now)


def own(session: Session, *, by: Actor, now: datetime) -> tuple[SimulationLine, ...]:
    """Give a person's own simulations without their results, newest first."""
    rows = session.scalars(
        select(Simulation)
        .where(Simulation.started_by == by.key)
        .order_by(Simulation.id.desc())
        .options(defer(Simulation.result, raiseload=True))
        .limit(MOST)
    )
    return tuple(_line(row, None, by=by, now=now) for row in rows)


def _row(session: Session, simulation_id: int, *, is_locked: bool = True) -> Simulation:
    row = session.get(Simulation, simulation_id, with_for_update=is_locked)
    if row is None:
        raise NotFound("There is no simulation of that number.")
    return row


def _line(row: Simulation, result: Any, *, by: Actor, now: datetime) -> SimulationLine:
    return SimulationLine(
        id=row.id,
        settings=row.settings,
        done=row.done,
        total=row.total,
        state=_state(row, now=now),
        problem=row.problem,
        started_at=row.started_at,
        ended_at=row.ended_at,
        result=result,
        is_own=row.started_by == by.key,
    )


def _state(row: Simulation, *, now: datetime) -> State:
    if row.problem is not None:
        return State.CANCELLED if row.problem == CANCELLED else State.STOPPED
    if row.ended_at is not None:
        return State.DONE
    return State.RUNNING if now - row.heard_at <= SILENT else State.STOPPED
