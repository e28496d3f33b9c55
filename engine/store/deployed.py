"""Deployed versions: an authority's definition kept as its sources, and read back from them."""

from collections.abc import Collection, Iterable, Sequence
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
    return definitions_of(session, (deployment,))[deployment_id]


def definitions_of(session: Session, rows: Iterable[Deployment]) -> dict[int, AuthorityDefinition]:
    """Give the definitions of these deployments by their ids, in at most one statement."""
    keys = {row.id: (row.authority, row.fingerprint) for row in rows}
    unread = [id_ for id_, key in keys.items() if key not in _read]
    for id_, sources in _sources(session, unread).items():
        _read[keys[id_]] = definitions.from_stored(sources, keys[id_][0])
    return {id_: _read[key] for id_, key in keys.items()}


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


def current_definitions(
    session: Session, authorities: Iterable[str]
) -> dict[str, AuthorityDefinition]:
    """Give the definitions by which new cases of these authorities run, in two statements."""
    rows = session.scalars(
        select(Deployment)
        .where(Deployment.authority.in_(authorities), Deployment.is_current)
        .order_by(Deployment.authority_name)
    ).all()
    read = definitions_of(session, rows)
    return {row.authority: read[row.id] for row in rows}


def named(session: Session, names: Iterable[str]) -> dict[str, AuthorityDefinition]:
    """Give definitions by names such as `sefton`, its current version, or `sefton@3`, its third.

    Raises NotFound, with the name, for an authority or a version that was never deployed.
    """
    wanted = tuple(dict.fromkeys(names))
    authorities = {name.partition("@")[0] for name in wanted}
    rows = session.scalars(select(Deployment).where(Deployment.authority.in_(authorities))).all()
    meant = {name: _named(rows, name) for name in wanted}
    read = definitions_of(session, meant.values())
    return {name: read[row.id] for name, row in meant.items()}


def _named(rows: Sequence[Deployment], name: str) -> Deployment:
    authority, at, number = name.partition("@")
    for row in rows:
        is_meant = str(row.number) == number if at else row.is_current
        if row.authority == authority and is_meant:
            return row
    raise NotFound(f"No procedure “{name}” is deployed: name an authority, or one of its versions.")


def versions(session: Session) -> tuple[DeploymentLine, ...]:
    """Give every version of every authority, by name, each authority's newest first."""
    rows = session.scalars(
        select(Deployment).order_by(
            Deployment.authority_name, Deployment.authority, Deployment.number.desc()
        )
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


def _sources(session: Session, deployment_ids: Collection[int]) -> dict[int, dict[str, bytes]]:
    found: dict[int, dict[str, bytes]] = {id_: {} for id_ in deployment_ids}
    if found:
        query = (
            select(DeploymentSource)
            .where(DeploymentSource.deployment_id.in_(found))
            .order_by(DeploymentSource.deployment_id, DeploymentSource.path)
        )
        for row in session.scalars(query):
            found[row.deployment_id][row.path] = row.content
    return found


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
