"""What a deployment keeps of the scenarios that it played."""

from datetime import timedelta

import pytest

from engine import deploy
from engine.errors import NotFound
from engine.store.tables import AuditEntry, ScenarioResult
from tests.engine.deploying import NOW, SCENARIOS, deploy_now
from tests.engine.runtime.playing import AUTHORITY, definition

LATER = NOW + timedelta(days=1)
ADVICE = b"""
[[scenario]]
name = "Advice"
start = 2026-09-22T11:05:00+01:00
facts = { child_may_be_in_need = false, needs_more_than_advice = false }
"""
REFERRAL = b"""
[[scenario]]
name = "A referral"
start = 2026-09-22T11:05:00+01:00
"""
RED = REFERRAL + b'[scenario.expect]\nauthorised_by = "nobody"\n'


@pytest.fixture
def database(migrated):
    return migrated


def last_run(database):
    with database.reading() as session:
        return deploy.last_run(session, AUTHORITY)


def test_a_deployment_keeps_each_scenario_with_the_clauses_that_ran(database, sources):
    deploy_now(database, sources | {SCENARIOS: ADVICE + REFERRAL})

    run = last_run(database)

    assert run.ran_at == NOW
    assert [(s.name, s.passed) for s in run.scenarios] == [("Advice", True), ("A referral", True)]
    advice, referral = run.scenarios
    assert "SWK-86" in referral.clauses
    assert "SWK-86" not in advice.clauses
    assert run.exercising("SWK-86") == (referral,)
    assert set(advice.clauses) <= set(definition().clauses)


def test_the_same_scenarios_are_not_played_again(database, sources):
    deploy_now(database, sources | {SCENARIOS: ADVICE})

    deploy_now(database, sources | {SCENARIOS: ADVICE}, now=LATER)

    assert last_run(database).ran_at == NOW


def test_other_scenarios_of_the_same_version_are_played_and_replace_the_run(database, sources):
    first = deploy_now(database, sources | {SCENARIOS: ADVICE + REFERRAL})

    again = deploy_now(database, sources | {SCENARIOS: ADVICE}, now=LATER)

    assert (again.id, again.is_new) == (first.id, False)
    assert last_run(database).ran_at == LATER
    with database.reading() as session:
        assert session.query(ScenarioResult).count() == 1
        assert session.query(AuditEntry).count() == 1


def test_red_scenarios_of_the_same_version_are_refused_and_the_run_before_stands(database, sources):
    deploy_now(database, sources | {SCENARIOS: ADVICE})

    with pytest.raises(deploy.NotDeployable):
        deploy_now(database, sources | {SCENARIOS: RED}, now=LATER)

    assert [s.name for s in last_run(database).scenarios] == ["Advice"]


def test_a_procedure_without_scenarios_has_a_run_of_none(database, sources):
    deploy_now(database, sources)

    assert last_run(database).scenarios == ()


def test_what_was_kept_before_scenarios_were_has_no_run(deployed):
    assert last_run(deployed) is None


def test_what_is_not_deployed_has_no_run(database):
    with pytest.raises(NotFound):
        last_run(database)
