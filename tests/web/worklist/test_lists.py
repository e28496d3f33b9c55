"""The worklist: what it lists, in which order, and how it says when."""

import re
from datetime import timedelta

import pytest

from engine import worker
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from tests.web.worklist.desk import (
    counts,
    crowd,
    names,
    number_of,
)
from web import clock
from web.filters import by_when, time_left


def test_the_worklist_counts_and_lists_what_waits(site: Site, task: str) -> None:
    page = site.page("/worklist")

    assert counts(site) == ["0 overdue", "0 due today", "0 due later this week"]
    assert page.xpath("//tbody//th/a/@href") == [task]
    assert texts(page, "//th[@scope='col']") == ["Task", "Case", "Limit", "Role", "Whose"]


def test_a_limit_comes_before_tasks_without_one(site: Site, task: str) -> None:
    walk.start(site, **walk.TOLD_LONG_AGO)

    limits = texts(site.page("/worklist"), "//td[@data-column='Limit']")

    assert names(site)[0] == "Redirect contact"
    assert limits[0].endswith(": internal redirection")
    assert limits[-1] == "No limit"


def test_overdue_and_what_must_be_done_are_said_in_words(site: Site) -> None:
    walk.start(site, **walk.TOLD_LONG_AGO)

    page = site.page("/worklist")

    assert counts(site)[0] == "1 overdue"
    limit = texts(page, "//td[@data-column='Limit']")[0]
    assert re.match(r"Overdue by \d+ days Must be done by \w{3} \d+ \w+ 2025, \d\d:\d\d", limit)
    assert page.xpath("//td[@data-column='Limit']//time/@datetime")[0].startswith("2025-")


def test_why_a_limit_was_missed_is_asked_with_the_limit_that_it_is_about(site: Site) -> None:
    case = walk.start(site, **walk.TOLD_LONG_AGO)
    worker.tick(site.app.extensions["frontdoor.database"], now=clock.now())

    for page in (site.page("/worklist"), site.page(case)):
        (row,) = [t for t in texts(page, "//tbody/tr") if t.startswith("Record why")]
        assert "1 hour from first contact (SWK-48)" in row
    for address in ("/worklist/tasks.csv", "/worklist/print", f"{case}/print"):
        written = site.client.get(address).get_data(as_text=True)
        assert "Record why it was missed: 1 hour from first contact (SWK-48)" in written


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=3, minutes=59), "3 hours left"),
        (timedelta(hours=-2), "overdue by 2 hours"),
        (timedelta(minutes=1), "1 minute left"),
        (timedelta(seconds=30), "less than a minute left"),
        (timedelta(seconds=-30), "overdue by less than a minute"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(days=2), "2 days left"),
    ],
)
def test_time_left_is_said_in_whole_units(left: timedelta, words: str) -> None:
    now = clock.now()

    assert time_left(now + left, now) == words


def test_must_and_should_are_told_apart() -> None:
    assert [by_when(word) for word in ("must", "should", "may", None)] == [
        "Must be done by",
        "Should be done by",
        "May be done by",
        "To be done by",
    ]


def test_mine_shows_what_i_have_claimed(site: Site, task: str) -> None:
    walk.start(site)
    page = site.page("/worklist?show=mine")
    assert "You have claimed no task" in page.text_content()

    site.post(f"{task}/claim", origin="/worklist")

    page = site.page("/worklist?show=mine")
    assert page.xpath("//tbody//th/a/@href") == [task]
    assert texts(page, "//*[@aria-current='page']") == ["Mine (1)"]
    assert len(site.page("/worklist?show=team").xpath("//tbody//tr")) == 2


def test_an_empty_worklist_says_when_something_will_show(site: Site) -> None:
    assert "Nothing waits for your roles" in site.page("/worklist").text_content()


def test_a_task_of_another_authority_is_neither_shown_nor_taken(site: Site, task: str) -> None:
    sites.add_person(site.app, "far@example.test", "information_officer", authority="elsewhere")
    far = site.beside("far@example.test")

    for act in ("claim", "release"):
        chosen = {"act": act, "task": [number_of(task)]}
        answer = far.post("/worklist/selected", chosen, origin="/worklist")
        assert checked(answer, status=422).findtext(".//h1") == "No task was selected"
    asked = far.post(
        "/worklist/selected", {"act": "reassign", "task": [number_of(task)]}, origin="/worklist"
    )
    assert "Record contact" not in asked.text
    assert far.post(f"/worklist{task}/take", origin="/worklist").status_code == 404
    assert names(far) == []


def test_pages_are_turned_by_links(site: Site, task: str) -> None:
    crowd(site, 70)
    first = site.page("/worklist")
    (onward,) = first.xpath("//nav[@aria-label='Pages of the worklist']//a/@href")

    second = site.page(onward)
    (back,) = second.xpath("//nav[@aria-label='Pages of the worklist']//a/@href")

    ids = [set(page.xpath("//input[@name='task']/@value")) for page in (first, second)]
    assert [len(found) for found in ids] == [50, 21]
    assert not ids[0] & ids[1]
    assert set(site.page(back).xpath("//input[@name='task']/@value")) == ids[0]


def test_a_full_page_is_small_and_asks_the_database_little(site: Site, task: str) -> None:
    crowd(site, 70)

    with site.asked() as said:
        answer = site.client.get("/worklist")

    assert len(checked(answer).xpath("//input[@name='task']")) == 50
    assert len(answer.data) < 100_000
    assert 0 < len(said) <= 12, said


@pytest.mark.parametrize("place", ["nonsense", f"none~{'9' * 30}"])
def test_a_place_that_is_none_is_explained(site: Site, place: str) -> None:
    page = site.page(f"/worklist?after={place}", status=422)

    assert "first page" in page.text_content()
