"""Whole referrals in a real browser, from the first page to the last task."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit

MOST_TASKS = 40

SIGNIFICANT_HARM = {
    "contact_channel": "phone",
    "referrer_kind": "professional",
    "child_may_be_in_need": "true",
    "case_status": "not_known",
    "needs_more_than_advice": "true",
    "crime_suspected": "true",
    "immediate_protection_needed": "true",
    "redirect": "false",
    "notify_police": "true",
    "significant_harm_suspected": "true",
    "further_action_requested": "false",
    "parents_consent": "true",
    "informing_increases_risk": "false",
    "household_domestic_abuse": "not_known",
    "household_mental_illness": "not_known",
    "household_substance_misuse": "not_known",
    "household_learning_difficulties": "not_known",
    "child_in_need": "true",
    "level_of_need": "high",
    "likely_to_escalate": "true",
    "services_required": "false",
    "specialist_assessments_required": "false",
    "manager_authorises": "true",
    "strategy_outcome": "section_47_enquiry",
    "chronology": "started",
}
ASSESSMENT = SIGNIFICANT_HARM | {
    "crime_suspected": "false",
    "immediate_protection_needed": "false",
    "significant_harm_suspected": "false",
}


def answer(visit: Visit, answers: Mapping[str, str]) -> None:
    """Answer every question that shows: by name, else with a word, the present, a tick."""
    main = visit.page.locator("main")
    choose(visit, answers)
    for box in main.locator("textarea:visible, input[type=text]:visible").all():
        if "." not in (box.get_attribute("name") or ""):
            fill_empty(box, "As told on the telephone.")
    for part, value in present(visit).items():
        for box in main.locator(f"input[name$='_at.{part}']").all():
            fill_empty(box, str(value))
    for child in main.locator("[name='children.0.name']").all():
        child.fill("Ayla Brandt")
    for ticks in main.locator("input[type=checkbox]:visible").all():
        ticks.check()


def choose(visit: Visit, answers: Mapping[str, str]) -> None:
    for name, value in answers.items():
        choices = visit.page.locator(f"main input[type=radio][name='{name}'][value='{value}']")
        for choice in choices.all():
            visit.unfold(choice)
            choice.check()


def fill_empty(box: Locator, text: str) -> None:
    if not box.input_value():
        box.fill(text)


def present(visit: Visit) -> Mapping[str, int]:
    """The browser's date and time, by the names of the boxes."""
    found: dict[str, int] = visit.page.evaluate(
        "() => { const t = new Date(); return {day: t.getDate(), month: t.getMonth() + 1,"
        " year: t.getFullYear(), hour: t.getHours(), minute: t.getMinutes()} }"
    )
    return found


def work_through(visit: Visit, answers: Mapping[str, str]) -> list[str]:
    """Complete the case's open tasks, first listed first, and return their names."""
    case = visit.page.url
    done: list[str] = []
    while len(done) < MOST_TASKS:
        visit.page.goto(case)
        links = visit.page.locator("main a[href*='/tasks/']")
        if not links.count():
            return done
        done.append(links.first.inner_text().splitlines()[0])
        links.first.click()
        button = visit.page.get_by_role("button", name="Complete this task", exact=True)
        button.wait_for()  # it is the form's last part: all questions are there
        answer(visit, answers)
        visit.complete()
        expect(visit.page.locator("main")).to_contain_text(f"Completed: {done[-1]}")
    raise AssertionError(f"the case does not come to an end: {done}")


def start(visit: Visit, answers: Mapping[str, str], *, days_ago: int = 0) -> None:
    visit.sign_in()
    visit.page.goto("/contacts/new")
    answer(visit, answers)
    if days_ago:
        backdate(visit, days_ago)
    visit.press("Start this contact")
    expect(visit.page.locator("h1")).to_have_text(re.compile(r"Case \w{4}-\w{4}"))


def backdate(visit: Visit, days: int) -> None:
    """Write that the contact was made, and received, some days ago."""
    for name in ("first_contact_at", "received_at"):
        boxes = {
            part: visit.page.locator(f"[name='{name}.{part}']") for part in ("day", "month", "year")
        }
        shown = {part: int(box.input_value()) for part, box in boxes.items()}
        earlier = visit.page.evaluate(
            "([y, m, d, days]) => { const t = new Date(Date.UTC(y, m - 1, d - days));"
            " return [t.getUTCDate(), t.getUTCMonth() + 1, t.getUTCFullYear()] }",
            [shown["year"], shown["month"], shown["day"], days],
        )
        for box, value in zip(boxes.values(), earlier, strict=True):
            box.fill(str(value))


def test_a_phone_call_with_suspected_significant_harm_leads_to_an_enquiry(scripted: Visit) -> None:
    start(scripted, SIGNIFICANT_HARM)

    done = work_through(scripted, SIGNIFICANT_HARM)

    case = scripted.page.inner_text("main")
    assert "Hold Strategy Discussion" in done
    assert "Authorise" in " ".join(done)
    assert "Section 47 enquiry commenced" in case
    scripted.page.goto(f"{scripted.page.url.partition('?')[0]}/letters")
    expect(scripted.page.locator("main")).to_contain_text("Police")
    assert scripted.complaints == []


def test_a_referral_typed_days_late_has_missed_its_24_hours(scripted: Visit) -> None:
    start(scripted, ASSESSMENT, days_ago=3)

    done = work_through(scripted, ASSESSMENT)

    case = scripted.page.inner_text("main")
    assert "Record why it was missed" in done
    assert "Assessment under section 17" in case
    address = scripted.page.url.partition("?")[0]
    scripted.page.goto(f"{address}/limits")
    expect(scripted.page.locator("main")).to_contain_text("24 hours from receipt (SWK-51)")
    scripted.page.goto(f"{address}/history")
    expect(scripted.page.locator("main")).to_contain_text("Late")
    assert scripted.complaints == []


def test_a_referral_is_worked_through_without_scripts(visit: Visit) -> None:
    start(visit, ASSESSMENT)

    work_through(visit, ASSESSMENT)

    assert "Assessment under section 17" in visit.page.inner_text("main")
