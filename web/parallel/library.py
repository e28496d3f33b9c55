"""The scenarios that lie beside the procedures, in the folder that the service was started in."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from engine import scenarios
from engine.errors import NotFound
from engine.scenarios import Scenario
from web import ids


def names(authorities: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the scenarios by authority: how an address names each, and its name."""
    found = {key: _of(key) for key in authorities}
    return {
        key: tuple((f"{key}:{number}", each.name) for number, each in enumerate(several, 1))
        for key, several in found.items()
        if several
    }


def scenario(authorities: Iterable[str], name: str) -> Scenario:
    """Return the scenario that an address names. NotFound where there is none."""
    authority, _, number = name.partition(":")
    several = _of(authority) if authority in set(authorities) else ()
    at = ids.number(number) or 0
    if at not in range(1, len(several) + 1):
        raise NotFound("There is no such scenario.")
    return several[at - 1]


def everything(authorities: Iterable[str]) -> list[tuple[str, Scenario]]:
    """Return every scenario with the word that names it."""
    return [
        (f"{key}:{number}", each) for key in authorities for number, each in enumerate(_of(key), 1)
    ]


def _of(authority: str) -> tuple[Scenario, ...]:
    file = Path("bpmn") / authority / "scenarios.toml"
    if not file.is_file():
        return ()
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(file: Path, _changed_at: int) -> tuple[Scenario, ...]:
    return scenarios.read(file.read_bytes(), file=str(file))
