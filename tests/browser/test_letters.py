"""Letters in a real browser: found, read, printed; with and without JavaScript, wide and narrow."""

from flask import Flask
from playwright.sync_api import expect

from engine.store.tables import Case, Letter
from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from web import clock

TEXT = "Thank you. What you sent us has arrived, and somebody is looking at it.\n\n" * 3


def write(service: Flask, **changed: object) -> int:
    """Put a letter into the newest case; gives its id."""
    now = clock.now()
    with service.extensions["frontdoor.database"].writing() as store:
        case = store.query(Case).order_by(Case.id.desc()).first()
        assert case is not None
        values: dict[str, object] = {
            "case_id": case.id,
            "authority": case.authority,
            "recipient": "professional_referrer",
            "kind": "acknowledgement",
            "address": "a-rather-long-address-of-somebody@school-with-a-long-name.example.test",
            "subject": "We have received what you sent us",
            "text": TEXT,
            "html": "<p>Thank you.</p>",
            "clauses": ["SWK-46"],
            "state": "failed",
            "problem": "The mail server refused the letter (554).",
            "tries": 6,
            "next_try_at": now,
            "made_at": now,
            "ended_at": now,
        }
        letter = Letter(**{**values, **changed})
        store.add(letter)
        store.flush()
        return int(letter.id)


def test_a_failed_letter_is_found_read_and_marked_as_printed(visit: Visit, service: Flask) -> None:
    visit.sign_in()
    visit.start_contact()
    letter = write(service)
    visit.page.goto("/letters")
    visit.page.locator("#state").select_option("failed")
    visit.press("Show")
    visit.follow(visit.page.locator(f"a[href='/letters/{letter}']"))

    visit.press("Mark as printed")

    expect(visit.page.get_by_text("The letter is marked as printed.")).to_be_visible()
    expect(visit.page.get_by_role("button", name="It came back")).to_be_visible()
    assert visit.complaints == []


def test_lists_and_letters_are_clear_in_every_state(scripted: Visit, service: Flask) -> None:
    scripted.sign_in()
    scripted.start_contact()
    for state in ("ready", "failed", "bounced", "sent", "printed"):
        letter = write(service, state=state)
        for path in (f"/letters?state={state}", f"/letters/{letter}"):
            scripted.page.goto(path)
            looked_at(scripted)
    assert scripted.complaints == []


def test_a_letter_is_printed_without_the_page_around_it(scripted: Visit, service: Flask) -> None:
    scripted.sign_in()
    scripted.start_contact()
    scripted.page.goto(f"/letters/{write(service)}")

    scripted.page.emulate_media(media="print")

    expect(scripted.page.locator(".app-letter__text")).to_be_visible()
    expect(scripted.page.locator("h1")).to_be_hidden()
    expect(scripted.page.locator(".govuk-summary-list")).to_be_hidden()
