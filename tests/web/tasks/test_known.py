"""What is known is shown with who said it, and is not asked a second time."""

import re

from lxml import html

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site
from tests.web.tasks.test_checking import until

ASKED_AGAIN = rb'("label": "What is the cause for concern\?")'
NOTES = "What the school said on the telephone"


def to_establishing(site: Site) -> str:
    """A contact whose information is to be established, where the same words ask again."""
    path = "bpmn/southwark/forms/establish_information.form"
    sites.deploy(site.app, sites.changed(path, ASKED_AGAIN, b'"label": "What has been reported?"'))
    case = walk.start(site)
    first = until(site, case, "Record contact")
    walk.complete(site, first, {**walk.ANSWERS["Record contact"], "concern": NOTES})
    return until(site, case, "Establish information")


def known(page: html.HtmlElement) -> html.HtmlElement:
    (found,) = page.xpath("//div[@id='known-concern']")
    return found


def test_what_another_task_asked_is_shown_with_who_answered_it_and_still_sent(site: Site) -> None:
    task = to_establishing(site)

    page = site.page(task)

    block = known(page)
    assert NOTES in block.text_content()
    assert re.search(r"Answered by Everybody, \d+ \w+ \d\d:\d\d", block.text_content())
    assert block.xpath(".//details[not(@open)]//textarea[@name='concern']")
    assert walk.values_of(walk.form_of(page, task))["concern"] == [NOTES]


def test_it_opens_for_whoever_wants_to_change_it(site: Site) -> None:
    task = to_establishing(site)

    page = site.page(f"{task}?change=concern")

    assert not page.xpath("//div[@id='known-concern']")
    assert NOTES in str(page.get_element_by_id("concern").text)


def test_what_was_typed_anew_is_not_called_another_persons_answer(site: Site) -> None:
    task = to_establishing(site)
    form = walk.form_of(site.page(task), task)
    site.client.post(f"{task}/draft", data={**walk.values_of(form), "concern": "Something else"})

    page = site.page(task)

    assert not page.xpath("//div[@id='known-concern']")
    hints = page.xpath("//*[@id='concern-hint']")
    assert all("Answered by" not in hint.text_content() for hint in hints)


def test_what_was_said_at_the_start_is_not_asked_again_but_shown_with_who_said_it(
    site: Site,
) -> None:
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)

    page = site.page(task)

    known = page.get_element_by_id("known-contact_channel").text_content()
    assert "Answered by Everybody when the contact was started" in known


def test_what_a_manager_must_decide_is_never_filled_in(site: Site) -> None:
    case = walk.start(site)
    task = until(site, case, "Authorise disposal")

    page = site.page(task)

    assert page.xpath("//input[@name='manager_authorises']")
    assert not page.xpath("//input[@name='manager_authorises' and @checked]")
