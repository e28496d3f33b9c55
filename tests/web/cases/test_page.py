"""The page of a case and its parts."""

import json

from engine import people
from engine.casework import Override
from engine.runtime import tasks
from tests.engine.runtime import playing
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts, words
from web import clock


def test_a_case_says_where_it_stands_and_why_and_what_is_next(site: Site, case: str) -> None:
    page = site.page(case)

    text = words(page)
    assert "Child A" in text
    assert "1 task waits, because “Check records” was recorded by Everybody" in text
    assert texts(page, "//td[@data-column='For']") == ["MASH Manager"]
    assert any(texts(page, "//td[@data-column='What may follow']//li"))


def test_each_part_of_a_case_has_a_page_of_its_own(site: Site, case: str) -> None:
    limits, decisions = words(site.page(f"{case}/limits")), words(site.page(f"{case}/decisions"))
    history = words(site.page(f"{case}/history"))

    assert "1 hour from first contact (SWK-48) Met" in limits
    assert "SWK-48" in limits
    assert "SWK-" in decisions
    assert "What was known" in decisions
    assert "by Everybody" in history


def test_what_is_known_says_who_said_it_where(site: Site, case: str) -> None:
    page = site.page(f"{case}/known")

    facts = {
        " ".join(row.xpath("string(th)").split()): " ".join(row.text_content().split())
        for row in page.xpath("//tbody/tr")
    }
    (children,) = (
        text for name, text in facts.items() if "child" in name.lower() and "Child A" in text
    )
    assert "Everybody" in children
    assert "Record contact" in children


def test_the_diagram_has_its_text_version_with_states_and_clauses(site: Site, case: str) -> None:
    page = site.page(f"{case}/diagram?diagram=contact")

    (figure,) = page.xpath("//div[@class='app-diagram']")
    assert '"check_records": "done"' in figure.get("data-states")
    steps = page.xpath("//ol[@class='app-steps']/li")
    first = [" ".join(step.text_content().split()) for step in steps]
    assert any(step.startswith("Record contact (task") and "Done" in step for step in first)
    assert any("Now" in step for step in first)
    assert any("SWK-10" in step for step in first)


def test_a_part_is_marked_while_something_in_it_is_open(site: Site, case: str) -> None:
    page = site.page(f"{case}/diagram?diagram=front_door")

    states = json.loads(page.xpath("//div[@class='app-diagram']/@data-states")[0])
    assert states["contact_with_the_service"] == "done"
    assert [id_ for id_, state in states.items() if state == "current"]


def test_every_diagram_of_the_case_can_be_read_by_whoever_may_see_it(site: Site, case: str) -> None:
    page = site.page(f"{case}/diagram")

    source = page.xpath("//div[@class='app-diagram']/@data-source")[0]
    answer = site.client.get(source)
    assert answer.mimetype == "application/xml"
    assert b"definitions" in answer.data
    assert site.client.get(f"{case}/diagrams/nothing.bpmn").status_code == 404
    site.sign_in(sites.ANALYST)
    assert site.client.get(source).status_code == 403


def test_a_case_that_does_not_exist_is_not_found(site: Site) -> None:
    site.page("/cases/4711", status=404)


def test_nothing_personal_stands_in_a_title(site: Site, case: str) -> None:
    ((_name, task),) = walk.open_tasks(site, case)

    parts = (f"{case}/{part}" for part in ("limits", "known", "history", "documents", "related"))
    for address in (case, task, "/worklist", "/cases", *parts):
        assert "Child A" not in site.page(address).findtext(".//title")


def test_a_referral_of_two_children_is_worked_to_its_end(site: Site) -> None:
    case = walk.referral(site)
    walk.to_the_end(site, case)

    page = site.page(case)
    text = words(page)
    assert "Nothing waits for anybody here" in text
    assert "Section 47 enquiry commenced (Child A)" in text
    assert "Section 47 enquiry commenced (Child B)" in text
    children = texts(page, "//table[.//caption[starts-with(., 'Where each')]]//th[@scope='row']")
    assert [child[:7] for child in children] == ["Child A", "Child B"]
    drawn = site.page(f"{case}/diagram")
    for diagram in drawn.xpath("//p[starts-with(normalize-space(.), 'Diagrams')]/a/@href"):
        site.page(diagram)


def test_chronology_joins_cases_about_the_same_child(site: Site) -> None:
    known = {
        "children.count": "1",
        "children.0.name": "Ana Vale",
        "children.0.date_of_birth.day": "4",
        "children.0.date_of_birth.month": "5",
        "children.0.date_of_birth.year": "2017",
    }
    cases = []
    for _ in range(2):
        cases.append(walk.referral(site))
        for chosen in ({}, known):
            ((_name, task),) = walk.open_tasks(site, cases[-1])
            walk.complete(site, task, chosen)

    page = site.page(f"{cases[1]}/related")

    assert page.xpath(f"//a[@href='{cases[0]}']")
    assert "The same child: name and date of birth" in words(page)
    told = texts(site.page(f"{cases[1]}/chronology"), "//td[@data-column='Case']")
    assert "This case" in told
    assert len(set(told)) == 2


def test_judgement_in_a_tables_place_keeps_its_mark_for_everybody(site: Site, case: str) -> None:
    database = site.app.extensions["frontdoor.database"]
    for _ in range(12):
        if walk.open_tasks(site, case)[0][0].startswith("Decide type of response"):
            break
        name, task = walk.open_tasks(site, case)[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))
    name, task = walk.open_tasks(site, case)[0]
    number = int(task.rpartition("/")[2])
    judged = Override(
        decision_id="disposal_option",
        child=None,
        outputs="4",
        reason="The second account makes the lower option unsafe.",
        by="",
    )
    with database.writing() as store:
        by = people.actor_of(store, people.find(store, sites.EVERYBODY))
        given = playing.answers(tasks.get(store, number, by=by).task, {})
        tasks.complete(store, number, given, by=by, now=clock.now(), overrides=[judged])
    site.sign_in(sites.OFFICER)

    for address in (f"{case}/decisions", f"{case}/decisions/print"):
        text = words(site.page(address))
        assert "Overridden by professional judgement By Everybody" in text
        assert "The table said: Disposal option 3: moderate to high needs." in text
        assert "Disposal option 4: suspected Significant Harm" in text, text
        assert judged.reason in text
    assert "Decided by professional judgement" in words(site.page(f"{case}/history"))
