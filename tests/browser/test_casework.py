"""A contact from the first page to its next task, in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit


def test_a_person_signs_in_starts_a_contact_and_completes_its_first_task(visit: Visit) -> None:
    visit.sign_in()
    expect(visit.page.locator("h1")).to_have_text("Worklist")

    visit.start_contact()
    expect(visit.page.locator("h1")).to_have_text(re.compile(r"Case \w{4}-\w{4}"))
    expect(visit.page.locator("main")).to_contain_text("Contact recorded as case")

    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True))
    visit.press("Claim this task")
    visit.page.get_by_label("Name", exact=False).first.fill("Child A")
    visit.press("Complete this task")

    expect(visit.page.locator("main")).to_contain_text("Completed: Record contact")
    expect(visit.page.get_by_role("link", name="Check records", exact=True)).to_have_count(1)
    assert visit.complaints == []


def test_what_was_typed_is_kept_beside_the_problem(visit: Visit) -> None:
    visit.sign_in()
    visit.page.goto("/contacts/new")
    visit.page.get_by_role("group", name="When did").get_by_label("Month").fill("13")

    visit.press("Start this contact")

    expect(visit.page).to_have_title(re.compile("^Error: Start a contact"))
    month = visit.page.get_by_role("group", name="When did").get_by_label("Month")
    expect(month).to_have_value("13")
    visit.page.get_by_role("alert").get_by_role("link").first.click()
    if visit.has_scripts:
        expect(visit.page.locator("#received_at-day")).to_be_focused()


def test_a_child_is_added_by_a_round_trip_that_loses_nothing(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True))
    visit.page.locator("[name='children.0.name']").fill("Child A")

    visit.follow(visit.page.get_by_role("button", name=re.compile("Add another")))

    expect(visit.page.locator("[name='children.0.name']")).to_have_value("Child A")
    expect(visit.page.locator("[name='children.1.name']")).to_have_count(1)


def test_the_enter_key_completes_and_adds_nothing(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True))

    name = visit.page.locator("[name='children.0.name']")
    name.fill("Child A")
    with visit.turning():
        name.press("Enter")

    expect(visit.page.locator("main")).to_contain_text("Completed: Record contact")


def test_a_conditional_question_shows_with_its_answer(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    visit.follow(visit.page.get_by_role("link", name="Record contact", exact=True))
    visit.press("Complete this task")
    visit.follow(visit.page.get_by_role("link", name="Check records", exact=True))
    question = visit.page.get_by_role("group", name="Is the allocated social worker available?")

    expect(question).to_be_visible(visible=not visit.has_scripts)
    visit.choose("What does Mosaic show about the child?", "An open case")
    expect(question).to_be_visible()


def test_signing_out_leaves_nothing_behind(visit: Visit) -> None:
    visit.sign_in()
    if visit.has_scripts:
        visit.page.set_viewport_size({"width": 1280, "height": 800})
    visit.follow(visit.page.get_by_role("button", name="Sign out"))

    visit.page.goto("/worklist")

    expect(visit.page.locator("h1")).to_have_text("Sign in")
