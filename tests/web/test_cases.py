"""Contacts and the page of a case."""

import json

import pytest
from lxml import html

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts


def words(page: html.HtmlElement) -> str:
    """All words of a page."""
    return " ".join(page.text_content().split())


@pytest.fixture
def case(site: Site) -> str:
    """A contact that has just been recorded as a referral."""
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known")
    for chosen in ({}, walk.CHILD, {"case_status": "not_known", "needs_more_than_advice": "true"}):
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, chosen)
    return case


def test_a_contact_starts_with_what_is_known(site: Site) -> None:
    page = site.page("/contacts/new")

    assert "When did the Assessment and Intervention Service" in page.text_content()
    assert page.get_element_by_id("received_at-year").get("value")


def test_a_contact_cannot_have_been_received_in_the_future(site: Site) -> None:
    values = walk.answered(walk.form_of(site.page("/contacts/new"), "/contacts/new"), {})

    page = checked(
        site.client.post("/contacts/new", data={**values, "received_at.year": "2199"}), status=422
    )

    assert page.xpath("//div[@role='alert']//a/@href") == ["#received_at-day"]
    assert page.get_element_by_id("received_at-year").get("value") == "2199"


def test_a_contact_starts_only_where_the_person_has_a_role(site: Site) -> None:
    site.page("/contacts/new?authority=elsewhere", status=403)


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

    assert "1 hour from first contact" in limits or "first contact" in limits
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


def test_a_message_is_recorded_even_when_nobody_waits_for_it(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")

    values = {**walk.values_of(form), "message": "new_information"}
    site.client.post(f"{case}/messages", data=values)

    assert "The procedure was not waiting for it" in site.page(case).text_content()
    assert "Nothing was waiting for it" in site.page(f"{case}/letters").text_content()
    assert "nothing was waiting for it" in site.page(f"{case}/history").text_content()


def test_a_message_without_a_kind_is_asked_for(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")

    page = checked(site.client.post(f"{case}/messages", data=walk.values_of(form)), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#message"]


def test_a_message_from_the_future_is_refused(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")
    values = {**walk.values_of(form), "message": "new_information", "arrived_at.year": "2199"}

    checked(site.client.post(f"{case}/messages", data=values), status=422)


def test_a_case_that_does_not_exist_is_not_found(site: Site) -> None:
    site.page("/cases/4711", status=404)


def test_nothing_personal_stands_in_a_title(site: Site, case: str) -> None:
    ((_name, task),) = walk.open_tasks(site, case)

    parts = (f"{case}/{part}" for part in ("limits", "known", "history", "documents", "related"))
    for address in (case, task, "/worklist", "/cases", *parts):
        assert "Child A" not in site.page(address).findtext(".//title")


def test_a_referral_of_two_children_is_worked_to_its_end(site: Site) -> None:
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known")
    for _ in range(60):
        tasks = walk.open_tasks(site, case)
        if not tasks:
            break
        name, task = tasks[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))

    page = site.page(case)
    text = " ".join(page.text_content().split())
    assert "Nothing waits for anybody here" in text
    assert "Section 47 enquiry commenced (Child A)" in text
    assert "Section 47 enquiry commenced (Child B)" in text
    children = texts(page, "//table[.//caption[starts-with(., 'Where each')]]//th[@scope='row']")
    assert [child[:7] for child in children] == ["Child A", "Child B"]
    drawn = site.page(f"{case}/diagram")
    for diagram in drawn.xpath("//p[starts-with(normalize-space(.), 'Diagrams')]/a/@href"):
        site.page(diagram)
