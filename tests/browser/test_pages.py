"""What pages say of themselves: their titles, their focus, their drawings; see every route too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

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


def test_a_failed_sign_in_says_so_in_its_title(scripted: Visit) -> None:
    scripted.page.goto("/sign-in")
    scripted.page.get_by_label("E-mail address").fill("nobody@example.test")

    scripted.press("Sign in")

    expect(scripted.page).to_have_title("Error: Sign in – Frontdoor")
    looked_at(scripted)
    assert scripted.complaints == []


def test_the_drawn_diagram_of_a_case(at_work: Visit) -> None:
    at_work.page.goto(f"{at_work.page.url}/diagram")
    at_work.settle()

    marks = at_work.page.locator(".app-diagram__mark")
    expect(marks.filter(has_text="Now")).not_to_have_count(0)
    expect(marks.filter(has_text="Done")).to_have_count(at_work.page.locator("g.done").count())
    looked_at(at_work)
    assert at_work.complaints == []


def test_a_problem_with_a_task_has_the_focus(at_work: Visit) -> None:
    at_work.follow(at_work.page.get_by_role("link", name="Record contact", exact=True))
    at_work.page.locator("[name='children.0.date_of_birth.day']").fill("32")
    at_work.press("Complete this task")

    expect(at_work.page).to_have_title(re.compile("^Error: "))
    expect(at_work.page.locator(".govuk-error-summary")).to_be_focused()
    assert at_work.complaints == []


def test_a_conflict(at_work: Visit) -> None:
    link = at_work.page.get_by_role("link", name="Record contact", exact=True)
    task = str(link.get_attribute("href"))
    at_work.follow(link)
    at_work.press("Complete this task")

    at_work.page.goto(task)

    expect(at_work.page.locator("main")).to_contain_text("completed this at")


def test_the_page_for_what_is_not_there(scripted: Visit) -> None:
    scripted.sign_in()
    scripted.page.goto("/no-such-page")
    looked_at(scripted)


def test_the_diagram_is_zoomed_by_buttons(at_work: Visit) -> None:
    at_work.page.goto("/procedures/southwark/contact")
    at_work.settle()
    viewport = at_work.page.locator(".djs-container .viewport")
    before = str(viewport.get_attribute("transform"))

    at_work.page.get_by_role("button", name="Zoom in").click()

    expect(viewport).not_to_have_attribute("transform", before)
