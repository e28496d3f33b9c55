"""A case as a whole in a real browser: overridden, withdrawn, reopened, put right."""

from playwright.sync_api import expect

from tests.browser.visit import Visit

REASON = "The school rang twice about the same child."
PARTS = (
    "", "/limits", "/decisions", "/known", "/letters", "/documents", "/history", "/related",
    "/chronology", "/diagram", "/print", "/decisions/print", "/withdraw",
    "/correct/referrer_kind/0",
)  # fmt: skip
NARROW = {"width": 320, "height": 800}


def go_on(visit: Visit, task: str) -> None:
    """Open a task of the case and complete it as it stands."""
    visit.page.get_by_role("link", name=task, exact=True).click()
    names = visit.page.locator("[name='children.0.name']")
    if names.count():
        names.fill("Child A")
        visit.choose("How was the contact made?", "A letter")
    visit.press("Complete this task")


def tab(visit: Visit, name: str) -> None:
    """Turn to a part of the case."""
    parts = visit.page.get_by_role("navigation", name="Parts of the case")
    parts.get_by_role("link", name=name, exact=True).click()


def test_a_case_is_withdrawn_and_reopened_with_its_reasons(visit: Visit) -> None:
    visit.sign_in()
    visit.start_contact()
    main = visit.page.locator("main")
    visit.page.get_by_role("link", name="Withdraw the case").click()

    visit.press("Withdraw the case")
    expect(visit.page.get_by_role("alert")).to_contain_text("Give the reason")
    visit.page.get_by_label("Why?").fill(REASON)
    visit.press("Withdraw the case")

    expect(main).to_contain_text("The case is withdrawn.")
    expect(main).to_contain_text("Withdrawn by Everybody")
    expect(main.get_by_role("link", name="Record contact")).to_have_count(0)
    visit.page.get_by_role("link", name="Reopen the case").click()
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

    main.locator("a[href*='/correct/referrer_kind/']").click()
    visit.page.locator("input[type=radio][value='professional']").check()
    visit.page.get_by_label("Why is it put right?").fill("She is the school nurse.")
    visit.press("Put it right")

    expect(main).to_contain_text("Put right:")
    expect(main).to_contain_text("She is the school nurse.")
    expect(main.get_by_text("Corrected", exact=True)).to_be_visible()
    assert visit.complaints == []


def test_every_part_of_a_case_can_be_read_by_everybody(scripted: Visit) -> None:
    scripted.sign_in()
    scripted.start_contact()
    go_on(scripted, "Record contact")
    case = scripted.page.url
    for part in PARTS:
        scripted.page.set_viewport_size({"width": 1280, "height": 900})
        scripted.page.goto(f"{case}{part}")
        expect(scripted.page.locator("h1")).to_be_visible()

        assert scripted.violations() == [], part
        scripted.page.set_viewport_size(NARROW)
        wider = scripted.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, part
    assert scripted.complaints == []
