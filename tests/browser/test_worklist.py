"""The worklist in a real browser: filters, several tasks at once, cover, changes, paper."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from engine import people
from tests.browser.visit import Visit
from tests.web import site as sites
from web import clock

COVER = "cover@example.test"


@pytest.fixture
def cover(service: Flask) -> str:
    """A colleague who holds every role."""
    with service.extensions["frontdoor.database"].writing() as store:
        person = people.create(
            store, email=COVER, name="Cover", password=sites.PASSWORD, now=clock.now()
        )
        for role in sites.definition().roles:
            people.grant(store, person.id, sites.AUTHORITY, role)
    return COVER


@pytest.fixture
def other(browser: Browser, address: str, cover: str) -> Iterator[Visit]:
    """The colleague at a browser of their own."""
    context = browser.new_context(base_url=address)
    visit = Visit.by(context, has_scripts=True)
    visit.sign_in(cover)
    yield visit
    context.close()


def clear(visit: Visit) -> None:
    """Show everything that waits for the team."""
    visit.page.goto("/worklist?show=team")
    if visit.page.get_by_role("button", name="Clear filters").count():
        visit.press("Clear filters")


def new_case(visit: Visit) -> str:
    """Start a contact; gives its reference."""
    visit.start_contact()
    expect(visit.page.locator("h1")).to_have_text(re.compile("^Case "))
    return visit.heading.removeprefix("Case ")


def test_filters_are_set_kept_and_cleared(visit: Visit) -> None:
    visit.sign_in()
    reference = new_case(visit)
    clear(visit)
    expect(visit.page.get_by_role("link", name=reference, exact=True)).to_be_visible()

    visit.page.get_by_text("Filter the tasks").click()
    visit.page.get_by_label("Role").select_option("Duty Manager")
    visit.press("Show these tasks")

    expect(visit.page.get_by_text("You see only: Duty Manager.")).to_be_visible()
    expect(visit.page.get_by_role("link", name=reference, exact=True)).to_have_count(0)
    visit.press("Clear filters")
    expect(visit.page.get_by_role("link", name=reference, exact=True)).to_be_visible()
    assert visit.complaints == []


def test_selected_tasks_are_claimed_and_reassigned(visit: Visit, cover: str) -> None:
    visit.sign_in()
    references = [new_case(visit), new_case(visit)]
    clear(visit)
    for reference in references:
        visit.page.get_by_role("checkbox", name=f"Record contact, case {reference}").check()
    visit.press("Claim selected")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("2 of 2 tasks claimed")

    visit.page.goto("/worklist?show=mine")
    visit.page.get_by_role("checkbox", name=f"Record contact, case {references[0]}").check()
    visit.press("Reassign selected")
    visit.page.get_by_label("Who is to have them?").select_option("Cover")
    visit.press("Reassign")

    expect(visit.page.get_by_role("heading", level=1)).to_have_text("1 of 1 task reassigned")
    visit.page.goto("/worklist?show=mine")
    expect(visit.page.get_by_role("link", name=references[0], exact=True)).to_have_count(0)
    expect(visit.page.get_by_role("link", name=references[1], exact=True)).to_be_visible()
    assert visit.complaints == []


def test_the_enter_key_on_a_box_does_nothing_to_another_task(visit: Visit) -> None:
    visit.sign_in()
    reference = new_case(visit)
    clear(visit)
    box = visit.page.get_by_role("checkbox", name=f"Record contact, case {reference}")
    box.check()

    with visit.turning():
        box.press("Enter")

    expect(visit.page.get_by_role("heading", level=1)).to_have_text("1 of 1 task claimed")


def test_changes_are_told_and_nothing_moves(scripted: Visit, other: Visit) -> None:
    scripted.page.clock.install()
    scripted.sign_in()
    new_case(scripted)
    clear(scripted)
    tasks = scripted.page.locator("tbody")
    before = tasks.inner_text()
    new_case(other)

    scripted.page.clock.run_for(31_000)

    told = scripted.page.get_by_role("status")
    expect(told).to_contain_text(re.compile(r"\d+ changes?\. Show"))
    assert tasks.inner_text() == before
    assert scripted.violations() == []
    scripted.follow(told.get_by_role("link"))
    expect(told).to_be_empty()
    assert tasks.inner_text() != before
    assert scripted.complaints == []


def test_cover_is_arranged_and_a_task_taken_over(visit: Visit, other: Visit) -> None:
    visit.sign_in()
    reference = new_case(visit)
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True))
    visit.press("Claim this task")
    today = clock.now()
    visit.page.goto("/worklist/absences")
    visit.page.get_by_label("Who is away?").select_option("Everybody")
    for name in ("First day away", "Last day away"):
        group = visit.page.get_by_role("group", name=name)
        for label, number in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
            group.get_by_label(label).fill(str(number))
    visit.page.get_by_label("Who covers?").select_option("Cover")
    visit.press("Arrange cover")
    expect(visit.page.get_by_text("The cover is arranged.")).to_be_visible()

    other.page.goto("/worklist?show=mine")
    line = other.page.get_by_role("row").filter(has_text=reference)
    expect(line).to_contain_text("For Everybody, who is away")
    other.follow(line.get_by_role("button", name="Take over"))

    expect(other.page.get_by_text("The task is yours now.")).to_be_visible()
    visit.page.goto("/worklist/absences")
    visit.follow(visit.page.get_by_role("button", name="End now"))
    expect(visit.page.get_by_text("Nobody is away now")).to_be_visible()
    assert visit.complaints == other.complaints == []
