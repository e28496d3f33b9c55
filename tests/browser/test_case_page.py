"""A case as a whole in a real browser: overridden, withdrawn, reopened, put right."""

from playwright.sync_api import expect

from tests.browser.visit import Visit

REASON = "The school rang twice about the same child."


def go_on(visit: Visit, task: str) -> None:
    """Open a task of the case and complete it as it stands."""
    visit.follow(visit.page.get_by_role("link", name=task, exact=True))
    names = visit.page.locator("[name='children.0.name']")
    if names.count():
        names.fill("Child A")
    visit.press("Complete this task")


def tab(visit: Visit, name: str) -> None:
    """Turn to a part of the case."""
    parts = visit.page.get_by_role("navigation", name="Parts of the case")
    visit.follow(parts.get_by_role("link", name=name, exact=True))


def test_a_case_is_withdrawn_and_reopened_with_its_reasons(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    main = visit.page.locator("main")
    visit.follow(visit.page.get_by_role("link", name="Withdraw the case"))

    visit.press("Withdraw the case")
    expect(visit.page.get_by_role("alert")).to_contain_text("Give the reason")
    visit.page.get_by_label("Why?").fill(REASON)
    visit.press("Withdraw the case")

    expect(main).to_contain_text("The case is withdrawn.")
    expect(main).to_contain_text("Withdrawn by Everybody")
    expect(main.get_by_role("link", name="Record contact")).to_have_count(0)
    visit.follow(visit.page.get_by_role("link", name="Reopen the case"))
    visit.page.get_by_label("Why?").fill("It is another child after all.")
    visit.press("Reopen the case")
    expect(main.get_by_role("link", name="Record contact", exact=True)).to_be_visible()
    tab(visit, "History")
    expect(main).to_contain_text(f"The case was withdrawn: {REASON}")
    assert visit.complaints == []


def test_a_fact_is_put_right_and_keeps_its_mark(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    main = visit.page.locator("main")
    go_on(visit, "Record contact")
    tab(visit, "What is known")

    visit.follow(main.locator("a[href*='/correct/referrer_kind/']"))
    visit.page.locator("input[type=radio][value='professional']").check()
    visit.page.get_by_label("Why is it put right?").fill("She is the school nurse.")
    visit.press("Put it right")

    expect(main).to_contain_text("Put right:")
    expect(main).to_contain_text("She is the school nurse.")
    expect(main.get_by_text("Corrected", exact=True)).to_be_visible()
    assert visit.complaints == []
