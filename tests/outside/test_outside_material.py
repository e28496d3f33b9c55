"""Material that lies outside the project, run where it lies when it is there."""

from pathlib import Path

import pytest

from engine.definitions import load_all
from engine.definitions.model import AuthorityDefinition
from engine.scenarios import Scenario, read, run_one, runs_in

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT.parent / "shared" / "scenarios" / "examples.toml"


def _runs() -> list[tuple[Scenario, AuthorityDefinition]]:
    if not EXAMPLES.exists():
        return []
    scenarios = read(EXAMPLES.read_bytes(), file=str(EXAMPLES))
    return [
        (scenario, definition)
        for definition in load_all(ROOT).values()
        for scenario in scenarios
        if runs_in(scenario, definition.id, home=None)
    ]


@pytest.mark.skipif(
    not EXAMPLES.exists(), reason="the outside scenarios are not beside the project"
)
@pytest.mark.parametrize(
    ("scenario", "definition"),
    [pytest.param(s, d, id=f"{d.id}: {s.name}") for s, d in _runs()],
)
def test_outside_scenario_comes_to_what_it_expects(
    scenario: Scenario, definition: AuthorityDefinition
) -> None:
    assert run_one(scenario, definition).mismatches == ()
