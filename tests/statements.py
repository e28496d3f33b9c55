"""What a database is asked while something is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements that the engine runs meanwhile, transactions and settings apart."""
    said: list[str] = []

    def hear(*given: object) -> None:
        if not str(given[2]).startswith(("BEGIN", "PRAGMA")):
            said.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)
