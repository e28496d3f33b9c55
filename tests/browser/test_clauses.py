"""The page of the clauses in a real browser, with what ran on it."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from engine import deploy
from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from tests.web import site as sites
from web import clock

PAGE = f"/procedures/{sites.AUTHORITY}/clauses"


@pytest.fixture
def _played(service: Flask) -> None:
    """The authority's scenarios were played."""
    with service.extensions["frontdoor.database"].writing() as store:
        deploy.deploy_folder(store, sites.ROOT, sites.AUTHORITY, by="tests", now=clock.now())


@pytest.mark.usefixtures("_played")
def test_a_clause_leads_to_its_element_and_the_element_back(visit: Visit) -> None:
    page = visit.page
    visit.sign_in(sites.ANALYST)
    page.goto(f"{PAGE}#SWK-51")
    expect(page.locator("main")).to_contain_text("all passed")

    limit = page.locator("article#SWK-51").get_by_role("link", name="24 hours from receipt")
    visit.follow(limit)
    expect(page).to_have_url(re.compile("/front_door#front_door-disposal_decision_due$"))
    element = page.locator("li#front_door-disposal_decision_due")
    visit.follow(element.get_by_role("link", name="SWK-51"))

    expect(page).to_have_url(re.compile(f"{PAGE}#SWK-51$"))
    expect(page.locator("article#SWK-51")).to_be_visible()
    assert visit.complaints == []


@pytest.mark.usefixtures("_played")
def test_the_page_can_be_read_by_everybody_on_any_screen(scripted: Visit) -> None:
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

    expect(opened.value).to_have_url(re.compile(PAGE))
    expect(box).to_have_value("3")
