"""The child is found first, and a referrer tells of a worry, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A child's name that no other test uses."""
    letters = re.sub("[^a-z]", "", request.node.name.lower())
    return f"Rowan {letters[-18:].title()}"


def contact_about(visit: Visit, name: str) -> None:
    """Find nobody of that name, and start a contact about a new child."""
    visit.page.goto("/contacts/find")
    visit.page.get_by_label("Child’s name").fill(name)
    visit.page.get_by_label("Date of birth, or").fill("4 May 2017")
    visit.press("Find the child")
    visit.page.get_by_label("A child who is not listed").check()
    visit.press("Go on to the contact")
    expect(visit.page.get_by_label("What is the child's full name?")).to_have_value(name)
    visit.choose("How was the contact made?", "A letter")
    visit.choose("Who made the contact?", "A member of the public")
    visit.choose("Does the information involve a child who may be a Child in Need?", "No")
    visit.press("Start this contact")
    expect(visit.page.locator("h1")).to_have_text(re.compile(r"Case [A-Z0-9-]+"))


def tell(visit: Visit, name: str) -> None:
    """Tell of a worry about a child, as a professional."""
    visit.page.goto("/refer")
    visit.choose("Where do the children live?", "Southwark")
    visit.choose("Who are you?", "A professional, because of my work")
    visit.press("Go on")
    visit.choose("Does a child need to be protected at once?", "No")
    visit.page.get_by_label("What are you worried about?").fill("Often hungry.")
    visit.page.get_by_label("Name", exact=True).or_(
        visit.page.get_by_label("Name (optional)", exact=True)
    ).first.fill(name)
    visit.page.get_by_label("Your name").fill("Marta Example")
    visit.page.get_by_label("Which organisation do you work for?").fill("Larkrise School")
    visit.page.get_by_label("How can we reach you safely?").fill("marta@example.test")
    visit.press("Send")
    expect(visit.page.locator("h1")).to_have_text("It has arrived")


def test_a_known_child_is_found_and_not_typed_again(visit: Visit, name: str) -> None:
    visit.sign_in()
    contact_about(visit, name)

    visit.page.get_by_role("link", name="Start a contact").first.click()
    visit.page.get_by_label("Child’s name").fill(" ".join(reversed(name.split())))
    visit.press("Find the child")
    visit.page.get_by_role("checkbox", name=name, exact=True).check()
    visit.press("Go on to the contact")

    expect(visit.page.get_by_label("What is the child's full name?")).to_have_value(name)
    expect(visit.page.get_by_text("A case about this child is open")).to_be_visible()
    assert name.split()[1] not in visit.page.url
    assert visit.complaints == []


def test_the_search_over_cases_keeps_names_out_of_addresses(visit: Visit, name: str) -> None:
    visit.sign_in()
    contact_about(visit, name)
    visit.page.goto("/cases")

    visit.page.get_by_label("Child’s name").fill(name)
    visit.press("Search")

    expect(visit.page.get_by_role("row")).to_have_count(2)
    expect(visit.page.get_by_role("row").last).to_contain_text(name)
    assert visit.page.url.endswith("/cases")
    with visit.page.expect_download() as download:
        visit.press("Download as a spreadsheet")
    assert download.value.suggested_filename.endswith(".csv")
    visit.press("Show all cases")
    expect(visit.page.get_by_label("Child’s name")).to_have_value("")


def test_a_referrer_tells_and_finds_their_way_back(visit: Visit, name: str) -> None:
    tell(visit, name)
    code = visit.page.locator(".app-code").inner_text()
    reference = visit.page.locator(".govuk-panel strong").inner_text()

    visit.page.get_by_role("link", name="What became of it?").click()
    visit.page.get_by_label("Reference").fill(reference)
    visit.page.get_by_label("Code").fill(code)
    visit.press("See what became of it")

    expect(visit.page.locator("h1")).to_have_text(f"Referral {reference}")
    expect(visit.page.get_by_text("Nothing more has been sent to you yet")).to_be_visible()
    expect(visit.page.get_by_text(name)).to_have_count(0)
    assert visit.complaints == []


def test_every_page_of_the_intake_is_accessible_wide_and_narrow(scripted: Visit, name: str) -> None:
    scripted.sign_in()
    contact_about(scripted, name)
    scripted.page.goto("/contacts/find")
    looked_at(scripted)
    scripted.press("Find the child")
    expect(scripted.page.get_by_role("alert")).to_be_visible()
    looked_at(scripted)
    scripted.page.get_by_label("Child’s name").fill(name)
    scripted.press("Find the child")
    looked_at(scripted)
    scripted.press("Go on to the contact")
    expect(scripted.page.get_by_role("alert")).to_be_visible()
    looked_at(scripted)
    scripted.page.get_by_role("checkbox", name=name, exact=True).check()
    scripted.press("Go on to the contact")
    expect(scripted.page.locator("h1")).to_have_text("Start a contact")
    looked_at(scripted)
    scripted.page.goto("/cases")
    looked_at(scripted)
    scripted.page.get_by_label("Date of birth").fill("31 2 2017")
    scripted.press("Search")
    expect(scripted.page.get_by_role("alert")).to_be_visible()
    looked_at(scripted)
    assert scripted.complaints == []


def test_every_page_for_referrers_is_accessible_wide_and_narrow(scripted: Visit, name: str) -> None:
    scripted.page.goto("/refer")
    looked_at(scripted)
    scripted.press("Go on")
    expect(scripted.page.get_by_role("alert")).to_be_visible()
    looked_at(scripted)
    for kind in ("professional", "child"):
        scripted.page.goto(f"/refer/southwark/{kind}")
        looked_at(scripted)
        scripted.press("Send")
        expect(scripted.page.get_by_role("alert")).to_be_visible()
        looked_at(scripted)
    tell(scripted, name)
    looked_at(scripted)
    scripted.page.goto("/refer/follow")
    looked_at(scripted)
    scripted.press("See what became of it")
    expect(scripted.page.get_by_role("alert")).to_be_visible()
    looked_at(scripted)
    assert scripted.complaints == []
