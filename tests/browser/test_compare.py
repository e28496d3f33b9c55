"""The matrix in a real browser: read on any screen, with the keyboard, and without scripts."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from engine import definitions
from tests.browser.test_pages import NARROW, looked_at
from tests.browser.visit import Visit
from tests.web import site as sites

OTHERS = ("milton_keynes", "sefton")


@pytest.fixture(autouse=True)
def _deployed(service: Flask) -> None:
    for name in OTHERS:
        sites.deploy(service, definitions.load_authority(sites.ROOT, name))


def test_a_reader_chooses_reads_a_section_and_follows_a_clause(visit: Visit) -> None:
    page = visit.page
    visit.sign_in(sites.ANALYST)
    page.goto("/compare")
    page.get_by_text("Choose what is compared").first.click()
    page.get_by_label("Milton Keynes").first.uncheck()
    page.get_by_label("Base line").select_option("Southwark")
    page.get_by_label("Only where they differ").check()
    visit.press("Compare")

    expect(page.get_by_text("Sefton and Southwark part on")).to_have_count(0)
    expect(page.get_by_text("Southwark and Sefton part on")).to_be_visible()
    visit.follow(page.get_by_role("link", name="Deadlines", exact=True))
    expect(page.get_by_role("columnheader")).to_have_text(
        ["Question", "Southwark", "Sefton", "National rules"]
    )
    row = page.get_by_role("row", name="What is the limit for child visit?")
    expect(row).to_contain_text("Silent")
    visit.follow(row.get_by_role("link", name="SEF-22", exact=True))

    expect(page).to_have_url(re.compile("/procedures/sefton/clauses#SEF-22$"))
    assert visit.complaints == []


def test_three_authorities_can_be_read_by_everybody_on_any_screen(scripted: Visit) -> None:
    scripted.sign_in(sites.ANALYST)
    for path in ("/compare", "/compare/deadlines", "/compare/police?base=national"):
        scripted.page.goto(path)
        looked_at(scripted)
    assert scripted.complaints == []


def test_on_a_narrow_screen_every_answer_names_its_column(scripted: Visit) -> None:
    page = scripted.page
    scripted.sign_in(sites.ANALYST)
    page.set_viewport_size(NARROW)
    page.goto("/compare/deadlines?of=southwark&of=sefton")

    cell = page.locator("tr", has_text="What is the limit for write up?").locator("td").first

    shown = cell.evaluate("td => getComputedStyle(td, '::before').content")
    assert "Southwark" in shown
    assert cell.evaluate("td => getComputedStyle(td).display") == "block"


def test_the_question_stays_in_view_while_the_answers_scroll(scripted: Visit) -> None:
    page = scripted.page
    scripted.sign_in(sites.ANALYST)
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto("/compare/deadlines")
    region = page.get_by_role("region", name="Deadlines")
    question = region.get_by_role("rowheader").first

    region.focus()
    before = question.bounding_box()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)

    after = question.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)


def test_the_pack_prints_without_what_only_a_screen_needs(scripted: Visit) -> None:
    page = scripted.page
    scripted.sign_in(sites.ANALYST)
    page.goto("/compare/print?of=southwark&of=sefton")
    page.emulate_media(media="print")

    expect(page.get_by_text("print it with your browser")).to_be_hidden()
    expect(page.get_by_role("cell", name="24 hours").first).to_be_visible()
    assert (
        page.get_by_role("region", name="Deadlines").evaluate("e => getComputedStyle(e).overflowX")
        == "visible"
    )
