"""A contact from the first page to its next task, in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_a_person_signs_in_starts_a_contact_and_completes_its_first_task(visit: Visit) -> None:
    visit.sign_in()
    assert visit.heading == "Worklist"

    visit.start_contact()
    assert re.fullmatch(r"Case \w{4}-\w{4}", visit.heading)
    assert "Contact recorded as case" in visit.page.inner_text("main")

    visit.page.get_by_role("link", name="Record contact", exact=True).click()
    visit.press("Claim this task")
    visit.choose("How was the contact made?", "A letter")
    visit.page.get_by_label("Name", exact=False).first.fill("Child A")
    visit.press("Complete this task")

    assert "Completed: Record contact" in visit.page.inner_text("main")
    assert visit.page.get_by_role("link", name="Check records", exact=True).count() == 1
    assert visit.complaints == []


def test_what_was_typed_is_kept_beside_the_problem(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/contacts/new")
    visit.page.get_by_role("group", name="When did").get_by_label("Month").fill("13")

    visit.press("Start this contact")

    assert visit.page.title().startswith("Error: Start a contact")
    month = visit.page.get_by_role("group", name="When did").get_by_label("Month")
    assert month.input_value() == "13"
    visit.page.get_by_role("alert").get_by_role("link").first.click()
    if visit.has_scripts:
        expect(visit.page.locator("#received_at-day")).to_be_focused()


def test_a_child_is_added_by_a_round_trip_that_loses_nothing(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.page.get_by_role("link", name="Record contact", exact=True).click()
    visit.page.locator("[name='children.0.name']").fill("Child A")

    visit.page.get_by_role("button", name=re.compile("Add another")).click()

    assert visit.page.locator("[name='children.0.name']").input_value() == "Child A"
    assert visit.page.locator("[name='children.1.name']").count() == 1


def test_the_enter_key_completes_and_adds_nothing(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.page.get_by_role("link", name="Record contact", exact=True).click()

    visit.page.locator("[name='children.0.name']").press("Enter")

    assert visit.page.locator("[name='children.1.name']").count() == 0


def test_a_conditional_question_shows_with_its_answer(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.page.get_by_role("link", name="Record contact", exact=True).click()
    visit.choose("How was the contact made?", "A letter")
    visit.press("Complete this task")
    visit.page.get_by_role("link", name="Check records", exact=True).click()
    question = visit.page.get_by_role("group", name="Is the allocated social worker available?")

    expect(question).to_be_visible(visible=not visit.has_scripts)
    visit.choose("What does Mosaic show about the child?", "An open case")
    expect(question).to_be_visible()


def test_signing_out_leaves_nothing_behind(visit: Visit) -> None:
    visit.sign_in()
    if visit.has_scripts:
        visit.page.set_viewport_size({"width": 1280, "height": 800})
    visit.page.get_by_role("button", name="Sign out").click()

    visit.page.goto("/worklist")

    assert visit.heading == "Sign in"
