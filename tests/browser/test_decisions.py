"""A decision table tried in a real browser, with JavaScript and without."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.web import site as sites

TABLE = "/procedures/southwark/decisions/disposal_option"


def test_an_analyst_tries_a_table_and_sees_why_it_decides_so(visit: Visit) -> None:
    visit.sign_in(sites.ANALYST)
    visit.follow(visit.page.get_by_role("link", name="Which initial disposal").first)
    visit.follow(visit.page.get_by_role("link", name="Try this table"))
    visit.choose("Is Significant Harm suspected?", "No")
    visit.choose("Does the child appear to be a Child in Need?", "Yes")
    visit.choose("Level of needs or risks", "Low")
    visit.choose("Are the needs or risks likely to escalate?", "No")

    visit.press("Show what this comes to")

    expect(visit.page).to_have_url(re.compile("#outcome$"))
    expect(visit.page.locator("#outcome")).to_contain_text("Rule 4 matches")
    third = visit.page.get_by_role("row").filter(has_text="SWK-88: moderate to high")
    expect(third).to_contain_text(
        "Fails at “Level of needs or risks”: expects moderate or high, but it is low."
    )
    checked = visit.page.locator("input[name=level_of_need]:checked")
    expect(checked).to_have_value("low")
    assert visit.complaints == []


def test_a_wide_table_scrolls_by_itself_and_can_be_scrolled_by_keys(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    scripted.page.set_viewport_size({"width": 700, "height": 800})
    scripted.page.goto(f"{TABLE}?tried=yes&level_of_need=low")
    region = scripted.page.get_by_role("region", name="Rules")

    region.focus()
    scripted.page.keyboard.press("ArrowRight")

    expect(region).not_to_have_js_property("scrollLeft", 0)
    assert scripted.page.evaluate("document.documentElement.scrollWidth") <= 700
