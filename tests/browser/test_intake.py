"""The child is found first, and a referrer tells of a worry, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

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

    visit.follow(visit.page.get_by_role("link", name="Start a contact").first)
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
    expect(visit.page).to_have_url(re.compile("/cases$"))
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Download as a spreadsheet").click()
    assert download.value.suggested_filename.endswith(".csv")
    visit.press("Show all cases")
    expect(visit.page.get_by_label("Child’s name")).to_have_value("")


def test_a_referrer_tells_and_finds_their_way_back(visit: Visit, name: str) -> None:
    tell(visit, name)
    code = visit.page.locator(".app-code").inner_text()
    reference = visit.page.locator(".govuk-panel strong").inner_text()

    visit.follow(visit.page.get_by_role("link", name="What became of it?"))
    visit.page.get_by_label("Reference").fill(reference)
    visit.page.get_by_label("Code").fill(code)
    visit.press("See what became of it")

    expect(visit.page.locator("h1")).to_have_text(f"Referral {reference}")
    expect(visit.page.get_by_text("Nothing more has been sent to you yet")).to_be_visible()
    expect(visit.page.get_by_text(name)).to_have_count(0)
    assert visit.complaints == []
