"""The page of a decision table: to read, and to try."""

from dataclasses import replace

import pytest
from flask import Flask
from lxml import html

from engine import dmn
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts
from web import clock
from web.models import pages

TABLE = "/procedures/southwark/decisions/disposal_option"
DMN = "dmn/southwark/disposal_option.dmn"
LOW = {
    "significant_harm_suspected": "false",
    "child_in_need": "true",
    "level_of_need": "low",
    "likely_to_escalate": "false",
}


@pytest.fixture
def analyst(visitor: Site) -> Site:
    return visitor.sign_in(sites.ANALYST)


def tried(site: Site, inputs: dict[str, str], *, table: str = TABLE) -> html.HtmlElement:
    """The page after the form was sent with these inputs."""
    form = site.page(table).xpath("//main//form")[0]
    address, _, anchor = form.get("action").partition("#")
    assert (form.get("method"), address, anchor) == ("get", table, "outcome")
    names = {box.get("name") for box in form.xpath(".//input | .//select")}
    assert set(inputs) < names
    return sites.checked(site.client.get(address, query_string={"tried": "yes", **inputs}))


def rules(page: html.HtmlElement) -> list[str]:
    """What the page says of each rule with the inputs."""
    return texts(page, "//td[@data-column='With these inputs']")


def test_every_table_is_listed_and_can_be_read(analyst: Site) -> None:
    links = analyst.page("/procedures/").xpath("//main//a/@href[contains(., '/decisions/')]")

    assert len(links) == len(sites.definition().decisions)
    for link in links:
        page = analyst.page(link)
        (table,) = page.xpath("//main//table")
        assert table.xpath("./caption")
        assert not table.xpath(".//th[not(@scope)]")
        assert page.xpath("//main//form[@method='get']//button")


def test_a_table_is_shown_rule_by_rule_with_its_reasons(analyst: Site) -> None:
    page = analyst.page(TABLE)

    assert texts(page, "//tbody/tr[1]/*") == [
        "Rule 1",
        "yes",
        "–anything",
        "–anything",
        "–anything",
        "4",
        "SWK-90, G14: suspected Significant Harm is looked at before the levels of need.",
    ]
    assert texts(page, "//tbody/tr[3]/td[@data-column='Level of needs or risks']") == [
        "moderate or high"
    ]
    main = " ".join(page.xpath("//main")[0].text_content().split())
    assert "First: the first rule from the top that matches decides." in main
    assert "When no rule matches: no result." in main
    assert "suspected significant harm is looked at first" in main  # assumption G14
    assert "Asked by “Which disposal option fits?” in Initial disposal." in main
    assert rules(page) == []


def test_the_clauses_of_a_rule_lead_to_what_they_ask_for(analyst: Site) -> None:
    links = analyst.page(TABLE).xpath("//tbody//a/@href")

    ids = analyst.page("/procedures/southwark/clauses").xpath("//@id")
    assert links
    for link in links:
        address, _, clause = link.partition("#")
        assert address == "/procedures/southwark/clauses"
        assert clause in ids


def test_the_inputs_are_asked_as_the_table_takes_them(analyst: Site) -> None:
    form = analyst.page(TABLE).xpath("//main//form")[0]

    def offered(name: str) -> list[str]:
        return list(form.xpath(f".//input[@name='{name}']/@value"))

    assert offered("significant_harm_suspected") == ["true", "false", ""]
    assert offered("level_of_need") == ["none", "low", "moderate", "high", ""]
    assert not form.xpath(".//input[@checked]")


def test_a_try_gives_the_outcome_and_where_each_other_rule_fails(analyst: Site) -> None:
    page = tried(analyst, LOW)

    assert texts(page, "//dl[@class='app-decided__results']//dd") == [
        "Disposal option 2: a low level of needs or risks, unlikely to escalate"
    ]
    (outcome,) = texts(page, "//section[@id='outcome']")
    assert "Rule 4 matches. SWK-86: a low level of needs or risks" in outcome
    assert rules(page) == [
        "Fails at “Is Significant Harm suspected?”: expects yes, but it is no.",
        "Fails at “Does the child appear to be a Child in Need?”: expects no, but it is yes.",
        "Fails at “Level of needs or risks”: expects moderate or high, but it is low.",
        "Matches",
        "Fails at “Are the needs or risks likely to escalate?”: expects yes, but it is no.",
        "Fails at “Level of needs or risks”: expects none, but it is low.",
    ]
    assert len(page.xpath("//td[contains(@class, 'app-cell--missed')]")) == 5
    assert page.xpath("//tr[@id='rule-4']/@class") == ["govuk-table__row app-rule--decides"]
    chosen = page.xpath("//form//input[@checked]")
    assert {box.get("name"): box.get("value") for box in chosen} == LOW


def test_a_rule_that_matches_too_late_is_told_from_one_that_decides(analyst: Site) -> None:
    page = tried(analyst, {**LOW, "significant_harm_suspected": "true"})

    assert [text.split()[0] for text in rules(page)] == (
        ["Matches", "Fails", "Fails", "Does", "Fails", "Fails"]
    )
    assert "another rule comes before it" in rules(page)[3]


def test_what_is_left_out_is_no_answer_and_is_warned_of(analyst: Site) -> None:
    page = tried(analyst, {"child_in_need": "", "level_of_need": ""})

    (outcome,) = texts(page, "//section[@id='outcome']")
    assert "no result" in outcome
    assert "No rule matches these inputs." in outcome
    assert "4 warnings of the expressions" in outcome
    assert "There is no value for the input 'level_of_need'" in outcome
    assert rules(page)[0].endswith("expects yes, but there is no answer.")


def test_rules_that_may_not_match_together_are_named(app: Flask) -> None:
    source = sites.definition().sources[DMN].replace(b'hitPolicy="FIRST"', b'hitPolicy="UNIQUE"')
    model = dmn.parse(source, file=DMN)
    procedure = replace(sites.definition(), decisions={"disposal_option": model})
    boxes = {name: [text] for name, text in {**LOW, "significant_harm_suspected": "true"}.items()}

    with app.test_request_context(TABLE):
        answer, status = pages.decision(
            procedure, "disposal_option", boxes={"tried": ["yes"], **boxes}, now=clock.now()
        )

    page = html.fromstring(answer)
    (outcome,) = texts(page, "//section[@id='outcome']")
    assert status == 200
    assert "Rules match together that this hit policy does not allow together." in outcome
    assert [text for text in rules(page) if not text.startswith("Fails")] == [
        "Does not count It matches, but not it alone."
    ] * 2


def test_a_value_that_is_not_offered_is_refused_beside_its_question(analyst: Site) -> None:
    answer = analyst.client.get(TABLE, query_string={"tried": "yes", "level_of_need": "<b>huge"})

    page = sites.checked(answer, status=422)
    assert page.findtext(".//title").startswith("Error: ")
    assert texts(page, "//div[@class='govuk-error-summary']//li") == [
        "Choose one of the answers that are offered"
    ]
    assert not page.xpath("//section[@id='outcome']")


def test_a_table_that_is_not_there_is_not_found(analyst: Site) -> None:
    analyst.page("/procedures/southwark/decisions/nothing", status=404)
    analyst.page("/procedures/nowhere/decisions/disposal_option", status=404)


def test_a_case_leads_to_the_tables_that_it_asked(site: Site) -> None:
    case = walk.start(site)
    for name in ("Record contact", "Check records"):
        task = dict(walk.open_tasks(site, case))[name]
        walk.complete(site, task, walk.ANSWERS[name])

    (link, *_) = site.page(f"{case}/decisions").xpath(
        "//dd/a[contains(@href, '/decisions/')]/@href"
    )

    assert texts(site.page(link), "//h1")
