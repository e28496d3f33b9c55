"""Databases for tests: each is a new file, under an engine that has learnt its statements."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from engine.store.database import Database
from engine.store.migrations import upgrade
from tests import folders

KEY = b"k" * 32

_resting: list[Database] = []


@cache
def _migrated() -> Path:
    path = folders.fresh() / "empty.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@contextmanager
def empty_database() -> Iterator[Database]:
    """A migrated database in a file of its own.

    SQLAlchemy compiles each statement once for an engine, and that costs more than most tests do.
    So an engine that has done its work is kept, and comes back over another file.
    """
    database = _resting.pop() if _resting else _over_no_file()
    path = Path(str(database.engine.url.database))
    shutil.copy(_migrated(), path)
    try:
        yield database
    finally:
        database.close()
        for name in (path, *path.parent.glob(f"{path.name}-*")):
            name.unlink()
        _resting.append(database)


def _over_no_file() -> Database:
    return Database(f"sqlite:///{folders.fresh() / 'frontdoor.sqlite3'}", audit_key=KEY)
