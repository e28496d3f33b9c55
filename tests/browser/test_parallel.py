"""One referral through every procedure in a real browser, with JavaScript and without."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.test_pages import looked_at
from tests.browser.visit import PATIENCE, Visit
from tests.engine.parallel.authorities import everyone
from tests.web import site as sites

PLAYED = "/compare/referral?play=yes&start=2026-03-03T10:00"
WITH_SECOND = "Sefton"


@pytest.fixture(autouse=True)
def _second(service: Flask) -> None:
    """A second authority beside the one that the service has."""
    sites.deploy(service, everyone()["sefton"])


def test_a_referral_is_described_and_played(visit: Visit) -> None:
    visit.sign_in(sites.ANALYST)
    visit.page.goto("/compare/referral?authority=southwark&authority=sefton")
    visit.page.get_by_label("When it was received").fill("2026-03-03T10:00")
    visit.page.get_by_label("Significant harm suspected").select_option("Yes")

    visit.press("Play this referral")

    cards = visit.page.locator(".app-card")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text=WITH_SECOND)).to_contain_text("Section 47 enquiry")
    expect(visit.page.get_by_role("heading", name=re.compile("They part first at"))).to_be_visible()
    visit.follow(visit.page.get_by_role("link", name="A link that shows this again"))
    expect(cards).to_have_count(2)
    expect(visit.page).to_have_url(re.compile("significant_harm_suspected=true"))
    assert visit.complaints == []


def test_what_if_is_answered_by_keyboard_alone(visit: Visit) -> None:
    visit.sign_in(sites.ANALYST)
    visit.page.goto(PLAYED)
    visit.page.locator("summary", has_text="What if a fact were another?").focus()
    visit.page.keyboard.press("Enter")
    choice = visit.page.get_by_label("Child in need", exact=True)
    choice.focus()

    visit.page.keyboard.press("ArrowDown")
    if not visit.has_scripts:
        visit.page.get_by_role("button", name="Show what changes").focus()
        visit.page.keyboard.press("Enter")

    changes = visit.page.get_by_role("region", name="What changes")
    expect(changes).to_contain_text("no further action")
    expect(visit.page.locator(".app-card").first).to_contain_text("No further action")
    expect(choice).to_have_value("false")
    expect(visit.page).to_have_url(re.compile("if.child_in_need=false"))
    if visit.has_scripts:
        expect(choice).to_be_focused()
        expect(visit.page.get_by_role("status")).to_have_text(re.compile("What changes: "))
    assert visit.complaints == []


def test_the_picture_scrolls_by_itself_and_by_keys(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    scripted.page.set_viewport_size({"width": 320, "height": 800})
    scripted.page.goto(PLAYED)
    region = scripted.page.get_by_role("region", name="Timelines")

    region.focus()
    scripted.page.keyboard.press("ArrowRight")

    expect(region).not_to_have_js_property("scrollLeft", 0)
    assert scripted.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_many_referrals_are_played_and_lead_to_one(visit: Visit) -> None:
    visit.sign_in(sites.ANALYST if visit.has_scripts else sites.EVERYBODY)
    visit.page.goto("/compare/many")
    visit.page.get_by_label("Contacts", exact=True).fill("15")

    visit.press("Start")

    heading = visit.page.get_by_role("heading", name="How often the outcomes differ")
    expect(heading).to_be_visible(timeout=PATIENCE)
    visit.follow(visit.page.get_by_role("link", name=re.compile("Outcomes differ")))
    visit.follow(visit.page.get_by_role("link", name=re.compile(r"^Contact \d+")).first)
    expect(visit.page.get_by_text("The outcomes differ.")).to_be_visible()
    if visit.has_scripts:
        looked_at(visit)
    assert visit.complaints == []
