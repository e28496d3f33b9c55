"""The search over cases and its list."""

import csv
import io

import pytest

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts


@pytest.fixture
def case(site: Site) -> str:
    """A contact about a child whose name a spreadsheet would run."""
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    born = {"date_of_birth.day": "4", "date_of_birth.month": "5", "date_of_birth.year": "2017"}
    child = {f"children.0.{key}": text for key, text in {"name": "=Rowan Ash", **born}.items()}
    walk.complete(site, task, {"children.count": "1", **child})
    return case


def search(site: Site, **typed: str) -> None:
    answer = site.post("/cases", dict(typed), origin="/cases")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cases")


def found(site: Site) -> list[str]:
    return [str(link) for link in site.page("/cases").xpath("//tbody//a/@href")]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "ash rowan"},
        {"name": "Rowen", "sounds_alike": "yes"},
        {"date_of_birth": "4 May 2017"},
        {"date_of_birth": "4/5/2017", "name": "row", "status": "open"},
    ],
)
def test_a_case_is_found_by_its_child_and_no_address_tells(
    site: Site, case: str, typed: dict[str, str]
) -> None:
    walk.start(site)

    search(site, **typed)

    page = site.page("/cases")
    assert page.xpath("//tbody//a/@href") == [case]
    assert page.get_element_by_id("name").get("value", "") == typed.get("name", "")
    assert "Rowan" not in page.findtext(".//title")
    assert not [link for link in page.xpath("//@href | //@action") if "owan" in link.lower()]


def test_cases_are_found_by_reference(site: Site, case: str) -> None:
    walk.start(site)
    reference = site.page(case).findtext(".//h1").removeprefix("Case ")

    search(site, reference=reference.lower())
    assert found(site) == [case]

    search(site, reference="zzz")
    assert "No case is like that" in site.page("/cases").text_content()

    search(site, _clear="yes", reference="zzz")
    assert len(found(site)) == 2


def test_what_cannot_be_searched_for_is_said_and_what_was_typed_stays(site: Site) -> None:
    answer = site.post("/cases", {"date_of_birth": "31 2 2017", "name": "Ro"}, origin="/cases")

    page = checked(answer, status=422)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#date_of_birth"]
    assert page.get_element_by_id("date_of_birth").get("value") == "31 2 2017"
    assert page.get_element_by_id("name").get("value") == "Ro"


def test_a_search_is_its_persons_own(site: Site, case: str) -> None:
    search(site, name="nobody")

    other = site.beside(sites.OFFICER)

    assert found(other) == [case]
    assert found(site) == []


def test_the_list_is_taken_away_without_a_cell_that_runs(site: Site, case: str) -> None:
    walk.start(site)
    search(site, name="rowan")

    answer = site.post("/cases/export", origin="/cases")

    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    heading, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    row = dict(zip(heading, line, strict=True))
    assert row["Children"] == "'=Rowan Ash"
    assert row["Reference"] in site.page(case).findtext(".//h1")


def test_the_list_goes_on_to_older_cases_and_back(site: Site) -> None:
    made = [walk.start(site) for _ in range(52)]

    page = site.page("/cases")
    (older,) = page.xpath("//a[@rel='next']/@href")
    last = site.page(older)
    (newer,) = last.xpath("//a[@rel='prev']/@href")

    assert page.xpath("//tbody//a/@href") == made[:1:-1]
    assert last.xpath("//tbody//a/@href") == made[1::-1]
    assert site.page(newer).xpath("//tbody//a/@href") == made[:1:-1]
    assert "Newer cases" in " ".join(texts(last, "//nav[@aria-label='Pages of the list']//a"))


def test_a_case_that_cannot_be_begins_no_page(site: Site, case: str) -> None:
    for way in ("before", "after"):
        assert case in site.page(f"/cases?{way}={'9' * 30}").xpath("//tbody//a/@href")
