"""Whose cases an actor sees, and that no other is there for them."""

from datetime import UTC, datetime

import pytest

from engine.errors import NotFound
from engine.people import ANALYST, EVERYWHERE, Actor, seen_case
from engine.store.tables import Case, CaseStatus, Deployment
from tests.engine.databases import empty_database

NOW = datetime(2026, 9, 22, 10, 5, tzinfo=UTC)


def holding(*grants):
    return Actor(kind="person", id=1, name="Ana Example", grants=frozenset(grants))


@pytest.fixture
def session():
    with empty_database() as database, database.writing() as session:
        yield session


@pytest.fixture
def case_id(session):
    deployment = Deployment(
        authority="sefton",
        authority_name="Sefton",
        number=1,
        fingerprint="f",
        deployed_at=NOW,
        deployed_by="system:test",
        is_current=True,
    )
    session.add(deployment)
    session.flush()
    case = Case(
        reference="2222-2222",
        authority="sefton",
        deployment_id=deployment.id,
        status=CaseStatus.OPEN,
        received_at=NOW,
        received_out_of_hours=False,
        started_at=NOW,
        started_by="system:test",
        last_step_at=NOW,
        version=1,
    )
    session.add(case)
    session.flush()
    return case.id


def test_whoever_holds_a_role_of_the_authority_sees_its_case(session, case_id):
    found = seen_case(session, case_id, by=holding(("sefton", "social_worker")))

    assert found.reference == "2222-2222"


@pytest.mark.parametrize(
    "grants",
    [(), [("southwark", "social_worker")], [("sefton", ANALYST)], [(EVERYWHERE, ANALYST)]],
)
def test_for_anybody_else_it_is_as_if_there_were_no_case(session, case_id, grants):
    with pytest.raises(NotFound) as unseen:
        seen_case(session, case_id, by=holding(*grants))
    with pytest.raises(NotFound) as missing:
        seen_case(session, case_id + 1, by=holding(("sefton", "social_worker")))

    assert str(unseen.value) == f"there is no case {case_id}"
    assert str(missing.value) == f"there is no case {case_id + 1}"


def test_the_authorities_that_an_actor_sees_stand_in_order_without_the_analysts():
    actor = holding(
        ("southwark", "social_worker"),
        ("southwark", ANALYST),
        ("lincolnshire", ANALYST),
        ("camden", "duty_manager"),
        (EVERYWHERE, ANALYST),
    )

    assert actor.sees == ("camden", "southwark")
