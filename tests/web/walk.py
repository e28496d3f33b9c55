"""Fills in the pages of a contact as a person without JavaScript would."""

from collections.abc import Mapping

from lxml import html
from werkzeug.test import TestResponse

from tests.web.site import Site

Values = dict[str, str | list[str]]

CHILD: Values = {"children.count": "1", "children.0.name": "Child A"}


ANSWERS: Mapping[str, Values] = {  # of a contact that becomes a referral of two children
    "Record contact": {
        "children.count": "2",
        "children.0.name": "Child A",
        "children.1.name": "Child B",
    },
    "Check records": {"case_status": "not_known", "needs_more_than_advice": "true"},
    "Determine action required": {"crime_suspected": "false", "redirect": "false"},
}
TOLD_LONG_AGO = {  # so that the hour for redirecting the contact is over
    "child_may_be_in_need": "true",
    "case_status": "not_known",
    "first_contact_at.year": "2025",
}


def form_of(page: html.HtmlElement, action: str) -> html.HtmlElement:
    """The page's form that posts to this address."""
    return page.xpath(f"//form[@method='post' and @action='{action}']")[0]


def values_of(form: html.HtmlElement) -> Values:
    """What the browser would send as the form stands."""
    found: Values = {}
    for name, value in form.form_values():
        known = found.setdefault(name, [])
        assert isinstance(known, list)
        known.append(value)
    return found


def answered(form: html.HtmlElement, chosen: Mapping[str, str | list[str]]) -> Values:
    """The form's values with the chosen ones, and something in every other question."""
    values = values_of(form)
    for box in form.xpath(".//input[@type='radio' or @type='checkbox']"):
        values.setdefault(box.get("name"), box.get("value"))
    for box in form.xpath(".//textarea | .//input[@type='text']"):
        if not any(values.get(box.get("name"), [])):
            values[box.get("name")] = _word_for(box.get("name"))
    return {**values, **chosen}


def _word_for(name: str) -> str:
    part = name.rpartition(".")[2]
    dates = {"day": "3", "month": "3", "year": "2026", "hour": "10", "minute": "0"}
    return dates.get(part, "Written by a test")


def start(site: Site, **chosen: str) -> str:
    """Start a contact; gives the address of its case."""
    page = site.page("/contacts/new")
    values = answered(form_of(page, "/contacts/new"), {"child_may_be_in_need": "false", **chosen})
    answer = site.client.post("/contacts/new", data=values)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def open_tasks(site: Site, case: str) -> list[tuple[str, str]]:
    """The open tasks of a case: names and addresses."""
    page = site.page(case)
    links = page.xpath("//table//a[starts-with(@href, '/tasks/')]")
    return [(" ".join(link.text_content().split()), link.get("href")) for link in links]


def complete(site: Site, task: str, chosen: Mapping[str, str | list[str]] | None = None) -> None:
    """Complete a task."""
    answer = send(site, task, chosen)
    assert answer.status_code == 302, answer.text


def referral(site: Site, **chosen: str) -> str:
    """Start a contact about a child who may be in need and is not known."""
    return start(site, child_may_be_in_need="true", case_status="not_known", **chosen)


def to_the_end(site: Site, case: str, **chosen: Mapping[str, str | list[str]]) -> None:
    """Complete what waits until nothing does; `chosen` has answers by a task's name."""
    answers = {**ANSWERS, **chosen}
    for _ in range(60):
        waiting = open_tasks(site, case)
        if not waiting:
            return
        name, task = waiting[0]
        complete(site, task, answers.get(name, {}))
    raise AssertionError("the case does not come to an end")


def send(
    site: Site, task: str, chosen: Mapping[str, str | list[str]] | None = None
) -> TestResponse:
    """Send a task's answers, and confirm them where the page asks to check them first."""
    values = answered(form_of(site.page(task), task), chosen or {})
    answer = site.client.post(task, data=values)
    if answer.headers.get("Location") != f"{task}/check":
        return answer
    check = f"{task}/check"
    return site.client.post(check, data=values_of(form_of(site.page(check), check)))
