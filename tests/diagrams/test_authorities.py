"""Every authority's files: checked, played, covered, and restored at each wait."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from engine import definitions, scenarios
from engine.casework import CaseRun, CaseTask
from engine.casework.effects import Effect
from engine.definitions import AuthorityDefinition, Problem, folders
from engine.definitions.clauses import Citation, citations
from tests.diagrams.authorities import AUTHORITIES, ROOT, definition, own_scenarios, results

FEWEST_SCENARIOS = 25
everywhere = pytest.mark.parametrize("authority", AUTHORITIES)


@cache
def problems() -> tuple[Problem, ...]:
    return tuple(definitions.check_paths([], ROOT))


@everywhere
def test_check_finds_nothing_in_an_authoritys_files(authority: str) -> None:
    assert [p for p in problems() if folders.authority_of(p.file) == authority] == []


def test_check_finds_nothing_in_what_all_share() -> None:
    shared = [p for p in problems() if folders.authority_of(p.file) not in AUTHORITIES]

    assert shared == []


@everywhere
def test_every_clause_is_covered_or_guidance_with_a_reason(authority: str) -> None:
    coverage = definitions.clause_coverage(definition(authority))

    assert (coverage.uncovered, coverage.unknown) == ((), ())
    assert all(clause.guidance_reason for clause in coverage.guidance)
    binding = {"deadline", "authorisation", "notification", "route"}
    assert [c.id for c in coverage.guidance if c.kind in binding] == []


@everywhere
def test_every_clause_that_is_cited_has_a_place_that_can_be_met(authority: str) -> None:
    places = definitions.places(definition(authority))
    cited = {c for citation in _citations(authority) for c in citation.clauses}

    assert set(places) == cited
    for clause, found in places.items():
        assert all(place.met_at for place in found), clause


def _citations(authority: str) -> tuple[Citation, ...]:
    return tuple(citations(definition(authority)))


@everywhere
def test_own_scenarios_pass(authority: str) -> None:
    assert {r.name: r.mismatches for r in results(authority) if not r.passed} == {}
    assert len(results(authority)) >= FEWEST_SCENARIOS


@everywhere
def test_own_scenarios_take_every_flow_and_match_every_row(authority: str) -> None:
    (found,) = scenarios.coverage([definition(authority)], results(authority))

    assert (found.flows_missed, found.rows_missed) == ((), ())


@everywhere
def test_own_scenarios_exercise_every_clause_that_lives_in_the_files(authority: str) -> None:
    ran = {c for result in results(authority) for c in scenarios.clauses_cited(result.effects)}
    own = {id_ for id_, clause in definition(authority).clauses.items() if not clause.national}

    assert sorted(set(definitions.places(definition(authority))) & own - ran) == []


class Interrupted:
    """A case that is saved after everything that happens to it, and restored before the next."""

    def __init__(self, procedure: AuthorityDefinition, case: CaseRun) -> None:
        self._definition = procedure
        self._effects: list[Effect] = []
        self._save(case)

    @classmethod
    def start(
        cls,
        procedure: AuthorityDefinition,
        facts: Mapping[str, Any],
        *,
        case_id: str,
        now: datetime,
    ) -> "Interrupted":
        return cls(procedure, CaseRun.start(procedure, facts, case_id=case_id, now=now))

    def open_tasks(self) -> tuple[CaseTask, ...]:
        return self._restored().open_tasks()

    def next_wake(self) -> datetime | None:
        return self._restored().next_wake()

    def next_own_wake(self) -> datetime | None:
        return self._restored().next_own_wake()

    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None:
        case = self._restored()
        case.complete(task_id, answers, now=now)
        self._save(case)

    def deliver(self, message: str, *, at: datetime, now: datetime) -> bool:
        case = self._restored()
        expected = case.deliver(message, at=at, now=now)
        self._save(case)
        return expected

    def wake(self, *, now: datetime) -> None:
        case = self._restored()
        case.wake(now=now)
        self._save(case)

    def take_effects(self) -> tuple[Effect, ...]:
        taken, self._effects = tuple(self._effects), []
        return taken

    def _restored(self) -> CaseRun:
        return CaseRun.restore(self._definition, self._state)

    def _save(self, case: CaseRun) -> None:
        self._effects.extend(case.take_effects())
        self._state = case.dump()
        again = CaseRun.restore(self._definition, self._state)
        assert again.take_effects() == ()
        assert json.loads(again.dump()) == json.loads(self._state)


@everywhere
def test_a_case_goes_on_alike_when_it_is_restored_at_each_wait(authority: str) -> None:
    for scenario, whole in zip(own_scenarios(authority), results(authority), strict=True):
        stopped = scenarios.run_one(scenario, definition(authority), start=Interrupted.start)

        assert stopped.trace == whole.trace, scenario.name
        assert stopped.mismatches == whole.mismatches, scenario.name


def test_an_element_id_means_the_same_kind_of_element_everywhere() -> None:
    kinds: dict[str, dict[str, list[str]]] = {}
    for authority in AUTHORITIES:
        for process in definition(authority).processes.values():
            for element in process.elements.values():
                kind = f"{element.kind} {element.event or ''}".strip()
                kinds.setdefault(element.id, {}).setdefault(kind, []).append(process.file)

    assert {id_: found for id_, found in kinds.items() if len(found) > 1} == {}


def test_there_are_authorities() -> None:
    assert len(AUTHORITIES) >= 5
