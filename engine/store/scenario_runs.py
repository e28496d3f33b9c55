"""Runs of a deployed version's scenarios: the last one is kept, and read back by clause."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.store.tables import ScenarioResult, ScenarioRun


@dataclass(frozen=True, kw_only=True)
class PlayedScenario:
    """One scenario of a run, with the clauses that it exercised."""

    name: str
    passed: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """When a version's scenarios were last played, and what they came to, in the file's order."""

    ran_at: datetime
    scenarios: tuple[PlayedScenario, ...]

    def exercising(self, clause: str) -> tuple[PlayedScenario, ...]:
        """Give the scenarios in which the clause ran."""
        return tuple(played for played in self.scenarios if clause in played.clauses)


def was_played(session: Session, deployment_id: int, source: bytes | None) -> bool:
    """Say whether the version's last run was of exactly this scenario file."""
    run = session.get(ScenarioRun, deployment_id)
    return run is not None and run.fingerprint == _fingerprint(source)


def keep_run(
    session: Session,
    deployment_id: int,
    source: bytes | None,
    played: Iterable[PlayedScenario],
    *,
    now: datetime,
) -> None:
    """Keep a run of this scenario file as the version's last; the one before is forgotten."""
    for table in (ScenarioResult, ScenarioRun):
        session.execute(delete(table).where(table.deployment_id == deployment_id))
    session.add(
        ScenarioRun(deployment_id=deployment_id, ran_at=now, fingerprint=_fingerprint(source))
    )
    session.flush()
    session.add_all(
        ScenarioResult(
            deployment_id=deployment_id,
            position=position,
            name=scenario.name,
            passed=scenario.passed,
            clauses=list(scenario.clauses),
        )
        for position, scenario in enumerate(played)
    )
    session.flush()


def last_run(session: Session, deployment_id: int) -> LastRun | None:
    """Give the version's last run; None where its scenarios were never played here."""
    run = session.get(ScenarioRun, deployment_id)
    if run is None:
        return None
    rows = session.scalars(
        select(ScenarioResult)
        .where(ScenarioResult.deployment_id == deployment_id)
        .order_by(ScenarioResult.position)
    )
    scenarios = (
        PlayedScenario(name=row.name, passed=row.passed, clauses=tuple(row.clauses)) for row in rows
    )
    return LastRun(ran_at=run.ran_at, scenarios=tuple(scenarios))


def _fingerprint(source: bytes | None) -> str:
    return hashlib.sha256(source or b"").hexdigest()
