"""Deployed versions: an authority's definition kept as its sources, and read back from them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine import definitions
from engine.definitions.model import AuthorityDefinition
from engine.errors import NotFound
from engine.store.tables import Deployment, DeploymentSource

# A version never changes, so that what was read once stays right for as long as the process runs.
_read: dict[tuple[str, str], AuthorityDefinition] = {}


@dataclass(frozen=True, kw_only=True)
class DeploymentLine:
    """A deployed version as a list shows it."""

    id: int
    authority: str
    name: str
    number: int
    fingerprint: str
    deployed_at: datetime
    deployed_by: str
    is_current: bool


def keep(
    session: Session, definition: AuthorityDefinition, *, by: str, now: datetime
) -> tuple[Deployment, bool]:
    """Make this the authority's current version; say whether its sources are new here."""
    known = session.scalar(
        select(Deployment).where(
            Deployment.authority == definition.id, Deployment.fingerprint == definition.fingerprint
        )
    )
    if known is not None and known.is_current:
        return known, False
    session.execute(
        update(Deployment).where(Deployment.authority == definition.id).values(is_current=False)
    )
    if known is not None:
        known.is_current = True
        session.flush()
        return known, False
    return _add(session, definition, by=by, now=now), True


def is_current(session: Session, definition: AuthorityDefinition) -> bool:
    """Say whether exactly these sources are the authority's current version."""
    found = session.scalar(
        select(Deployment.id).where(
            Deployment.authority == definition.id,
            Deployment.fingerprint == definition.fingerprint,
            Deployment.is_current,
        )
    )
    return found is not None


def definition_for(session: Session, deployment_id: int) -> AuthorityDefinition:
    """Give the definition that was deployed, whatever the files say today."""
    deployment = session.get(Deployment, deployment_id)
    if deployment is None:
        raise NotFound(f"there is no deployment {deployment_id}")
    key = (deployment.authority, deployment.fingerprint)
    if key not in _read:
        _read[key] = definitions.from_stored(
            sources_of(session, deployment_id), deployment.authority
        )
    return _read[key]


def sources_of(session: Session, deployment_id: int) -> dict[str, bytes]:
    """Give the files of a deployed version, by path."""
    rows = session.execute(
        select(DeploymentSource.path, DeploymentSource.content)
        .where(DeploymentSource.deployment_id == deployment_id)
        .order_by(DeploymentSource.path)
    )
    return {row.path: row.content for row in rows}


def source_of(session: Session, deployment_id: int, path: str) -> bytes:
    """Give one file of a deployed version."""
    source = session.get(DeploymentSource, (deployment_id, path))
    if source is None:
        raise NotFound(f"the version has no file {path}")
    return source.content


def current_of(session: Session, authority: str) -> Deployment:
    """Give the version by which the authority's new cases run."""
    deployment = session.scalar(
        select(Deployment).where(Deployment.authority == authority, Deployment.is_current)
    )
    if deployment is None:
        raise NotFound(f"no procedure of “{authority}” is deployed")
    return deployment


def current(session: Session) -> tuple[DeploymentLine, ...]:
    """Give the current version of every authority, by name."""
    rows = session.scalars(
        select(Deployment).where(Deployment.is_current).order_by(Deployment.authority_name)
    )
    return tuple(line_of(row) for row in rows)


def history(session: Session, authority: str) -> tuple[DeploymentLine, ...]:
    """Give all versions of an authority, newest first."""
    rows = session.scalars(
        select(Deployment)
        .where(Deployment.authority == authority)
        .order_by(Deployment.number.desc())
    )
    return tuple(line_of(row) for row in rows)


def line_of(row: Deployment) -> DeploymentLine:
    """Give the version as a value that outlives its transaction."""
    return DeploymentLine(
        id=row.id,
        authority=row.authority,
        name=row.authority_name,
        number=row.number,
        fingerprint=row.fingerprint,
        deployed_at=row.deployed_at,
        deployed_by=row.deployed_by,
        is_current=row.is_current,
    )


def _add(
    session: Session, definition: AuthorityDefinition, *, by: str, now: datetime
) -> Deployment:
    last = session.scalar(
        select(func.max(Deployment.number)).where(Deployment.authority == definition.id)
    )
    deployment = Deployment(
        authority=definition.id,
        authority_name=definition.name,
        number=(last or 0) + 1,
        fingerprint=definition.fingerprint,
        deployed_at=now,
        deployed_by=by,
        is_current=True,
    )
    session.add(deployment)
    session.flush()
    session.add_all(
        DeploymentSource(deployment_id=deployment.id, path=path, content=content)
        for path, content in definition.sources.items()
    )
    session.flush()
    return deployment
