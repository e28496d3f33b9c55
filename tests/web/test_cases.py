"""Contacts and the page of a case."""

import json

import pytest

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked


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


def test_a_case_shows_everything_that_became_of_it(site: Site, case: str) -> None:
    page = site.page(case)

    text = " ".join(page.text_content().split())
    assert "Child A" in text
    assert "Internal redirection" in text or "1 hour from first contact" in text
    assert "1 hour after first contact" in text or "hour" in text
    assert "SWK-48" in text
    assert page.xpath("//h2[@id='decisions']/following::h3[1]")
    assert "SWK-" in page.xpath("//dl")[1].text_content()
    assert "by Everybody" in text


def test_the_diagram_has_its_text_version_with_states_and_clauses(site: Site, case: str) -> None:
    page = site.page(f"{case}?diagram=contact")

    (figure,) = page.xpath("//div[@class='app-diagram']")
    assert '"check_records": "done"' in figure.get("data-states")
    steps = page.xpath("//ol[@class='app-steps']/li")
    first = [" ".join(step.text_content().split()) for step in steps]
    assert any(step.startswith("Record contact (task") and "Done" in step for step in first)
    assert any("Now" in step for step in first)
    assert any("SWK-10" in step for step in first)


def test_a_part_is_marked_while_something_in_it_is_open(site: Site, case: str) -> None:
    page = site.page(f"{case}?diagram=front_door")

    states = json.loads(page.xpath("//div[@class='app-diagram']/@data-states")[0])
    assert states["contact_with_the_service"] == "done"
    assert [id_ for id_, state in states.items() if state == "current"]


def test_every_diagram_of_the_case_can_be_read_by_whoever_may_see_it(site: Site, case: str) -> None:
    page = site.page(case)

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

    text = site.page(case).text_content()
    assert "The procedure was not waiting for it" in text
    assert "nothing was waiting for it" in text


def test_a_message_without_a_kind_is_asked_for(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")

    page = checked(site.client.post(f"{case}/messages", data=walk.values_of(form)), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#message"]


def test_a_message_from_the_future_is_refused(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")
    values = {**walk.values_of(form), "message": "new_information", "arrived_at.year": "2199"}

    checked(site.client.post(f"{case}/messages", data=values), status=422)


def test_cases_are_found_by_reference(site: Site, case: str) -> None:
    reference = site.page(case).findtext(".//h1").removeprefix("Case ")

    assert site.page(f"/cases?search={reference}").xpath("//tbody//a/@href") == [case]
    assert "No case has that" in site.page("/cases?search=zzz").text_content()


def test_a_case_that_does_not_exist_is_not_found(site: Site) -> None:
    site.page("/cases/4711", status=404)


def test_nothing_personal_stands_in_a_title(site: Site, case: str) -> None:
    ((_name, task),) = walk.open_tasks(site, case)

    for address in (case, task, "/worklist", "/cases"):
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
    for diagram in page.xpath("//p[starts-with(., 'Diagrams')]/a/@href"):
        site.page(diagram.partition("#")[0])
