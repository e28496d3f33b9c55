"""The authorities whose folders lie here, with what their own scenarios come to."""

from functools import cache
from pathlib import Path

from engine import definitions, scenarios
from engine.definitions import AuthorityDefinition
from engine.scenarios import Result, Scenario

ROOT = Path(__file__).parents[2]
AUTHORITIES = tuple(definitions.authority_ids(ROOT))


@cache
def definition(authority: str) -> AuthorityDefinition:
    return definitions.load_authority(ROOT, authority)


def own_scenarios(authority: str) -> tuple[Scenario, ...]:
    path = ROOT / "bpmn" / authority / "scenarios.toml"
    found = scenarios.read(path.read_bytes(), file=str(path))
    return tuple(s for s in found if scenarios.runs_in(s, authority, home=authority))


@cache
def results(authority: str) -> tuple[Result, ...]:
    return tuple(scenarios.run_one(s, definition(authority)) for s in own_scenarios(authority))
