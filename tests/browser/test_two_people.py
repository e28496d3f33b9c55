"""Two people at one task: the second is told who was first, and loses nothing that they typed."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.visit import Visit
from tests.web import site as sites

SECOND = "second@example.test"
TYPED = "The school nurse said more on the telephone."


@pytest.fixture
def second_person(service: Flask) -> str:
    sites.add_person(service, SECOND, *sites.definition().roles)
    return SECOND


@pytest.fixture
def second(browser: Browser, address: str, second_person: str, visit: Visit) -> Iterator[Visit]:
    """Somebody else at a browser of their own, as able as the first."""
    context = browser.new_context(java_script_enabled=visit.has_scripts, base_url=address)
    other = Visit.by(context, has_scripts=visit.has_scripts)
    other.sign_in(second_person)
    yield other
    context.close()


def to_first_task(visit: Visit) -> str:
    """Start a contact and open its first task; gives the task's address."""
    visit.sign_in()
    visit.start_contact()
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True).first)
    expect(visit.page.locator("h1")).to_have_text("Record contact")
    return visit.page.url


def finish(visit: Visit) -> None:
    """Complete the open task."""
    visit.page.locator("[name='children.0.name']").fill("Child A")
    visit.press("Complete this task")


def test_who_comes_second_is_told_who_was_first_and_keeps_their_text(
    visit: Visit, second: Visit
) -> None:
    task = to_first_task(visit)
    second.page.goto(task)
    second.page.locator("#concern").fill(TYPED)
    finish(visit)
    expect(visit.page.locator("main")).to_contain_text("Completed: Record contact")

    with second.page.expect_response(lambda answer: answer.status == 409):
        second.press("Complete this task")

    main = second.page.locator("main")
    expect(main).to_contain_text(re.compile(r"Everybody completed this at .*\d\d:\d\d"))
    expect(main).to_contain_text("kept as your draft")
    expect(main).to_contain_text(TYPED)
    if second.has_scripts:
        assert second.violations() == []
    second.page.goto(task)
    expect(main).to_contain_text(TYPED)
    visit.page.goto(task)
    expect(visit.page.locator("main")).to_contain_text("completed this at")
    expect(visit.page.locator("main")).not_to_contain_text(TYPED)
    assert (visit.complaints, second.complaints) == ([], [])


def test_a_claimed_task_says_whose_it_is(visit: Visit, second: Visit) -> None:
    task = to_first_task(visit)
    visit.press("Claim this task")
    expect(visit.page.locator("main")).to_contain_text("You have claimed this task")

    second.page.goto(task)

    expect(second.page.locator("main")).to_contain_text("Everybody has claimed this task")
    expect(second.page.get_by_role("button", name="Complete this task")).to_have_count(0)
    visit.press("Release this task")
    second.page.goto(task)
    finish(second)
    expect(second.page.locator("main")).to_contain_text("Completed: Record contact")
    assert (visit.complaints, second.complaints) == ([], [])
