"""A decision table tried in a real browser, with JavaScript and without."""

from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from tests.web import site as sites

TABLE = "/procedures/southwark/decisions/disposal_option"


def test_an_analyst_tries_a_table_and_sees_why_it_decides_so(visit: Visit) -> None:
    visit.sign_in(sites.ANALYST)
    visit.page.get_by_role("link", name="Which initial disposal").first.click()
    visit.page.get_by_role("link", name="Try this table").click()
    visit.choose("Is Significant Harm suspected?", "No")
    visit.choose("Does the child appear to be a Child in Need?", "Yes")
    visit.choose("Level of needs or risks", "Low")
    visit.choose("Are the needs or risks likely to escalate?", "No")

    visit.press("Show what this comes to")

    assert visit.page.url.endswith("#outcome")
    assert "Rule 4 matches" in visit.page.locator("#outcome").inner_text()
    third = visit.page.get_by_role("row").filter(has_text="SWK-88: moderate to high").inner_text()
    assert "Fails at “Level of needs or risks”: expects moderate or high, but it is low." in third
    checked = visit.page.locator("input[name=level_of_need]:checked")
    assert checked.get_attribute("value") == "low"
    assert visit.complaints == []


def test_a_table_is_accessible_before_and_after_it_is_tried(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    for query in ("", "?tried=yes&level_of_need=low", "?tried=yes&level_of_need=huge"):
        scripted.page.goto(f"{TABLE}{query}")
        looked_at(scripted)
    assert scripted.complaints == []


def test_a_wide_table_scrolls_by_itself_and_can_be_scrolled_by_keys(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    scripted.page.set_viewport_size({"width": 700, "height": 800})
    scripted.page.goto(f"{TABLE}?tried=yes&level_of_need=low")
    region = scripted.page.get_by_role("region", name="Rules")

    region.focus()
    scripted.page.keyboard.press("ArrowRight")
    scripted.page.wait_for_timeout(300)

    assert scripted.page.evaluate("document.documentElement.scrollWidth") <= 700
    assert region.evaluate("element => element.scrollLeft") > 0
