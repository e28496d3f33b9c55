"""The pages of the matrix: chosen by the address alone, small, and silent where files are."""

import csv
import io
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask
from openpyxl import load_workbook

from engine import definitions
from engine.compare import SECTIONS
from engine.definitions import AuthorityDefinition
from tests.web import site as sites
from tests.web.site import Site, texts

OTHERS = ("cambridgeshire", "lincolnshire", "milton_keynes", "sefton")
MOST_BYTES = 100_000
MOST_STATEMENTS = 12


@cache
def other(name: str) -> AuthorityDefinition:
    return definitions.load_authority(sites.ROOT, name)


@pytest.fixture(autouse=True)
def _deployed(app: Flask) -> None:
    for name in OTHERS:
        sites.deploy(app, other(name))


@pytest.fixture
def reader(visitor: Site) -> Site:
    """Somebody who holds no role but that of an analyst."""
    return visitor.sign_in(sites.ANALYST)


def columns(page: sites.html.HtmlElement) -> list[str]:
    return texts(page, "//table[contains(@class, 'app-matrix')]/thead//th")


def cell(page: sites.html.HtmlElement, question: str, column: str) -> str:
    (found,) = texts(page, f"//tr[th='{question}']/td[@data-column='{column}']")
    return found


def test_nobody_sees_it_who_is_not_signed_in(visitor: Site) -> None:
    for path in ("/compare", "/compare/deadlines", "/compare/print", "/compare/matrix.csv"):
        assert visitor.client.get(path).status_code == 302


def test_the_overview_compares_every_authority_as_it_stands(reader: Site) -> None:
    page = reader.page("/compare")

    assert len(page.xpath("//input[@name='of'][@checked]")) == 5
    assert len(page.xpath("//a[contains(@href, '/compare/deadlines?')]")) == 1
    said = page.text_content()
    assert "stand nearest to each other" in said
    assert "is silent most often" in said


def test_a_section_shows_answers_marks_clauses_and_where_they_stand(reader: Site) -> None:
    page = reader.page("/compare/deadlines?of=southwark&of=milton_keynes&of=sefton")

    assert columns(page) == ["Question", "Southwark", "Milton Keynes", "Sefton", "National rules"]
    question = "What is the limit for write up?"
    assert "24 hours from receipt by the service (must)" in cell(page, question, "Southwark")
    assert "Base line" in cell(page, question, "Southwark")
    assert "▼ Looser never shorter, at most 133 hours against 24" in cell(
        page, question, "Milton Keynes"
    )
    assert cell(page, "What is the limit for redirection?", "Sefton") == "– Silent"
    row = f"//tr[th='{question}']"
    assert page.xpath(f"{row}//a[@href='/procedures/milton_keynes/clauses#MKE-40']")
    assert page.xpath(f"{row}//a[starts-with(@href, '/procedures/southwark/front_door#')]")


def test_links_of_a_section_lead_to_pages_and_elements_that_are_there(reader: Site) -> None:
    page = reader.page("/compare/police?of=southwark&of=milton_keynes")

    links = {str(href) for href in page.xpath("//table//a/@href")}
    assert len(links) > 5
    for path, _, anchor in (link.partition("#") for link in sorted(links)):
        found = reader.page(path)
        assert not anchor or found.xpath(f"//*[@id='{anchor}']"), (path, anchor)


def test_the_address_alone_reproduces_the_view(reader: Site) -> None:
    path = "/compare/disposal?of=sefton&of=southwark&base=southwark&only=yes&sort=distance"

    page = reader.page(path)
    (overview,) = page.xpath("//a[text()='choose what is compared']/@href")
    again = reader.page(str(overview))

    assert columns(page)[:3] == ["Question", "Southwark", "Sefton"]
    checked = [str(box) for box in again.xpath("//input[@name='of'][@checked]/@value")]
    assert sorted(checked) == ["sefton", "southwark"]
    assert again.xpath("//select[@name='base']/option[@value='southwark']/@selected")
    assert again.xpath("//input[@name='only']/@checked")
    assert again.xpath("//select[@name='sort']/option[@value='distance']/@selected")


def test_only_where_they_differ_leaves_out_what_all_answer_alike(reader: Site) -> None:
    two = "of=southwark&of=milton_keynes"
    question = "What is the limit for response type?"

    assert texts(reader.page(f"/compare/deadlines?{two}"), f"//th[.='{question}']")
    page = reader.page(f"/compare/deadlines?{two}&only=yes")
    assert not texts(page, f"//th[.='{question}']")
    assert "that all answer alike are not shown" in page.text_content()


def test_the_national_rules_can_be_the_base_line(reader: Site) -> None:
    page = reader.page("/compare/deadlines?of=southwark&of=sefton&base=national")

    assert columns(page)[1] == "National rules"
    question = "What is the limit for response type?"
    assert "1 working day (must)" in cell(page, question, "National rules")
    assert "▼ Looser should against must" in cell(page, question, "Southwark")
    silent_there = cell(page, "What is the limit for write up?", "Southwark")
    assert not silent_there.startswith(("=", "≠", "▲", "▼"))


def test_a_flow_keeps_its_own_questions(reader: Site) -> None:
    page = reader.page("/compare/deadlines?flow=screening")

    assert texts(page, "//th[.='What is the limit for response type?']")
    assert not texts(page, "//th[.='What is the limit for write up?']")


def test_versions_of_one_authority_are_compared(reader: Site, app: Flask) -> None:
    toml = "bpmn/southwark/authority.toml"
    sites.deploy(app, sites.changed(toml, b'= "Single Assessment"', b'= "Family Assessment"'))

    page = reader.page("/compare/entry?of=southwark@1&of=southwark&only=yes")
    everything = reader.page("/compare/entry?of=southwark@1&of=southwark")

    question = "What is an assessment called?"
    assert texts(page, "//tbody/tr/th") == [question]
    assert cell(page, question, "Southwark, version 1") == "Base line Single Assessment"
    assert cell(page, question, "Southwark") == "≠ Different Family Assessment"
    # the pages of the procedures show what is current, so nothing leads to them from the old one
    assert everything.xpath("//td[@data-column='Southwark']//a")
    assert not everything.xpath("//td[@data-column='Southwark, version 1']//a")


def test_a_link_keeps_to_the_versions_of_today(reader: Site) -> None:
    (link,) = reader.page("/compare").xpath("//a[contains(., 'today’s versions')]/@href")

    page = reader.page(str(link))

    assert "southwark@1" in str(link)
    assert "Southwark, version 1" in page.text_content()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("of=southwark", 422, "Choose two or more procedures to compare."),
        ("of=southwark&of=atlantis", 404, "atlantis"),
        ("of=southwark&of=sefton@7", 404, "sefton@7"),
        ("of=southwark&of=sefton&base=lincolnshire", 422, "base line"),
        ("of=southwark&of=sefton&flow=lunch", 422, "lunch"),
    ],
)
@pytest.mark.parametrize("path", ["/compare", "/compare/deadlines", "/compare/print"])
def test_a_wrong_choice_gets_a_sentence(
    path: str, query: str, status: int, words: str, reader: Site
) -> None:
    answer = reader.client.get(f"{path}?{query}")

    assert answer.status_code == status
    assert words in answer.text


def test_a_choice_that_is_too_small_keeps_what_was_chosen(reader: Site) -> None:
    page = reader.page("/compare?of=southwark", status=422)

    assert page.xpath("//input[@name='of'][@value='southwark']/@checked")
    assert page.xpath("//a[@href='#of']")


@pytest.mark.parametrize(
    "path",
    ["/compare/lunch", "/compare/deadlines?page=9", "/compare/deadlines?page=x",
     "/compare/print?part=0", "/compare/print?part=99"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(path: str, reader: Site) -> None:
    assert reader.client.get(path).status_code == 404


def every_page(reader: Site) -> Iterator[str]:
    yield "/compare"
    for section in SECTIONS:
        yield f"/compare/{section.id}"
        page = reader.page(f"/compare/{section.id}")
        links = page.xpath("//nav[@aria-label='Pages of this section']//a/@href")
        yield from map(str, links)
    page = reader.page("/compare/print")
    yield from map(str, page.xpath("//nav[@aria-label='Parts of the pack']//a/@href"))


def test_every_page_is_small_and_well_made(reader: Site) -> None:
    for path in every_page(reader):
        answer = reader.client.get(path)
        sites.checked(answer)
        assert len(answer.data) < MOST_BYTES, path


def test_the_pages_of_a_section_hold_every_question_once(reader: Site) -> None:
    page = reader.page("/compare/facts")
    parts = page.xpath("//nav[@aria-label='Pages of this section']//a/@href")

    asked = [each for part in parts for each in texts(reader.page(str(part)), "//tbody/tr/th")]

    (counted,) = texts(page, "//nav[@aria-label='Sections of the matrix']//li[a/@aria-current]")
    assert len(parts) > 1
    assert len(asked) == len(set(asked))
    assert f"of {len(asked)} differ" in counted


@pytest.mark.parametrize("path", ["/compare", "/compare/disposal", "/compare/print?part=2"])
def test_few_statements_make_a_page(path: str, reader: Site) -> None:
    reader.page(path)
    with reader.asked() as statements:
        reader.page(path)

    assert 0 < len(statements) <= MOST_STATEMENTS


def test_the_pack_holds_overview_limits_matrix_and_differences(reader: Site) -> None:
    first = reader.page("/compare/print?of=southwark&of=sefton")
    parts = first.xpath("//nav[@aria-label='Parts of the pack']//a/@href")
    last = reader.page(str(parts[-1]))

    assert "How far they stand apart" in first.text_content()
    assert texts(first, "//th[.='What is the limit for child visit?']")
    assert "Every single difference from Southwark" in last.text_content()
    titles = [each for part in parts for each in texts(reader.page(str(part)), "//caption")]
    assert {"Police", "Records and sign-off"} <= set(titles)


def test_the_matrix_is_taken_away_as_csv_and_as_a_workbook(reader: Site) -> None:
    query = "of=southwark&of=sefton&only=yes"

    text = reader.client.get(f"/compare/matrix.csv?{query}")
    book = reader.client.get(f"/compare/matrix.xlsx?{query}")

    lines = list(csv.reader(io.StringIO(text.data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(book.data)).active
    assert text.mimetype == "text/csv"
    assert "attachment" in text.headers["Content-Disposition"]
    assert sheet is not None
    assert [cell.value or "" for cell in sheet[1]] == lines[0]
    assert sheet.max_row == len(lines) > 100
    assert all("same" not in line[7:8] for line in lines)
    assert any("SEF-22" in line for line in lines)
