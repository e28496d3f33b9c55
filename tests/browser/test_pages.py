"""Every page in a real browser: nothing inaccessible, nothing forbidden, nothing cut off."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

STILL = [
    "/worklist",
    "/cases",
    "/contacts/new",
    "/procedures/",
    "/procedures/southwark/front_door",
    "/procedures/southwark/clauses",
]
NARROW = {"width": 320, "height": 800}


@pytest.fixture
def at_work(scripted: Visit) -> Visit:
    """Somebody with a contact that waits for its record."""
    scripted.sign_in()
    scripted.start_contact()
    return scripted


def looked_at(visit: Visit) -> None:
    """What holds for a page however it was reached, on a wide screen and on a narrow one."""
    assert visit.violations() == [], visit.page.url
    wide = visit.page.viewport_size
    visit.page.set_viewport_size(NARROW)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert visit.violations() == [], visit.page.url
    if wide:
        visit.page.set_viewport_size(wide)


def test_the_sign_in_page_with_and_without_a_problem(scripted: Visit) -> None:
    scripted.page.goto("/sign-in")
    looked_at(scripted)

    scripted.page.get_by_label("E-mail address").fill("nobody@example.test")
    scripted.press("Sign in")

    assert scripted.page.title() == "Error: Sign in – Frontdoor"
    looked_at(scripted)
    assert scripted.complaints == []


def test_lists_and_diagrams(at_work: Visit) -> None:
    for path in STILL:
        at_work.page.goto(path)
        looked_at(at_work)
    assert at_work.complaints == []


def test_a_case_and_its_drawn_diagram(at_work: Visit) -> None:
    looked_at(at_work)
    at_work.page.goto(f"{at_work.page.url}/diagram")
    at_work.page.wait_for_selector("[data-drawn]")

    marks = at_work.page.locator(".app-diagram__mark").all_inner_texts()
    assert "Now" in marks
    assert "Done" not in marks or at_work.page.locator(".done").count()
    looked_at(at_work)
    assert at_work.complaints == []


def test_a_task_with_and_without_problems(at_work: Visit) -> None:
    at_work.page.get_by_role("link", name="Record contact", exact=True).click()
    looked_at(at_work)

    at_work.page.locator("[name='children.0.date_of_birth.day']").fill("32")
    at_work.press("Complete this task")

    assert at_work.page.title().startswith("Error: ")
    expect(at_work.page.locator(".govuk-error-summary")).to_be_focused()
    looked_at(at_work)
    assert at_work.complaints == []


def test_a_conflict(at_work: Visit) -> None:
    link = at_work.page.get_by_role("link", name="Record contact", exact=True)
    task = str(link.get_attribute("href"))
    link.click()
    at_work.choose("How was the contact made?", "A letter")
    at_work.press("Complete this task")

    at_work.page.goto(task)

    assert "completed this at" in at_work.page.inner_text("main")
    looked_at(at_work)


def test_pages_for_what_is_not_there_or_not_allowed(scripted: Visit) -> None:
    scripted.sign_in()
    for path in ("/no-such-page", "/cases/4711", "/contacts/new?authority=elsewhere"):
        scripted.page.goto(path)
        looked_at(scripted)


def test_the_diagram_is_zoomed_by_buttons(at_work: Visit) -> None:
    at_work.page.goto("/procedures/southwark/contact")
    at_work.page.wait_for_selector("[data-drawn]")
    viewport = at_work.page.locator(".djs-container .viewport")
    before = viewport.get_attribute("transform")

    at_work.page.get_by_role("button", name="Zoom in").click()

    assert viewport.get_attribute("transform") != before
