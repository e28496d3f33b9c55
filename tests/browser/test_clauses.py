"""The page of the clauses in a real browser, with what ran on it."""

import pytest
from flask import Flask

from engine import deploy
from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from tests.web import site as sites
from web import clock

PAGE = f"/procedures/{sites.AUTHORITY}/clauses"


@pytest.fixture
def reader(service: Flask, visit: Visit) -> Visit:
    """Somebody who reads, once the authority's scenarios were played."""
    with service.extensions["frontdoor.database"].writing() as store:
        deploy.deploy_folder(store, sites.ROOT, sites.AUTHORITY, by="tests", now=clock.now())
    visit.sign_in(sites.ANALYST)
    return visit


def test_a_clause_leads_to_its_element_and_the_element_back(reader: Visit) -> None:
    page = reader.page
    page.goto(f"{PAGE}#SWK-51")
    assert "all passed" in page.inner_text("main")

    page.locator("article#SWK-51").get_by_role("link", name="24 hours from receipt").click()
    page.wait_for_url("**/front_door#front_door-disposal_decision_due")
    page.locator("li#front_door-disposal_decision_due").get_by_role("link", name="SWK-51").click()
    page.wait_for_url(f"**{PAGE}#SWK-51")

    assert page.locator("article#SWK-51").is_visible()
    assert reader.complaints == []


def test_the_page_can_be_read_by_everybody_on_any_screen(scripted: Visit, reader: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    for path in (PAGE, f"/procedures/{sites.AUTHORITY}/contact"):
        scripted.page.goto(path)
        looked_at(scripted)
    assert scripted.complaints == []


def test_a_clause_beside_a_question_opens_in_a_tab_of_its_own(scripted: Visit) -> None:
    scripted.sign_in()
    scripted.page.goto("/contacts/new")
    box = scripted.page.locator("[name='received_at.day']")
    box.fill("3")

    with scripted.page.expect_popup() as opened:
        scripted.page.locator("form .app-clause__id").first.click()

    opened.value.wait_for_load_state()
    assert PAGE in opened.value.url
    assert box.input_value() == "3"
