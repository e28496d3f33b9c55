"""Plays a simulation in a thread of the server, and writes down how far it is."""

import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from engine import parallel, simulations
from engine.definitions.model import AuthorityDefinition
from engine.scenarios import Scenario
from web import clock

EVERY = timedelta(seconds=1)  # it says how far it is, and hears whether it was cancelled
BREATH = 0.002  # seconds in which the pages have the interpreter, after each referral


class Database(Protocol):
    """What hands out a transaction that may write; it outlives the request."""

    def writing(self) -> AbstractContextManager[Session]: ...


def begin(
    database: Database,
    simulation_id: int,
    definitions: Mapping[str, AuthorityDefinition],
    referrals: Iterable[tuple[str, Scenario]],
) -> None:
    """Start playing; what comes of it stands in the simulation's row."""
    threading.Thread(
        target=_play,
        args=(database, simulation_id, definitions, referrals),
        name=f"simulation {simulation_id}",
        daemon=True,
    ).start()


def _play(
    database: Database,
    simulation_id: int,
    definitions: Mapping[str, AuthorityDefinition],
    referrals: Iterable[tuple[str, Scenario]],
) -> None:
    tally = parallel.Tally(names={key: each.name for key, each in definitions.items()})
    heard = clock.now()
    for brief in parallel.many(definitions, referrals):
        tally.add(brief)
        time.sleep(BREATH)
        if clock.now() - heard >= EVERY:
            heard = clock.now()
            with database.writing() as store:
                if not simulations.advance(store, simulation_id, done=tally.done, now=heard):
                    return
    result = {
        key: [figure.to_json() for figure in several] for key, several in tally.figures().items()
    }
    with database.writing() as store:
        simulations.finish(store, simulation_id, result, now=clock.now())
