"""From the procedure's clauses to where they live and whether they ran, and back."""

import pytest
from lxml import html

from engine import deploy
from engine.definitions.clauses import citations
from engine.deploy import LastRun, PlayedScenario
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts, words
from web import clock
from web.models.tracing import Line, trace

PAGE = f"/procedures/{sites.AUTHORITY}/clauses"


@pytest.fixture
def played(site: Site) -> Site:
    """The site once the authority's scenarios were played."""
    with site.app.extensions["frontdoor.database"].writing() as store:
        deploy.deploy_folder(store, sites.ROOT, sites.AUTHORITY, by="tests", now=clock.now())
    return site


def entry(page: html.HtmlElement, clause: str) -> str:
    return texts(page, f"//article[@id='{clause}']")[0]


def line_of(clause: str, *played: PlayedScenario) -> Line:
    last_run = LastRun(ran_at=clock.now(), scenarios=played)
    sections = trace(sites.definition(), last_run).sections
    return next(line for part in sections for line in part.lines if line.clause.id == clause)


def test_the_sections_stand_in_the_order_of_the_text_with_all_their_clauses(site: Site) -> None:
    register = sites.definition().clauses.values()

    page = site.page(PAGE)

    own = [clause for clause in register if not clause.national]
    shown = page.xpath("//article/@id")
    assert shown[: len(own)] == [clause.id for clause in own]
    assert set(shown) == set(sites.definition().clauses)
    titles = texts(page, "//section/h2")
    assert titles[:6] == list(dict.fromkeys(clause.section for clause in own))


def test_national_rules_are_shown_as_national(site: Site) -> None:
    page = site.page(PAGE)

    national = [c.id for c in sites.definition().clauses.values() if c.national]
    sections = page.xpath("//section[p[starts-with(., 'A national rule')]]")
    assert [id_ for part in sections for id_ in part.xpath("./article/@id")] == national


def test_a_clause_tells_its_strength_its_requirement_and_where_it_lives(site: Site) -> None:
    clause = sites.definition().clauses["SWK-51"]

    said = entry(site.page(PAGE), "SWK-51")

    assert said.startswith("SWK-51 (must)")
    assert clause.requirement in said
    assert "24 hours from receipt (SWK-51) in the diagram" in said


def test_everything_that_cites_a_clause_is_among_its_places(site: Site) -> None:
    page = site.page(PAGE)

    cited = {clause for found in citations(sites.definition()) for clause in found.clauses}
    assert len(cited) > 50
    for clause in cited:
        assert page.xpath(f"//article[@id='{clause}']//a[starts-with(@href, '/procedures/')]")


def test_a_task_leads_to_the_clauses_of_its_questions_too(site: Site) -> None:
    page = site.page(f"/procedures/{sites.AUTHORITY}/contact")

    said = texts(page, "//li[@id='contact-record_contact']")[0]

    assert "Its questions rest on SWK-" in said


def test_before_any_scenario_was_played_nothing_is_claimed(site: Site) -> None:
    page = site.page(PAGE)

    assert "No scenario has been played with this version" in page.text_content()
    assert "Not known" in entry(page, "SWK-51")


def test_after_a_deployment_each_clause_names_the_scenarios_it_ran_in(played: Site) -> None:
    page = played.page(PAGE)

    text = words(page)
    assert "all passed" in text
    listed = texts(page, "//h2[@id='scenarios']/following-sibling::ol/li")
    assert len(listed) > 25
    assert all(line.endswith(" Passed") for line in listed)
    ran = texts(page, "//article//dt[.='Ran']/following-sibling::dd[1]")
    assert all(said.startswith(("In ", "Did not run")) for said in ran)
    own = [c.id for c in sites.definition().clauses.values() if not c.national]
    assert f"{len(own)} clauses ran in them." in text


def test_a_clause_that_no_scenario_reached_and_one_that_failed_are_told_apart() -> None:
    good = PlayedScenario(name="Good", passed=True, clauses=("SWK-51",))
    bad = PlayedScenario(name="Bad", passed=False, clauses=("SWK-50", "SWK-51"))

    assert line_of("SWK-51", good).state == "ran"
    assert line_of("SWK-50", good).state == "missed"
    assert line_of("SWK-50", good, bad).state == "failed"
    assert line_of("SWK-50").state == "unplayed"


def test_many_scenarios_are_told_by_their_numbers() -> None:
    ran = PlayedScenario(name="One", passed=True, clauses=("SWK-51",))
    other = PlayedScenario(name="Other", passed=True, clauses=())

    line = line_of("SWK-51", ran, ran, ran, other, ran, other, *[ran] * 4)

    assert line.numbers == "1–3, 5, 7–10"
    assert not line.can_be_named
    assert line_of("SWK-51", other, ran).can_be_named


def test_the_clauses_on_the_pages_of_a_case_are_links(site: Site) -> None:
    case = walk.start(site)
    (_, task), *_ = walk.open_tasks(site, case)

    for path in (case, task, "/contacts/new"):
        page = site.page(path)
        ids = page.xpath("//*[contains(@class, 'app-clause__id')]")
        assert ids, path
        for link in ids:
            assert link.get("href") == f"{PAGE}#{link.text}"
            described = link.get("aria-describedby")
            assert described is None or page.xpath(f"//*[@id='{described}']")


def test_a_link_beside_answers_never_leaves_the_page(site: Site) -> None:
    (_, task), *_ = walk.open_tasks(site, walk.start(site))

    for path in (task, "/contacts/new"):
        links = site.page(path).xpath("//main//a[contains(@class, 'app-clause__id')]/@target")
        assert set(links) == {"_blank"}
