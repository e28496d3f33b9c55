"""Which clauses a played scenario has exercised."""

from collections.abc import Iterable

from engine.casework import effects as fx


def clauses_cited(effects: Iterable[fx.Effect]) -> tuple[str, ...]:
    """The clauses that the elements, rows and questions of a run cite, in order of their ids."""
    return tuple(sorted({clause for effect in effects for clause in effect.clauses}))
