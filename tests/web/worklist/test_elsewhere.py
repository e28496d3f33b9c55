"""The worklist where no page shows it: on paper, in a spreadsheet, to a script."""

from datetime import timedelta

from sqlalchemy import select

from engine import people
from engine.people import sessions
from tests.web import walk
from tests.web.site import Site, checked, texts
from web import clock


def test_the_page_on_paper_has_the_tasks_and_their_questions(site: Site, task: str) -> None:
    page = site.page("/worklist/print")

    assert "1 open task, soonest limit first" in page.text_content()
    assert texts(page, "//tbody/tr/td[2]") == ["Record contact"]
    assert "How was the contact made?" in texts(page, "//h3/following-sibling::ul[1]/li")


def test_the_file_for_a_spreadsheet_has_the_tasks_and_nothing_that_runs(
    site: Site, task: str
) -> None:
    walk.complete(site, task, {"children.count": "1", "children.0.name": "=1+1"})

    answer = site.client.get("/worklist/tasks.csv")

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="worklist.csv"'
    heading, line = answer.text.lstrip("\ufeff").splitlines()
    assert heading.split(",")[:3] == ["Limit", "Must or should", "Name of the limit"]
    assert "'=1+1" in line


def test_a_script_is_told_how_much_has_changed(site: Site, colleague: Site) -> None:
    page = site.page("/worklist")
    (region,) = page.xpath("//main//p[@role='status']")
    assert site.client.get(region.get("data-changes")).json["changes"] == 0

    walk.start(colleague)

    told = site.client.get(region.get("data-changes")).json
    assert (told["changes"], told["overdue"]) == (1, "0")
    checked(site.client.get("/worklist/changes?since=x"), status=422)


def test_a_script_that_asks_keeps_nobody_signed_in(site: Site) -> None:
    database = site.app.extensions["frontdoor.database"]
    long_ago = clock.now() - sessions.IDLE + timedelta(minutes=1)

    def last_seen() -> object:
        with database.reading() as store:
            return store.scalar(select(people.sessions.WebSession.last_seen_at))

    with database.writing() as store:
        store.scalars(select(people.sessions.WebSession)).one().last_seen_at = long_ago
    site.client.get("/worklist/changes?since=0.0")
    assert last_seen() == long_ago
    site.page("/worklist")
    assert last_seen() != long_ago


def test_a_stamp_that_no_page_gave_is_refused(site: Site) -> None:
    answer = site.client.get(f"/worklist/changes?since={'9' * 30}.1")

    assert answer.status_code == 422
