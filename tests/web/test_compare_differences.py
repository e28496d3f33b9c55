"""Diagrams, the merged picture, tables and forms of several procedures on their pages."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from lxml import html

from engine import definitions
from engine.store.deployed import keep
from tests.web import site as sites
from tests.web.site import Site, texts
from web import clock

MOST_BYTES = 100_000
MOST_STATEMENTS = 12
AUTHORITIES = tuple(definitions.authority_ids(sites.ROOT))
FLOWS = ("contact", "screening", "disposal", "strategy_discussion", "front_door")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = sites.application(sites.build(tmp_path_factory.mktemp("compare") / "var"))
    for authority in AUTHORITIES:
        sites.deploy(app, definitions.load_authority(sites.ROOT, authority))
    sources = dict(sites.definition().sources)
    path = "bpmn/southwark/front_door.bpmn"
    sources[path] = sources[path].replace(
        b'name="deadline.amount" value="24"', b'name="deadline.amount" value="48"', 1
    )
    changed = definitions.from_stored(sources, "southwark")
    with app.extensions["frontdoor.database"].writing() as session:
        keep(session, changed, by="system:tests", now=clock.now())
    yield app
    app.extensions["frontdoor.database"].close()


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app=app, client=app.test_client()).sign_in(sites.ANALYST)


def address(path: str, *of: str, **more: str) -> str:
    return f"/compare/{path}?{urlencode([*(('of', each) for each in of), *more.items()])}"


def sentences(page: html.HtmlElement) -> list[str]:
    return texts(page, "//ol[contains(@class, 'app-differences__list')]/li")


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("path", ["diagrams", "merged"])
def test_five_procedures_fit_a_page(site: Site, path: str, flow: str) -> None:
    answer = site.client.get(address(path, *AUTHORITIES, flow=flow))

    sites.checked(answer)
    assert len(answer.data) < MOST_BYTES


@pytest.mark.parametrize("path", ["tables", "forms"])
def test_five_procedures_fit_a_list(site: Site, path: str) -> None:
    answer = site.client.get(address(path, *AUTHORITIES))

    sites.checked(answer)
    assert len(answer.data) < MOST_BYTES


def test_every_pair_of_tables_fits_a_page(site: Site) -> None:
    page = site.page(address("tables", *AUTHORITIES))

    links = [str(link) for link in page.xpath("//td/a/@href")]
    assert len(links) > 20
    for link in links:
        answer = site.client.get(link)
        sites.checked(answer)
        assert len(answer.data) < MOST_BYTES, link


def test_a_deadline_is_told_in_a_sentence_with_clauses_and_pages(site: Site) -> None:
    page = site.page(address("diagrams", "milton_keynes", "southwark", flow="front_door"))

    (found,) = [text for text in sentences(page) if "Disposal decision, length" in text]
    assert "Milton Keynes: 1 working day; Southwark:" in found
    (item,) = page.xpath("//li[contains(., 'Disposal decision, length')]")
    links = [str(link) for link in item.xpath(".//a/@href")]
    assert "/procedures/southwark/clauses#SWK-51" in links
    assert any(link.startswith("/procedures/milton_keynes/front_door#") for link in links)


def test_what_marks_a_diagram_is_a_number_of_the_list(site: Site) -> None:
    page = site.page(address("diagrams", "southwark", "milton_keynes", flow="screening"))

    viewers = page.xpath("//*[@data-marks]")
    numbers = {str(each) for each in page.xpath("//li[starts-with(@id, 'difference-')]/@value")}
    marked = {text for viewer in viewers for text in _numbers(viewer.get("data-marks"))}
    assert len(viewers) == 2
    assert marked
    assert marked <= numbers


def _numbers(marks: str) -> set[str]:
    found = json.loads(marks)
    return {text.split()[-1] for each in found.values() for _, text in each}


def test_versions_of_one_authority_part_in_what_was_changed(site: Site) -> None:
    page = site.page(address("diagrams", "southwark@1", "southwark@2", flow="front_door"))

    (found,) = sentences(page)
    assert "length – Southwark" in found
    assert "24 hours" in found
    assert "48 hours" in found
    contact = site.page(address("diagrams", "southwark@1", "southwark@2", flow="contact"))
    assert sentences(contact) == []


def test_the_list_of_the_merged_picture_says_who_has_each_step(site: Site) -> None:
    page = site.page(address("merged", *AUTHORITIES, flow="contact"))

    steps = texts(page, "//ol[contains(@class, 'app-united__steps')]/li")
    boxes = page.xpath("//svg//use[@href='#b']")
    assert len(steps) == len(boxes)
    (check,) = [text for text in steps if text.startswith("Check records")]
    assert "(user task; all)" in check
    (pathway,) = [text for text in steps if text.startswith("Special pathway? (")]
    assert "only Milton Keynes" in pathway
    assert "Sefton has no diagram of this name" in page.text_content()


def test_cases_decided_differently_stand_with_rules_clauses_and_an_example(site: Site) -> None:
    path = address("tables", "milton_keynes", "southwark", decision="disposal_option")

    page = site.page(path)

    headings = texts(page, "//h3")
    assert (
        "Milton Keynes: manager determines; "
        "Southwark: 2: a low level of needs or risks, unlikely to escalate" in headings
    )
    assert "Referrer source 6: police" in texts(page, "//main//li")
    regions = texts(page, "//ul[contains(@class, 'app-differences__regions')]/li")
    low = [text for text in regions if "level of need is low" in text and "SWK-86" in text]
    assert low
    assert all("For example" in text for text in regions)
    assert texts(page, "//table//td[contains(., 'Only one has it')]")


def test_a_question_that_another_form_asks_is_said_so(site: Site) -> None:
    page = site.page(address("forms", "southwark", "milton_keynes"))

    (item,) = page.xpath(
        "//li[contains(., 'Record contact, “What kind of concern is it?”: has to be')]"
    )
    assert {
        "/procedures/southwark/contact#contact-record_contact",
        "/procedures/milton_keynes/contact#contact-record_contact",
        "/procedures/milton_keynes/clauses#MKE-81",
    } <= {str(link) for link in item.xpath(".//a/@href")}
    notes = texts(page, "//li/div[contains(., 'asks it at')]")
    assert any("Milton Keynes asks it at “" in text for text in notes)


def test_one_procedure_alone_cannot_be_compared(site: Site) -> None:
    for path in ("diagrams", "merged", "tables", "forms"):
        page = site.page(address(path, "southwark"), status=422)
        assert texts(page, "//h1") == ["Nothing to compare"]


def test_what_is_not_there_is_not_found(site: Site) -> None:
    two = ("southwark", "sefton")
    for path in (
        address("diagrams", "southwark", "nowhere"),
        address("diagrams", *two, flow="lunch"),
        address("merged", *two, flow="lunch"),
        address("tables", *two, decision="lunch"),
        address("tables", *two, decision="next_step", one="southwark", **{"with": "southwark"}),
        address("forms", *two, **{"with": "southwark"}),
        "/compare/diagrams/southwark/lunch.bpmn",
    ):
        site.page(path, status=404)


def test_the_viewers_get_the_file_of_any_version(site: Site) -> None:
    old = site.client.get("/compare/diagrams/southwark@1/front_door.bpmn")
    new = site.client.get("/compare/diagrams/southwark@2/front_door.bpmn")

    assert old.mimetype == "application/xml"
    assert b'name="deadline.amount" value="48"' not in old.data
    assert b'name="deadline.amount" value="48"' in new.data


@pytest.mark.parametrize("path", ["diagrams", "merged", "tables", "forms"])
def test_few_statements_make_a_page(site: Site, path: str) -> None:
    site.client.get(address(path, *AUTHORITIES))
    with site.asked() as statements:
        site.page(address(path, *AUTHORITIES))
    assert 0 < len(statements) <= MOST_STATEMENTS


def test_nobody_reads_it_without_signing_in(app: Flask) -> None:
    answer = app.test_client().get(address("diagrams", "southwark", "sefton"))

    assert answer.status_code == 302
