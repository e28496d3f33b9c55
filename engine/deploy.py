"""Deploys an authority's procedure: checked, its scenarios green, then kept as a new version."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from engine import audit, definitions, scenarios
from engine.definitions import AuthorityDefinition, Problem, Unusable
from engine.errors import Invalid
from engine.scenarios import Result
from engine.store.deployed import (
    DeploymentLine,
    current,
    current_of,
    definition_for,
    history,
    is_current,
    keep,
    line_of,
    named,
    source_of,
    versions,
)
from engine.store.scenario_runs import LastRun, PlayedScenario, keep_run, was_played
from engine.store.scenario_runs import last_run as run_of
from engine.store.tables import Deployment

__all__ = [
    "Deployed",
    "DeploymentLine",
    "LastRun",
    "NotDeployable",
    "PlayedScenario",
    "authorities_in",
    "current",
    "current_definition",
    "definition_for",
    "deploy_folder",
    "history",
    "last_run",
    "named",
    "source_of",
    "versions",
]


@dataclass(frozen=True, kw_only=True)
class Deployed(DeploymentLine):
    """The version that an authority's files came to; `is_new` where they made one."""

    is_new: bool


class NotDeployable(Invalid):
    """A procedure with problems or red scenarios; nothing of it was kept."""

    def __init__(
        self, authority: str, *, problems: Iterable[Problem] = (), failures: Iterable[Result] = ()
    ) -> None:
        self.problems, self.failures = tuple(problems), tuple(failures)
        lines = [f"{p.file}:{p.element or ''}: {p.message}" for p in self.problems]
        lines += [f"{r.name}: {sentence}" for r in self.failures for sentence in r.mismatches]
        super().__init__("\n".join([f"{authority} is not deployed", *lines]))


def deploy_folder(
    session: Session, root: Path, authority: str, *, by: str, now: datetime
) -> Deployed:
    """Deploy what lies in the folders `bpmn/` and `dmn/` under `root`.

    Raises NotDeployable where a file is wrong or a scenario is red: then nothing is kept.
    """
    try:
        definition = definitions.load_authority(root, authority)
    except Unusable as error:
        raise NotDeployable(authority, problems=error.problems) from error
    path = root / "bpmn" / authority / "scenarios.toml"
    source = path.read_bytes() if path.is_file() else None
    return _deploy(session, definition, source, by=by, now=now)


def authorities_in(root: Path) -> tuple[str, ...]:
    """The authorities whose procedures lie under `root`, in alphabetical order."""
    return tuple(definitions.authority_ids(root))


def current_definition(session: Session, authority: str) -> AuthorityDefinition:
    """Give the definition by which the authority's new cases run."""
    return definition_for(session, current_of(session, authority).id)


def last_run(session: Session, authority: str) -> LastRun | None:
    """Give the last run of the scenarios of the authority's current version, if there was one."""
    return run_of(session, current_of(session, authority).id)


def _deploy(
    session: Session,
    definition: AuthorityDefinition,
    scenario_source: bytes | None,
    *,
    by: str,
    now: datetime,
) -> Deployed:
    was_current = is_current(session, definition)
    if was_current:
        deployment = current_of(session, definition.id)
        if was_played(session, deployment.id, scenario_source):
            return _deployed(deployment, is_new=False)
    results = _results(definition, scenario_source)
    if failures := [result for result in results if not result.passed]:
        raise NotDeployable(definition.id, failures=failures)
    deployment, is_new = keep(session, definition, by=by, now=now)
    keep_run(session, deployment.id, scenario_source, map(_played, results), now=now)
    if not was_current:
        _record(session, deployment, by=by, now=now)
    return _deployed(deployment, is_new=is_new)


def _record(session: Session, deployment: Deployment, *, by: str, now: datetime) -> None:
    about = audit.About(
        subject=f"deployment:{deployment.id}",
        deployment_id=deployment.id,
        detail={"authority": deployment.authority, "fingerprint": deployment.fingerprint},
    )
    audit.record(session, "deployment.made", about, by=by, now=now)


def _deployed(row: Deployment, *, is_new: bool) -> Deployed:
    line = line_of(row)
    return Deployed(**{f.name: getattr(line, f.name) for f in fields(line)}, is_new=is_new)


def _results(definition: AuthorityDefinition, source: bytes | None) -> list[Result]:
    return [] if source is None else scenarios.run_file(definition, source)


def _played(result: Result) -> PlayedScenario:
    cited = scenarios.clauses_cited(result.effects)
    return PlayedScenario(name=result.name, passed=result.passed, clauses=cited)
