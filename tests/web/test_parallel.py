"""One referral, and many, through every procedure that is deployed: the pages."""

import io
import re
import time
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from tests.engine.parallel.authorities import everyone
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts

ONE = "/compare/referral"
PLAYED = f"{ONE}?play=yes&start=2026-03-03T10:00"
MANY = "/compare/many"


@pytest.fixture
def wide(visitor: Site) -> Site:
    """An analyst where all authorities are deployed."""
    for key, definition in everyone().items():
        if key != sites.AUTHORITY:
            sites.deploy(visitor.app, definition)
    return visitor.sign_in(sites.ANALYST)


def cards(page: html.HtmlElement) -> dict[str, str]:
    """What each authority's card says."""
    found = page.xpath("//li[@class='app-card']")
    return {texts(card, "h3")[0]: " ".join(card.text_content().split()) for card in found}


def done(site: Site, address: str) -> html.HtmlElement:
    """The page of a simulation once it is done."""
    for _ in range(600):
        page = site.page(address)
        if not page.xpath("//*[@data-running]"):
            return page
        time.sleep(0.1)
    raise AssertionError("the simulation does not end")


def test_the_form_asks_for_facts_in_the_vocabularys_words(wide: Site) -> None:
    page = wide.page(ONE)

    names = {*page.xpath("//select/@name"), *page.xpath("//input[@type='checkbox']/@name")}
    assert {"significant_harm_suspected", "responses", "children", "takes.disposal"} <= names
    assert not names & {"referrer_name", "concern"}  # texts have no place in an address
    assert page.xpath("//form//h2")[0].text == "What steers most procedures"


def test_each_authority_has_its_outcome_and_the_first_parting_names_its_clause(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&significant_harm_suspected=true")

    found = cards(page)
    assert set(found) == {each.name for each in everyone().values()}
    assert "Section 47 enquiry" in found["Sefton"]
    assert "Authorised by: Responsible manager" in found["Sefton"]
    assert "Authorised by: nobody" in found["Cambridgeshire"]
    (first,) = page.xpath("//section[contains(@class, 'app-parting')]")
    assert texts(first, "h2") == ["They part first at: Limit for level of response"]
    assert first.xpath(".//a/@href")[0] == "/procedures/milton_keynes/clauses#MKE-03"
    assert "Southwark: There is no such limit (silent)" in texts(first, ".//li")


def test_silent_is_not_no_and_not_only_elsewhere(wide: Site) -> None:
    page = wide.page(PLAYED)
    rows = {texts(row, "th")[0]: texts(row, "td") for row in page.xpath("//table//tbody/tr")}
    columns = texts(page, "(//table[contains(@class, 'app-side-by-side')])[1]//th[@scope='col']")

    limit = dict(zip(columns[1:], rows["Disposal decision"], strict=True))
    assert limit["Cambridgeshire"] == "Not on this course"
    assert limit["Southwark"] == "24 hours: Wed 4 Mar 10:00, met SWK-51"
    assert dict(zip(columns[1:], rows["Write up"], strict=True))["Lincolnshire"] == "Silent"


def test_the_lists_say_what_the_picture_says(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&takes.disposal=30")

    drawn = {
        text.partition(":")[0]
        for text in texts(page, "//*[local-name()='rect']/following-sibling::*[1]")
    }
    in_words = " ".join(texts(page, "//table[contains(@class, 'app-side-by-side')]//th"))
    assert drawn
    assert all(name in in_words for name in drawn if name and not name.startswith("Tue"))
    acts = [len(details.xpath(".//li")) for details in page.xpath("//div[@id='in-words']/details")]
    assert len(acts) == 5
    assert min(acts) > 10
    assert not page.xpath("//*[@style]")


def test_no_label_of_the_picture_runs_over_the_end_of_its_own_bar_or_out_of_the_picture(
    wide: Site,
) -> None:
    page = wide.page(f"{PLAYED}&significant_harm_suspected=true")

    labels = page.xpath("//*[local-name()='rect']/following-sibling::*[1][local-name()='text']")
    assert labels
    for label in labels:
        bar = label.getprevious()
        start, end = float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))
        at, length = float(label.get("x")), 6 * len(label.text)
        assert at + length < end or at > end or label.get("text-anchor") == "end", label.text
        assert start >= 0
        assert at <= 960


def test_the_time_axis_begins_with_the_instant_of_the_contact(wide: Site) -> None:
    page = wide.page(PLAYED)

    marks = texts(page, "//*[@class='app-timelines__mark']/following-sibling::*[1]")
    assert marks[0] == "Tue 3 Mar 10:00"


def test_what_if_shows_who_changes_and_keeps_the_referral(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&if.further_enquiries_justified=false")

    (section,) = page.xpath("//div[@class='app-changes']")
    rows = [texts(row, "*") for row in section.xpath(".//tbody/tr")]
    assert ["Lincolnshire", "Outcome", "assessment", "no further action"] in rows
    assert {row[0] for row in rows} == {"Lincolnshire"}
    hidden = page.xpath("//form[@data-what-if]//input[@type='hidden']/@name")
    assert hidden == ["play", "start"]


def test_a_fact_that_nobody_asks_for_changes_nothing(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&if.similar_age=true")

    assert texts(page, "//*[@data-nothing]")


def test_the_part_alone_is_no_whole_page(wide: Site) -> None:
    answer = wide.client.get(f"{PLAYED}&if.child_in_need=false&part=result")

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "What changes" in answer.text


def test_the_link_reproduces_the_view_in_the_fewest_words(wide: Site) -> None:
    facts = "child_in_need=true&level_of_need=low&if.case_status=open"
    page = wide.page(f"{PLAYED}&{facts}&authority=sefton&authority=southwark")

    (link,) = page.xpath("//a[.='A link that shows this again']/@href")

    assert "child_in_need" not in link  # it is the default
    again = wide.page(link)
    assert cards(again) == cards(page)
    assert set(cards(again)) == {"Sefton", "Southwark"}


def test_sensitivity_and_all_points_are_shown_when_asked_for(wide: Site) -> None:
    plain = wide.page(PLAYED)
    assert not plain.xpath("//*[@id='points-caption']")

    page = wide.page(f"{PLAYED}&sensitivity=yes&points=yes&authority=sefton&authority=lincolnshire")

    rows = page.xpath("//div[@aria-labelledby='sensitivity']//tbody/tr")
    assert ["Further enquiries justified: no", "Lincolnshire"] in [texts(r, "*")[:2] for r in rows]
    points = texts(page, "//div[@aria-labelledby='points-caption']//tbody/tr/th")
    assert "Authorisation" in points
    (back,) = page.xpath("//a[text()='Timelines, limits and who is told']/@href")
    assert wide.page(back.partition("#")[0]).xpath("//*[@id='picture']")


def test_limits_are_missed_where_people_take_their_time(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&takes.disposal=30&authority=southwark")

    assert page.xpath("//*[contains(@class, 'app-timelines__bar--missed')]")


def test_several_children_each_have_their_outcome(wide: Site) -> None:
    page = wide.page(f"{PLAYED}&children=2&authority=southwark")

    assert "Child B: Assessment" in cards(page)["Southwark"]
    told = texts(page, "//div[@id='in-words']//li")
    assert [
        line for line in told if "Decide type of response" in line and "Child A, Child B" in line
    ]


@pytest.mark.parametrize(
    "wrong",
    ["start=yesterday", "children=99", "level_of_need=huge", "if.level_of_need=huge"],
)
def test_what_cannot_be_is_said_and_the_rest_kept(wide: Site, wrong: str) -> None:
    page = wide.page(f"{ONE}?play=yes&{wrong}&child_in_need=false", status=422)

    assert texts(page, "//*[contains(@class, 'govuk-error-summary')]//li")
    assert page.findtext(".//title").startswith("Error: ")


@pytest.mark.parametrize(
    "base", ["scenario=southwark:9999", "scenario=../x:1", "scenario=x", "case=1", "case=x",
             "contact=2027-1", "contact=x"],
)  # fmt: skip
def test_a_base_that_is_not_there_is_not_found(wide: Site, base: str) -> None:
    wide.page(f"{ONE}?play=yes&{base}", status=404)


def test_a_scenario_is_played_by_its_name(wide: Site) -> None:
    page = wide.page(ONE)
    first = page.xpath("//select[@name='scenario']//option")[0]

    played = wide.page(f"{ONE}?play=yes&scenario={first.get('value')}")

    assert first.text in played.xpath("//main/p")[0].text


def test_a_real_case_is_played_without_its_names(site: Site) -> None:
    case = walk.start(site)
    ((_, task),) = walk.open_tasks(site, case)
    walk.complete(
        site,
        task,
        walk.ANSWERS["Record contact"]
        | {"children.0.name": "Quendolin Ashby", "children.1.name": "Rufus Ashby"},
    )
    number = re.findall(r"\d+", case)[-1]
    (link,) = site.page(case).xpath("//a[.='What other procedures make of this referral']/@href")
    assert link == f"{ONE}?play=yes&case={number}"

    page = site.page(link)

    whole = html.tostring(page, encoding="unicode")
    assert "Quendolin" not in whole
    assert "Ashby" not in whole
    assert "Written by a test" not in whole
    assert "Child B" in whole
    site.sign_in(sites.ANALYST)
    site.page(f"{ONE}?play=yes&case={number}", status=404)


def test_the_timelines_can_be_taken_away(wide: Site) -> None:
    query = "?play=yes&start=2026-03-03T10:00&authority=southwark&level_of_need=moderate"

    table = wide.client.get(f"{ONE}.csv{query}").data.decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(io.BytesIO(wide.client.get(f"{ONE}.xlsx{query}").data))

    assert table[0] == "Authority,When,What,Text,By,Child,Clauses"
    assert any("Authorised,Asks the Duty Manager to authorise" in line for line in table)
    assert any("comes to Disposal option 3: moderate to high needs" in line for line in table)
    assert book.active.max_row == len(table)


def test_pages_ask_little_of_the_database_and_stay_small(wide: Site) -> None:
    for path in (PLAYED, MANY):
        with wide.asked() as said:
            wide.page(path)
        assert 0 < len(said) <= 12, (path, said)
    for path in (f"{ONE}?", PLAYED, f"{PLAYED}&children=5", f"{PLAYED}&points=yes"):
        assert len(wide.client.get(f"{path}&significant_harm_suspected=true").data) < 100_000, path


def test_a_simulation_runs_and_each_figure_leads_to_its_referrals(wide: Site) -> None:
    boxes: dict[str, str | list[str]] = {
        "of": "year", "year": "2027", "contacts": "12", "seed": "3", "takes": "yes",
        "authority": ["sefton", "southwark"],
    }  # fmt: skip

    started = wide.post(MANY, boxes, origin=MANY)
    assert started.status_code == 302
    page = done(wide, started.headers["Location"])

    link = page.xpath("//h2[@id='differ']/following::a")[0].get("href")
    referrals = wide.page(link).xpath("//main//ul[contains(@class, 'app-choices')]//a")
    assert 0 < len(referrals) <= 12
    one = wide.page(referrals[0].get("href"))
    assert "The outcomes differ." in texts(one, "//main//p")
    csv = wide.client.get(f"{started.headers['Location']}.csv").data.decode("utf-8-sig")
    assert "Between which authorities,Sefton and Southwark" in csv
    assert wide.client.get(f"{started.headers['Location']}.xlsx").status_code == 200


def test_all_scenarios_can_be_played(
    wide: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bpmn" / "southwark" / "scenarios.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[[scenario]]\nname = "Late"\nstart = 2026-03-03T10:00:00Z\n')
    monkeypatch.chdir(tmp_path)

    started = wide.post(MANY, {"of": "scenarios", "authority": ["southwark"]}, origin=MANY)
    page = done(wide, started.headers["Location"])

    assert "1 referral played." in texts(page, "//main//p")


@pytest.mark.parametrize(
    "wrong", [{"contacts": "9999999"}, {"contacts": "many"}, {"year": "1"}, {"office_share": "200"}]
)
def test_a_number_that_will_not_do_is_said(wide: Site, wrong: dict[str, str]) -> None:
    boxes = {"of": "year", "year": "2027", "contacts": "12", "seed": "3", **wrong}

    answer = wide.post(MANY, boxes, origin=MANY)

    page = sites.checked(answer, status=422)
    assert page.xpath(f"//input[@name='{next(iter(wrong))}']/@value") == list(wrong.values())


def test_one_simulation_at_a_time_and_its_owner_may_cancel_it(wide: Site) -> None:
    boxes: dict[str, str | list[str]] = {
        "of": "year",
        "year": "2027",
        "contacts": "5000",
        "seed": "3",
    }
    first = wide.post(MANY, boxes, origin=MANY).headers["Location"]

    assert wide.post(MANY, boxes, origin=MANY).status_code == 409
    assert wide.post(f"{first}/cancel", origin=MANY).status_code == 302

    page = wide.page(first)
    assert "Cancelled" in texts(page, "//main//strong[contains(@class, 'govuk-tag')]")
    wide.sign_in(sites.EVERYBODY)
    assert wide.post(f"{first}/cancel", origin=MANY).status_code == 409
    wide.page(f"{first}/figures/nothing", status=404)


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000])
def test_a_number_that_nothing_has_is_answered_with_a_sentence(wide: Site, number: str) -> None:
    for query, status in (
        ("case=", 404),
        ("scenario=southwark:", 404),
        ("play=yes&children=", 422),
    ):
        assert wide.client.get(f"/compare/referral?{query}{number}").status_code == status, query
    assert wide.client.get(f"/compare/print?part={number}").status_code == 404
    many = {"of": "year", "year": number, "contacts": "5", "seed": "1"}
    assert wide.post("/compare/many", many).status_code == 422
