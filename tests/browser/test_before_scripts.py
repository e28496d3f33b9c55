"""Whoever is faster than the scripts of a page loses nothing."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.visit import Visit
from tests.web import site as sites

PLAYED = "/compare/referral?play=yes&start=2026-03-03T10:00&authority=southwark&authority=southwark"
TYPED = "What the school said"


def meanwhile(visit: Visit, script: str, act: Callable[[], object]) -> None:
    """Load the page again, and act while this script of it is still on its way."""

    def delay(route: Route) -> None:
        act()
        route.continue_()

    visit.page.route(f"**/js/{script}", delay)
    visit.page.reload()


def test_text_is_saved_by_itself(scripted: Visit) -> None:
    scripted.sign_in()
    scripted.start_contact()
    scripted.follow(scripted.page.get_by_role("link", name="Record contact", exact=True).first)

    meanwhile(scripted, "draft.js", lambda: scripted.page.locator("#concern").fill(TYPED))

    status = scripted.page.locator("[data-draft-status]")
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert scripted.complaints == []


def test_a_choice_is_answered(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    scripted.page.goto(PLAYED)
    scripted.page.locator("summary", has_text="What if a fact were another?").click()
    choice = scripted.page.get_by_label("Child in need", exact=True)

    def choose() -> None:
        scripted.page.locator("summary", has_text="What if a fact were another?").click()
        choice.select_option("No")

    meanwhile(scripted, "parallel.js", choose)

    expect(scripted.page.get_by_role("status")).to_have_text(re.compile("What changes: "))
    expect(choice).to_have_value("false")
    assert scripted.complaints == []


def test_a_list_of_problems_does_not_take_the_focus_away(scripted: Visit) -> None:
    scripted.page.goto("/refer/follow")
    scripted.press("See what became of it")
    expect(scripted.page.locator(".govuk-error-summary")).to_be_focused()
    reference = scripted.page.get_by_label("Reference")

    meanwhile(scripted, "frontdoor.js", reference.focus)

    expect(reference).to_be_focused()
