"""The definitions that a verb compares: an authority's files, or versions that were deployed."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import inspect

from engine import definitions, deploy
from engine.cli.serving import opened
from engine.definitions import AuthorityDefinition
from engine.errors import NotFound
from engine.store.tables import Deployment


def load(names: Iterable[str]) -> dict[str, AuthorityDefinition]:
    """The definitions by name: `sefton` is what its files say, `sefton@3` its third version.

    A draft is compared too: what `check` thinks of it is `check`'s to say. Raises NotFound for
    what is neither in the folders nor in the database, Unusable for files that cannot be read.
    """
    wanted = tuple(dict.fromkeys(names))
    deployed = [name for name in wanted if "@" in name]
    stored = _stored(deployed) if deployed else {}
    return {
        name: stored[name] if name in stored else definitions.read_authority(Path.cwd(), name)
        for name in wanted
    }


def _stored(names: list[str]) -> dict[str, AuthorityDefinition]:
    with opened() as database, database.reading() as session:
        if not inspect(session.connection()).has_table(Deployment.__tablename__):
            raise NotFound(f"No version is deployed here, so there is no {names[0]}.")
        return deploy.named(session, names)
