from dataclasses import replace
from datetime import UTC
from functools import partial

import pytest

from engine import doctor, scenarios
from engine.runtime.database_case import DatabaseCase
from tests.engine.databases import empty_database
from tests.engine.runtime.playing import AUTHORITY, ROOT, definition

FILE = ROOT / "bpmn" / AUTHORITY / "scenarios.toml"
OWN = scenarios.read(FILE.read_bytes(), file=FILE.name)


@pytest.mark.parametrize("scenario", OWN, ids=[scenario.name for scenario in OWN])
def test_a_scenario_ends_alike_in_memory_and_through_the_database(scenario):
    scenario = replace(scenario, start=scenario.start.astimezone(UTC))  # as instants are kept
    in_memory = scenarios.run_one(scenario, definition())

    with empty_database() as database:
        start = partial(_start, database)
        in_database = scenarios.run_one(scenario, definition(), start=start)
        with database.reading() as session:
            findings = doctor.check_invariants(session, now=scenario.start)

    assert in_database.trace == in_memory.trace
    assert in_database.mismatches == in_memory.mismatches
    assert [f for f in findings if f.invariant != "I8"] == []


def _start(database, definition, facts, *, case_id, now):
    return DatabaseCase.start_in(database, definition, facts, now=now)
