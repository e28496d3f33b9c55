"""Whole referrals in a real browser, from the first page to the last task."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.journey import Journey, told
from tests.browser.visit import Visit

HARM = told(
    crime_suspected=True,
    immediate_protection_needed=True,
    significant_harm_suspected=True,
    level_of_need="high",
    strategy_outcome="section_47_enquiry",
)
NEIGHBOUR = told(
    referrer_kind="public",
    referrer_source="1B",
    referrer_name="Philippa Dray",
    referrer_agency="",
    referrer_relationship="Lives next door",
    anonymity_requested=True,
    referrer_identity_may_be_shared=False,
    child_in_need=False,
    level_of_need="none",
    responses=["no_further_action"],
)
REASON = "The second account makes the lower option unsafe."


def shows(visit: Visit, address: str, *texts: str) -> None:
    """Go to a page, and find these words on it."""
    visit.page.goto(address)
    for text in texts:
        expect(visit.page.locator("main")).to_contain_text(text)


def test_a_phone_call_with_suspected_significant_harm_leads_to_an_enquiry(visit: Visit) -> None:
    journey = Journey(visit=visit, facts=HARM)
    case = journey.start()

    done = journey.go_on()

    assert "Hold Strategy Discussion" in done
    assert "Authorise disposal" in done
    shows(visit, case, "Section 47 enquiry commenced")
    shows(visit, f"{case}/letters", "Police")
    assert visit.complaints == []


def test_a_neighbour_who_stays_unnamed_and_nothing_further_to_do(visit: Visit) -> None:
    journey = Journey(visit=visit, facts=NEIGHBOUR)
    case = journey.start()

    done = journey.go_on()

    assert "Authorise disposal" in done
    assert "Hold Strategy Discussion" not in done
    shows(visit, case, "Finished", "No further action")
    assert "Dray" not in visit.page.title() + visit.page.url
    assert visit.complaints == []


def test_news_of_an_open_case_goes_to_its_own_social_worker(visit: Visit) -> None:
    facts = told(case_status="open", contact_purpose="new_information")
    journey = Journey(visit=visit, facts=facts)
    case = journey.start()

    done = journey.go_on()

    assert "Authorise disposal" not in done
    shows(visit, case, "allocated")
    shows(visit, f"{case}/letters", "Allocated worker")
    shows(visit, f"{case}/limits", "No limit")
    assert visit.complaints == []


def test_a_referral_typed_days_late_is_escalated_and_says_why(visit: Visit) -> None:
    facts = told(level_of_need="high")
    journey = Journey(visit=visit, facts=facts, ago=timedelta(days=3))
    case = journey.start()

    done = journey.go_on()

    assert "Record why it was missed" in done
    shows(visit, case, "Assessment under section 17")
    shows(visit, f"{case}/limits", "24 hours from receipt (SWK-51)")
    shows(visit, f"{case}/letters", "Manager", "Overdue")
    shows(visit, f"{case}/history", "Late", "Limit missed")
    assert visit.complaints == []


def test_two_brothers_have_a_disposal_each(visit: Visit) -> None:
    brothers = {
        "Anselm Prior": {"level_of_need": "high"},
        "Jude Prior": {
            "child_in_need": False, "level_of_need": "none", "responses": ["early_help"]
        },
    }  # fmt: skip
    journey = Journey(visit=visit, facts=told(), children=brothers)
    case = journey.start()

    done = journey.go_on()

    assert done.count("Propose disposal") + done.count("Authorise disposal") >= 3
    shows(visit, case, "Assessment under section 17", "Passed to early help")
    rows = visit.page.get_by_role("row")
    expect(rows.filter(has_text="Anselm Prior")).to_contain_text("Assessment under section 17")
    expect(rows.filter(has_text="Jude Prior")).not_to_contain_text("Assessment under section 17")
    assert visit.complaints == []


def test_judgement_in_place_of_a_table_needs_a_reason_and_keeps_its_mark(visit: Visit) -> None:
    journey = Journey(visit=visit, facts=told(level_of_need="high"))
    case = journey.start()
    journey.go_on(until="Decide type of response")

    journey.answer_all()
    visit.press("Complete this task")
    visit.page.locator("summary", has_text="Decide differently").first.click()
    visit.page.locator("main details[open]").get_by_role("radio").nth(1).check()
    visit.press("Confirm and complete")
    expect(visit.page.get_by_role("alert")).to_be_visible()
    visit.page.get_by_label("Why do you decide differently?").first.fill(REASON)
    visit.press("Confirm and complete")
    expect(visit.page.get_by_role("status").first).to_contain_text("Read it again")
    visit.press("Confirm and complete")

    expect(visit.page.locator("main")).to_contain_text("Completed: Decide type of response")
    shows(visit, f"{case}/decisions", "Overridden by professional judgement", REASON)
    shows(visit, f"{case}/decisions/print", "Overridden by professional judgement", REASON)
    assert visit.complaints == []
