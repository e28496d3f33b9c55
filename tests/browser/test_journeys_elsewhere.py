"""Ways through a procedure that only one authority has."""

import pytest
from flask import Flask

from engine import definitions
from tests.browser.journey import Journey, told
from tests.browser.test_journeys import shows
from tests.browser.visit import Visit
from tests.web import site as sites


def everybody_in(service: Flask, authority: str) -> str:
    """Deploy an authority's procedure, with one person who holds all its roles."""
    procedure = definitions.load_authority(sites.ROOT, authority)
    email = f"everybody.{authority}@example.test"
    sites.deploy(service, procedure)
    sites.add_person(service, email, *procedure.roles, authority=authority)
    return email


@pytest.fixture
def cambridgeshire(service: Flask) -> str:
    return everybody_in(service, "cambridgeshire")


@pytest.fixture
def milton_keynes(service: Flask) -> str:
    return everybody_in(service, "milton_keynes")


def test_a_consultation_is_held_and_confirmed_by_letter(visit: Visit, cambridgeshire: str) -> None:
    facts = told(contact_purpose="consultation", safeguarding_lead_consulted=False)
    journey = Journey(visit=visit, facts=facts)
    case = journey.start(cambridgeshire)

    done = journey.go_on()

    assert "Answer Professional Consultation" in done
    shows(visit, case, "Professional consultation answered")
    shows(visit, f"{case}/letters", "Consultation letter")
    assert visit.complaints == []


def test_a_belt_at_home_is_talked_over_by_the_school(visit: Visit, milton_keynes: str) -> None:
    facts = told(
        concern_kind="implement_chastisement",
        crime_suspected=True,
        child_in_need=False,
        level_of_need="none",
        needs_more_than_advice=False,
    )
    journey = Journey(visit=visit, facts=facts)
    case = journey.start(milton_keynes)

    done = journey.go_on()

    assert len(done) >= 3
    shows(visit, f"{case}/letters", "Reporting setting", "Police")
    shows(visit, case, "Finished")
    assert visit.complaints == []
