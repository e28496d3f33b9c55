"""Diagrams beside each other move in step, mark what differs, and are read without seeing them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, expect

from engine import definitions
from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from tests.web import site as sites

OTHER = "milton_keynes"
PAGE = f"/compare/diagrams?of=southwark&of={OTHER}&flow=screening"
MERGED = f"/compare/merged?of=southwark&of={OTHER}&flow=disposal"
TABLE = f"/compare/tables?of=southwark&of={OTHER}&decision=disposal_option"


@pytest.fixture
def _deployed(service: Flask) -> None:
    sites.deploy(service, definitions.load_authority(sites.ROOT, OTHER))


@pytest.fixture
def reader(browser: Browser, address: str, _deployed: None) -> Iterator[Visit]:
    """An analyst at a desktop browser."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    visit = Visit.by(context, has_scripts=True)
    visit.sign_in(sites.ANALYST)
    yield visit
    context.close()


def opened(reader: Visit) -> Locator:
    """The two viewers, once they are drawn."""
    reader.page.goto(PAGE)
    expect(reader.page.locator("[data-compare][data-drawn]")).to_have_count(1)
    viewers = reader.page.locator("[data-source]")
    expect(viewers.locator("svg .djs-shape").first).to_be_visible()
    return viewers


def scales(viewers: Locator) -> list[float]:
    """The scale of each viewer, as its drawing says."""
    matrices: list[list[float]] = viewers.evaluate_all(
        "all => all.map(one => { const m = one.querySelector('.viewport').transform.baseVal"
        ".consolidate().matrix; return [m.a, m.e, m.f]; })"
    )
    return [round(each[0], 3) for each in matrices]


def shifts(viewers: Locator) -> list[tuple[float, float]]:
    matrices: list[list[float]] = viewers.evaluate_all(
        "all => all.map(one => { const m = one.querySelector('.viewport').transform.baseVal"
        ".consolidate().matrix; return [m.e, m.f]; })"
    )
    return [(round(x), round(y)) for x, y in matrices]


def test_what_moves_one_diagram_moves_the_other(reader: Visit) -> None:
    viewers = opened(reader)
    before, scale = shifts(viewers), scales(viewers)
    assert scale[0] == scale[1]

    viewers.nth(1).focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        reader.page.keyboard.press(key)

    after = shifts(viewers)
    moved = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(before, after, strict=True)]
    assert moved == [(-60, -120), (-60, -120)]

    reader.page.keyboard.press("+")
    larger = scales(viewers)
    assert larger[0] == larger[1] > scale[0]
    assert reader.complaints == []


def test_the_mouse_moves_both_too(reader: Visit) -> None:
    viewers = opened(reader)
    before = shifts(viewers)
    box = viewers.first.bounding_box()
    assert box

    reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    reader.page.mouse.down()
    reader.page.mouse.move(box["x"] + box["width"] / 2 - 80, box["y"] + 60, steps=4)
    reader.page.mouse.up()

    after = shifts(viewers)
    moved = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(before, after, strict=True)]
    assert moved[0] == moved[1] != (0, 0)


def test_an_element_that_is_chosen_is_shown_in_each(reader: Visit) -> None:
    viewers = opened(reader)
    reader.page.get_by_role("button", name="Whole diagrams").click()

    viewers.first.locator("[data-element-id='establish_information'] .djs-hit").first.click()

    for viewer in (viewers.first, viewers.nth(1)):
        expect(viewer).to_have_attribute("data-chosen", "establish_information")
        expect(viewer.locator("[data-element-id='establish_information'].together")).to_have_count(
            1
        )
    centres = viewers.evaluate_all(
        "all => all.map(one => { const a = one.getBoundingClientRect(),"
        " b = one.querySelector('.together .djs-visual').getBoundingClientRect();"
        " return [b.x + b.width / 2 - a.x, b.y + b.height / 2 - a.y]; })"
    )
    assert centres[0] == pytest.approx(centres[1], abs=3)


def test_differences_are_marked_with_their_number(reader: Visit) -> None:
    viewers = opened(reader)

    for at in (0, 1):
        marks: dict[str, Any] = json.loads(viewers.nth(at).get_attribute("data-marks") or "{}")
        texts = sorted(text for found in marks.values() for _, text in found)
        assert texts
        expect(viewers.nth(at).locator(".app-differences__mark")).to_have_count(len(texts))
        shown = viewers.nth(at).locator(".app-differences__mark").all_inner_texts()
        assert sorted(shown) == texts


def test_differences_are_gone_through_with_the_keyboard(reader: Visit) -> None:
    viewers = opened(reader)
    said = reader.page.locator("[data-said]")
    items = reader.page.locator("[id^=difference-]")

    reader.page.get_by_role("button", name="Next difference").focus()
    reader.page.keyboard.press("Enter")

    expect(said).to_contain_text(f"1 of {items.count()}. ")
    expect(viewers.first).to_have_attribute("data-chosen", re.compile("."))
    expect(reader.page.locator(".together").first).to_be_attached()
    reader.page.keyboard.press("Enter")
    expect(said).to_contain_text(f"2 of {items.count()}. ")
    last = items.last.get_by_role("button", name="Show")
    last.focus()
    reader.page.keyboard.press("Enter")
    expect(said).to_contain_text(f"{items.count()} of {items.count()}. ")


def test_the_pages_are_accessible_and_fit(reader: Visit) -> None:
    for path in (PAGE, MERGED, TABLE, PAGE.replace("diagrams", "forms")):
        reader.page.goto(path)
        looked_at(reader)
    assert reader.complaints == []


@pytest.mark.usefixtures("_deployed")
def test_without_scripts_the_list_alone_says_everything(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    visit = Visit.by(context, has_scripts=False)
    visit.sign_in(sites.ANALYST)

    visit.page.goto(PAGE)

    expect(visit.page.locator("[data-source]").first).to_be_hidden()
    expect(visit.page.get_by_role("button", name="Next difference")).to_be_hidden()
    expect(visit.page.locator("[id^=difference-]").first).to_be_visible()
    expect(visit.page.get_by_label("Diagram", exact=True)).to_be_visible()
    context.close()
