"""A user task in a real browser: nothing typed is lost, and nothing counts before it is read."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask, request, request_finished
from playwright.sync_api import Locator, expect
from sqlalchemy import update

from engine.people import sessions
from engine.store.tables import WebSession
from tests.browser.test_pages import looked_at
from tests.browser.visit import PATIENCE, Visit
from web import clock

TYPED = "What the school said"


@pytest.fixture
def task(visit: Visit) -> Visit:
    """Somebody at the first task of a contact."""
    return at_first_task(visit)


@pytest.fixture
def scripted_task(scripted: Visit) -> Visit:
    """The same with JavaScript."""
    return at_first_task(scripted)


def at_first_task(visit: Visit) -> Visit:
    visit.sign_in()
    visit.start_contact()
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True).first)
    expect(visit.page.locator("h1")).to_have_text("Record contact")
    return visit


def concern(visit: Visit) -> Locator:
    return visit.page.locator("#concern")


def let_time_run_out(service: Flask) -> None:
    with service.extensions["frontdoor.database"].writing() as store:
        store.execute(update(WebSession).values(last_seen_at=clock.now() - sessions.IDLE))


def until(service: Flask, end: datetime) -> None:
    """Let everybody's session end then at the latest."""
    with service.extensions["frontdoor.database"].writing() as store:
        store.execute(update(WebSession).values(expires_at=end))


@contextmanager
def saved(service: Flask) -> Iterator[None]:
    """Go on when a draft has come in: the browser does not say when it sends one in leaving."""
    has_come = threading.Event()

    def hear(_service: Flask, **_: object) -> None:
        if request.endpoint == "tasks.save":
            has_come.set()

    with request_finished.connected_to(hear, service):
        yield
        assert has_come.wait(PATIENCE / 1000)


def to_check_records(visit: Visit) -> None:
    """Complete the first task, and go to the one after it."""
    visit.page.locator("[name='children.0.name']").fill("Child A")
    visit.press("Complete this task")
    visit.follow(visit.page.get_by_role("link", name="Check records", exact=True).first)
    expect(visit.page.locator("h1")).to_have_text("Check records")


def answered(visit: Visit) -> None:
    """Answer it so that the table decides."""
    visit.choose("What does Mosaic show about the child?", "Not known")
    for group in visit.page.get_by_role("group").all():
        boxes = group.get_by_role("radio")
        if group.is_visible() and boxes.count() and not group.locator(":checked").count():
            boxes.first.check()
    visit.press("Complete this task")


def test_what_is_typed_is_saved_by_itself_and_restored(scripted_task: Visit) -> None:
    concern(scripted_task).fill(TYPED)

    status = scripted_task.page.locator("[data-draft-status]")
    expect(status).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    scripted_task.page.reload()

    expect(concern(scripted_task)).to_have_value(TYPED)
    expect(scripted_task.page.locator(".app-draft")).to_contain_text("has been restored")
    looked_at(scripted_task)
    scripted_task.press("Discard it")
    expect(concern(scripted_task)).to_have_value("")


def test_leaving_a_page_saves_what_was_typed(scripted_task: Visit, service: Flask) -> None:
    address = scripted_task.page.url
    concern(scripted_task).fill(TYPED)

    with saved(service):
        scripted_task.page.goto("/worklist")
    scripted_task.page.goto(address)

    expect(concern(scripted_task)).to_have_value(TYPED)


def test_a_draft_is_saved_by_a_button(task: Visit) -> None:
    address = task.page.url
    concern(task).fill(TYPED)

    task.press("Save and come back later")

    expect(task.page.locator("main")).to_contain_text("Your draft was saved at")
    task.page.goto(address)
    expect(concern(task)).to_have_value(TYPED)


def test_text_that_is_sent_too_late_is_back_after_signing_in(task: Visit, service: Flask) -> None:
    concern(task).fill(TYPED)
    let_time_run_out(service)

    task.press("Complete this task")

    expect(task.page.locator("h1")).to_have_text("You have been signed out")
    task.follow(task.page.get_by_role("link", name="Sign in again"))
    task.page.get_by_label("E-mail address").fill("everybody@example.test")
    task.page.get_by_label("Password", exact=True).fill("a long password for tests")
    task.press("Sign in")
    expect(task.page.locator("h1")).to_have_text("Record contact")
    expect(concern(task)).to_have_value(TYPED)


def test_the_end_of_the_session_is_told_before_and_put_off_by_one_press(
    scripted_task: Visit, service: Flask
) -> None:
    until(service, clock.now() + timedelta(minutes=4))
    scripted_task.page.reload()
    banner = scripted_task.page.get_by_role("region", name="Time limit")

    expect(banner).to_contain_text(
        re.compile(r"You will be signed out at \d\d:\d\d"), timeout=15_000
    )
    looked_at(scripted_task)
    until(service, clock.now() + sessions.ABSOLUTE)
    stay = banner.get_by_role("button", name="Stay signed in")
    stay.focus()
    scripted_task.page.keyboard.press("Enter")
    expect(banner).to_be_hidden()


def test_answers_are_checked_before_they_count(task: Visit) -> None:
    to_check_records(task)
    answered(task)

    expect(task.page.locator("h1")).to_have_text("Check your answers")
    expect(task.page.locator("main")).to_contain_text("What happens next")
    if task.has_scripts:
        looked_at(task)
    task.follow(task.page.get_by_role("link", name=re.compile("Change What does Mosaic")))
    expect(task.page.get_by_label("Not known", exact=True).first).to_be_checked()
    task.press("Complete this task")
    task.press("Confirm and complete")
    expect(task.page.locator("main")).to_contain_text("Completed: Check records")


def test_the_new_entry_of_a_list_has_the_focus(task: Visit) -> None:
    task.page.locator("[name='children.0.name']").fill("Child A")

    task.follow(task.page.get_by_role("button", name=re.compile("Add another")))

    expect(task.page.locator("[name='children.0.name']")).to_have_value("Child A")
    expect(task.page.locator("fieldset:focus [name='children.1.name']")).to_be_visible()


def test_the_keyboard_alone_completes_a_task(task: Visit) -> None:
    page = task.page
    page.keyboard.press("Tab")
    reached = False
    for _ in range(150):
        if page.evaluate("document.activeElement.name || ''") == "children.0.name":
            page.keyboard.type("Child A")
        if page.evaluate("document.activeElement.textContent.trim()") == "Complete this task":
            reached = True
            break
        page.keyboard.press("Tab")

    assert reached
    with task.turning():
        page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Completed: Record contact")
