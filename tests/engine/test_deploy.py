import pytest

from engine import deploy
from engine.errors import NotFound
from engine.store.tables import AuditEntry, Deployment
from tests.engine.deploying import SCENARIOS, deploy_now
from tests.engine.runtime.playing import AUTHORITY, ROOT, start_case

SETTINGS = f"bpmn/{AUTHORITY}/authority.toml"
GREEN = b"""
[[scenario]]
name = "Nothing expected"
start = 2026-09-22T11:05:00+01:00
"""
RED = GREEN + b'[scenario.expect]\nauthorised_by = "nobody"\n'


@pytest.fixture
def database(migrated):
    return migrated


def test_a_procedure_becomes_version_1_with_every_source_and_an_audit_entry(database, sources):
    done = deploy_now(database, sources)

    assert (done.number, done.is_new, done.is_current, done.name) == (1, True, True, "Southwark")
    with database.reading() as session:
        for path, content in sources.items():
            assert deploy.source_of(session, done.id, path) == content
        entry = session.query(AuditEntry).one()
        assert (entry.event, entry.detail["fingerprint"]) == ("deployment.made", done.fingerprint)
        with pytest.raises(NotFound):
            deploy.source_of(session, done.id, "bpmn/elsewhere.bpmn")


def test_what_is_read_back_is_what_was_deployed(database, sources):
    done = deploy_now(database, sources)

    with database.reading() as session:
        first = deploy.definition_for(session, done.id)
        again = deploy.current_definition(session, AUTHORITY)

    assert first.fingerprint == done.fingerprint
    assert again is first


def test_the_same_sources_make_no_new_version(database, sources):
    deploy_now(database, sources)

    again = deploy_now(database, sources)

    assert (again.number, again.is_new) == (1, False)
    with database.reading() as session:
        assert session.query(Deployment).count() == session.query(AuditEntry).count() == 1


def test_an_example_that_does_not_hold_refuses_the_deployment(database, sources):
    path = f"dmn/{AUTHORITY}/progression.examples.toml"
    broken = sources | {path: sources[path].replace(b'output = "advice"', b'output = "referral"')}

    with pytest.raises(deploy.NotDeployable, match="It comes to 'advice', expected 'referral'"):
        deploy_now(database, broken)

    with database.reading() as session:
        assert session.query(Deployment).count() == 0


def test_other_sources_make_a_new_version_and_cases_stay_on_theirs(database, sources):
    first = deploy_now(database, sources)
    case_id = start_case(database)
    changed = sources | {SETTINGS: sources[SETTINGS] + b"\n# reviewed\n"}

    second = deploy_now(database, changed)
    back = deploy_now(database, sources)

    assert (second.number, second.is_new) == (2, True)
    assert (back.number, back.is_new, back.id) == (1, False, first.id)
    with database.reading() as session:
        assert [(d.number, d.is_current) for d in deploy.history(session, AUTHORITY)] == [
            (2, False),
            (1, True),
        ]
        assert [d.id for d in deploy.current(session)] == [first.id]
        deployment_id = session.connection().exec_driver_sql(
            f'SELECT deployment_id FROM "case" WHERE id = {case_id}'
        )
        assert deployment_id.scalar() == first.id


def test_a_procedure_with_problems_is_refused_and_nothing_is_kept(database, sources):
    broken = sources | {f"bpmn/{AUTHORITY}/contact.bpmn": b"<nonsense"}

    with pytest.raises(deploy.NotDeployable) as error:
        deploy_now(database, broken)

    assert error.value.problems
    assert error.value.failures == ()
    with database.reading() as session:
        assert session.query(Deployment).count() == 0


def test_a_procedure_with_a_red_scenario_is_refused_and_nothing_is_kept(database, sources):
    with pytest.raises(deploy.NotDeployable) as error:
        deploy_now(database, sources | {SCENARIOS: RED})

    assert [failure.name for failure in error.value.failures] == ["Nothing expected"]
    assert "Nothing expected" in str(error.value)
    with database.reading() as session:
        assert session.query(Deployment).count() == 0


def test_a_procedure_with_green_scenarios_is_deployed(database, sources):
    assert deploy_now(database, sources | {SCENARIOS: GREEN}).is_new


def test_authorities_follow_from_folders():
    assert AUTHORITY in deploy.authorities_in(ROOT)
    assert "shared" not in deploy.authorities_in(ROOT)


def test_what_was_never_deployed_is_not_found(database):
    with database.reading() as session:
        with pytest.raises(NotFound):
            deploy.definition_for(session, 1)
        with pytest.raises(NotFound):
            deploy.current_definition(session, AUTHORITY)
        assert deploy.current(session) == ()
