"""Whoever uses no mouse: Tab, arrows, Space and Enter do everything, and show where one is."""

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.web import site as sites

MOST_STOPS = 200
HERE = """() => {
  const here = document.activeElement;
  const group = here.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
  const text = here.value && here.type === "submit" ? here.value : here.innerText;
  return {
    id: here.id, name: here.name ?? "", type: here.type ?? "", checked: here.checked ?? false,
    text: (text ?? "").trim(), group,
  };
}"""
IS_SEEN = """() => {
  const here = document.activeElement;
  const drawn = [getComputedStyle(here)];
  for (const label of here.labels ?? []) drawn.push(getComputedStyle(label, "::before"));
  const box = here.getBoundingClientRect();
  const isThere = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  return isThere && drawn.some((style) =>
    (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
}"""


def tab_to(page: Page, **wanted: str) -> dict[str, str]:
    """Go on with Tab until what is wanted has the focus, which shows at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here: dict[str, str] = page.evaluate(HERE)
        assert page.evaluate(IS_SEEN), here
        if all(here[key] == value for key, value in wanted.items()):
            return here
    raise AssertionError(f"Tab does not lead to {wanted}")


def sign_in(visit: Visit) -> None:
    page = visit.page
    page.goto("/sign-in")
    tab_to(page, name="email")
    page.keyboard.type(sites.EVERYBODY)
    tab_to(page, name="password")
    page.keyboard.type(sites.PASSWORD)
    with visit.turning():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Worklist")


def start_contact(visit: Visit) -> None:
    page = visit.page
    page.goto("/contacts/new")
    tab_to(page, name="contact_channel")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, name="referrer_kind")
    page.keyboard.press("Space")
    tab_to(page, name="child_may_be_in_need")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=child_may_be_in_need][value=false]")).to_be_checked()
    tab_to(page, text="Start this contact")
    with visit.turning():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Contact recorded as case")


def test_a_contact_is_started_and_its_first_task_completed_by_keys(visit: Visit) -> None:
    sign_in(visit)
    start_contact(visit)
    tab_to(visit.page, text="Record contact")
    with visit.turning():
        visit.page.keyboard.press("Enter")
    expect(visit.page.locator("h1")).to_have_text("Record contact")
    tab_to(visit.page, name="children.0.name")
    visit.page.keyboard.type("Child A")
    tab_to(visit.page, text="Complete this task")

    visit.page.keyboard.press("Space")

    expect(visit.page.locator("main")).to_contain_text("Completed: Record contact")
    assert visit.complaints == []


def test_the_first_stop_leads_past_the_header(scripted: Visit) -> None:
    scripted.page.goto("/refer")

    scripted.page.keyboard.press("Tab")
    scripted.page.keyboard.press("Enter")

    expect(scripted.page.locator("#main-content")).to_be_focused()
