import csv
import io

import openpyxl
import pytest

from engine import people
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site
from web.board import pages


@pytest.fixture
def busy(site: Site) -> Site:
    """A service with a case on whose limits the board can count."""
    walk.start(site, **walk.TOLD_LONG_AGO)
    return site


def test_the_only_board_is_shown_at_once(site: Site) -> None:
    answer = site.client.get("/board/")

    assert answer.headers["Location"] == "/board/southwark"


def test_an_authority_that_is_not_deployed_has_no_board(site: Site) -> None:
    sites.add_person(site.app, "both@example.test", "information_officer")
    sites.add_person(site.app, "away@example.test", "manager", authority="elsewhere")
    with site.app.extensions["frontdoor.database"].writing() as store:
        person = people.find(store, "both@example.test")
        people.grant(store, person.id, "elsewhere", "manager")

    answer = site.sign_in("both@example.test").client.get("/board/")
    assert answer.headers["Location"] == "/board/southwark"

    page = site.sign_in("away@example.test").page("/board/")
    assert "There is no board yet" in " ".join(sites.texts(page, "//main"))


def test_an_empty_board_says_so(site: Site) -> None:
    page = site.page("/board/southwark")

    assert "No limit runs at the moment." in " ".join(sites.texts(page, "//main"))


def test_a_limit_that_was_missed_leads_to_its_case(busy: Site) -> None:
    empty = busy.page("/board/southwark/trend")
    assert "No limit has ended" in " ".join(sites.texts(empty, "//main"))
    tasks = dict(walk.open_tasks(busy, "/cases/1"))
    walk.complete(busy, next(task for name, task in tasks.items() if "Redirect" in name))

    page = busy.page("/board/southwark/trend")

    (missed,) = page.xpath("//td/a[contains(., 'missed')]")
    assert "1 missed" in missed.text_content()
    assert len(busy.page(missed.get("href")).xpath("//tbody/tr")) == 1


def test_every_number_leads_to_its_cases(busy: Site) -> None:
    page = busy.page("/board/southwark")
    links = page.xpath("//table[contains(@class, 'app-board')]//td/a")

    assert links
    for link in links:
        behind = busy.page(link.get("href"))
        number = int(link.xpath("text()")[0])
        assert len(behind.xpath("//tbody/tr")) == number


def test_the_heat_of_a_diagram_is_told_in_words_too(busy: Site) -> None:
    board = busy.page("/board/southwark")
    (address,) = board.xpath("//a[text()='See it on the diagram']/@href")

    page = busy.page(address)

    assert page.xpath("//*[@data-states]/@data-states") != ["{}"]
    tags = sites.texts(page, "//ol//strong[contains(@class, 'govuk-tag')]")
    assert any(tag in ("Overdue", "Up to 2 hours left", "Up to 24 hours left") for tag in tags)


@pytest.mark.parametrize(("number", "told"), [(0, "0"), (1000, "1,000"), (1001, "1,000+")])
def test_a_number_that_was_not_counted_to_its_end_says_so(number: int, told: str) -> None:
    assert pages.capped(number) == told


@pytest.mark.parametrize("name", ["board", "trend", "cases"])
def test_what_is_taken_away_can_be_opened(busy: Site, name: str) -> None:
    answer = busy.client.get(f"/board/southwark/{name}.csv")
    book = busy.client.get(f"/board/southwark/{name}.xlsx")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/board/elsewhere", 404),
        ("/board/southwark/board.pdf", 404),
        ("/board/southwark/diagrams/none", 404),
        ("/board/southwark/cases?left=soon", 404),
        ("/board/southwark/cases?missed_in=monday", 422),
        ("/board/southwark/cases?after=somewhere", 422),
    ],
)
def test_a_board_that_is_not_there_says_so(site: Site, path: str, status: int) -> None:
    site.page(path, status=status)
