"""Scenarios: referrals played through a procedure, and judged against what must come of them."""

from engine.casework import CaseRun
from engine.definitions.model import AuthorityDefinition
from engine.scenarios.cited import clauses_cited
from engine.scenarios.coverage import Coverage, coverage
from engine.scenarios.judge import Result, failed, judge
from engine.scenarios.read import Arrival, Scenario, authority_of, read
from engine.scenarios.run import Driver, NotOffered, Played, Starter, play

__all__ = [
    "Arrival",
    "Coverage",
    "Driver",
    "NotOffered",
    "Played",
    "Result",
    "Scenario",
    "Starter",
    "authority_of",
    "clauses_cited",
    "coverage",
    "play",
    "read",
    "run_file",
    "run_one",
    "runs_in",
]


def run_one(
    scenario: Scenario, definition: AuthorityDefinition, *, start: Starter = CaseRun.start
) -> Result:
    """Play a scenario in one authority and judge it."""
    played = play(scenario, definition, start=start)
    if played.mismatches:
        return failed(scenario, definition.id, played.effects, sentences=played.mismatches)
    return judge(scenario, definition.id, played.effects)


def run_file(definition: AuthorityDefinition, source: bytes) -> list[Result]:
    """Play an authority's own scenario file; what a deployment does before it is accepted."""
    known = read(source, file="scenarios.toml")
    own = (each for each in known if runs_in(each, definition.id, home=definition.id))
    return [run_one(scenario, definition) for scenario in own]


def runs_in(scenario: Scenario, authority: str, *, home: str | None) -> bool:
    """Say whether a scenario runs in an authority: it names it, or names none and is at home."""
    if scenario.authorities:
        return authority in scenario.authorities
    return home in (None, authority)
