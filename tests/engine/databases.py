"""Databases for tests: an empty one is migrated once and copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from engine.store.database import Database
from engine.store.migrations import upgrade

KEY = b"k" * 32


@cache
def _migrated() -> Path:
    path = Path(mkdtemp(prefix="frontdoor-test-")) / "empty.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@contextmanager
def empty_database(folder: Path) -> Iterator[Database]:
    """A migrated database in a file of its own."""
    path = folder / "frontdoor.sqlite3"
    shutil.copy(_migrated(), path)
    database = Database(f"sqlite:///{path}", audit_key=KEY)
    try:
        yield database
    finally:
        database.close()
