"""A step of the procedure that fails: the case stays as it was, and somebody is made to look."""

import pytest

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked

FAILING = "bpmn/southwark/screening.bpmn"


@pytest.fixture
def case(site: Site) -> str:
    """A case whose next step but one asks for a list where there is none."""
    text = b'inputCollection="=referrer_kind"'
    sites.deploy(site.app, sites.changed(FAILING, rb'inputCollection="[^"]*"', text))
    return walk.start(site)


def failed(site: Site, case: str) -> str:
    """Work until a task cannot be completed; gives its address."""
    for _ in range(20):
        tasks = walk.open_tasks(site, case)
        name, task = next(task for task in tasks if task[0] != "Write up referral")
        answer = walk.send(site, task, walk.ANSWERS.get(name, {}))
        if answer.status_code != 302:
            page = checked(answer, status=409)
            assert "Written by a test" in page.text_content()
            return task
    raise AssertionError("every step went well")


def test_a_failed_step_leaves_an_incident_that_can_be_tried_again(site: Site, case: str) -> None:
    task = failed(site, case)

    page = site.page(case)
    assert "A step failed and somebody must look" in page.text_content()
    assert task in [address for _name, address in walk.open_tasks(site, case)]
    assert "1 incident" in site.page("/cases").text_content()

    site.client.post(
        page.xpath("//form[contains(@action, '/retry')]/@action")[0],
        data=walk.values_of(page.xpath("//form[contains(@action, '/retry')]")[0]),
    )
    assert "A step failed" not in site.page(case).text_content()


def test_an_incident_is_tried_again_only_from_its_own_case(site: Site, case: str) -> None:
    failed(site, case)
    other = walk.start(site)

    answer = site.post(f"{other}/incidents/1/retry", origin=case)

    checked(answer, status=404)
    assert "A step failed" in site.page(case).text_content()
