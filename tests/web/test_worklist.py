"""The worklist: what it lists, filters, and does to several tasks; absences; paper."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from engine import people
from engine.people import sessions
from engine.store.tables import AuditEntry, UserTask
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from web import clock
from web.worklist.words import by_when, time_left

COLLEAGUE = "colleague@example.test"  # holds every role of the authority too


@pytest.fixture
def case(site: Site) -> str:
    """A contact that waits for its record to be written."""
    return walk.start(site)


@pytest.fixture
def task(site: Site, case: str) -> str:
    """The address of the contact's first task."""
    ((_name, address),) = walk.open_tasks(site, case)
    return address


@pytest.fixture
def colleague(app: Flask) -> Site:
    """Another person with every role."""
    with app.extensions["frontdoor.database"].writing() as store:
        person = people.create(
            store, email=COLLEAGUE, name="Colleague", password=sites.PASSWORD, now=clock.now()
        )
        for role in sites.definition().roles:
            people.grant(store, person.id, sites.AUTHORITY, role)
    return Site(app=app, client=app.test_client()).sign_in(COLLEAGUE)


def id_of(site: Site, email: str) -> str:
    with site.app.extensions["frontdoor.database"].reading() as store:
        return str(people.find(store, email).id)


def number_of(task: str) -> str:
    return task.rpartition("/")[2]


def counts(site: Site, path: str = "/worklist") -> list[str]:
    return texts(site.page(path), "//ul[@class='app-counts']/li")


def names(site: Site, path: str = "/worklist") -> list[str]:
    return [words.split(" for case")[0] for words in texts(site.page(path), "//tbody//th/a")]


def whose(site: Site, path: str = "/worklist") -> list[str]:
    return texts(site.page(path), "//td[@data-column='Whose']")


def choose(site: Site, **filters: str) -> str:
    answer = site.post("/worklist/filters", {**filters}, origin="/worklist")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


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


def test_filters_are_kept_until_they_are_cleared(site: Site, task: str) -> None:
    assert choose(site, role="duty_manager") == "/worklist?show=team"
    site.sign_in(sites.EVERYBODY)

    page = site.page("/worklist")
    assert "You see only: Duty Manager." in " ".join(page.text_content().split())
    assert "No open task is like that" in page.text_content()
    assert page.xpath("//select[@id='role']/option[@selected]/@value") == ["duty_manager"]

    site.post("/worklist/filters/clear", {"whose": "team"}, origin="/worklist")
    assert names(site) == ["Record contact"]


def test_filters_are_ones_own(site: Site, colleague: Site, task: str) -> None:
    choose(site, role="duty_manager")

    assert names(site) == []
    assert names(colleague) == ["Record contact"]


def test_a_childs_name_is_a_filter_and_stands_in_no_address(site: Site, task: str) -> None:
    walk.complete(site, task, {"children.count": "1", "children.0.name": "Zoe Quill"})
    walk.start(site)

    address = choose(site, child="quil")

    assert "quil" not in address
    page = site.page("/worklist")
    assert texts(page, "//div[@class='app-worklist__child']") == ["Zoe Quill"]
    assert len(page.xpath("//tbody//tr")) == 1
    assert "quil" not in "".join(page.xpath("//@href"))


def test_who_referred_is_a_filter(site: Site) -> None:
    walk.start(site, referrer_kind="public")

    choose(site, referrer_kind="family")
    assert names(site) == []
    choose(site, referrer_kind="public")
    assert names(site) == ["Record contact"]


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


def test_several_tasks_are_claimed_and_released_at_once(site: Site) -> None:
    tasks = [walk.open_tasks(site, walk.start(site))[0][1] for _ in range(3)]
    chosen = [number_of(address) for address in tasks[:2]]

    done = checked(site.post("/worklist/selected", {"act": "claim", "task": chosen},
                             origin="/worklist"))  # fmt: skip

    assert done.findtext(".//h1") == "2 of 2 tasks claimed"
    assert sum(words.startswith("Yours") for words in whose(site)) == 2
    done = checked(site.post("/worklist/selected", {"act": "release", "task": chosen},
                             origin="/worklist"))  # fmt: skip
    assert done.findtext(".//h1") == "2 of 2 tasks released"
    assert names(site, "/worklist?show=mine") == []


def test_each_task_that_could_not_be_claimed_has_its_reason(
    site: Site, colleague: Site, task: str
) -> None:
    other = walk.open_tasks(site, walk.start(site))[0][1]
    colleague.post(f"{task}/claim", origin="/worklist")
    chosen: list[str] = [number_of(task), number_of(other)]

    page = checked(site.post("/worklist/selected", {"act": "claim", "task": chosen},
                             origin="/worklist"))  # fmt: skip

    assert page.findtext(".//h1") == "1 of 2 tasks claimed"
    items = texts(page, "//main//li")
    assert "Colleague claimed this at" in items[0]
    again = site.post("/worklist/selected", {"act": "claim", "task": [number_of(task)]},
                      origin="/worklist")  # fmt: skip
    assert checked(again, status=409).findtext(".//h1") == "0 of 1 task claimed"


def test_nothing_selected_is_said(site: Site, task: str) -> None:
    for act in ("claim", "release", "reassign"):
        answer = site.post("/worklist/selected", {"act": act}, origin="/worklist")
        assert checked(answer, status=422).findtext(".//h1") == "No task was selected"


@pytest.mark.parametrize("written", ["x", "-1", "", "٣", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_is_refused(site: Site, task: str, written: str) -> None:
    answer = site.post("/worklist/selected", {"act": "claim", "task": written}, origin="/worklist")

    checked(answer, status=422)


def test_tasks_are_reassigned_to_a_colleague(site: Site, colleague: Site, task: str) -> None:
    chosen = {"act": "reassign", "task": [number_of(task)]}
    page = checked(site.post("/worklist/selected", chosen, origin="/worklist"))
    offered = texts(page, "//select[@id='to']/option")
    assert offered == ["Choose a colleague", "Colleague", "Everybody", "Officer"]

    nobody = site.post("/worklist/reassign", {"task": [number_of(task)]}, origin="/worklist")
    assert "Choose a colleague." in checked(nobody, status=422).text_content()
    done = site.post(
        "/worklist/reassign",
        {"task": [number_of(task)], "to": id_of(site, COLLEAGUE)},
        origin="/worklist",
    )

    assert checked(done).findtext(".//h1") == "1 of 1 task reassigned"
    assert whose(site) == ["Colleague"]
    assert names(colleague, "/worklist?show=mine") == ["Record contact"]


def test_a_task_of_another_authority_is_neither_shown_nor_taken(site: Site, task: str) -> None:
    with site.app.extensions["frontdoor.database"].writing() as store:
        stranger = people.create(store, email="far@example.test", name="Far",
                                 password=sites.PASSWORD, now=clock.now())  # fmt: skip
        people.grant(store, stranger.id, "elsewhere", "information_officer")
    far = Site(app=site.app, client=site.app.test_client()).sign_in("far@example.test")

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


DAYS = {
    "first-day": "1", "first-month": "1", "first-year": "2026",
    "last-day": "2", "last-month": "1", "last-year": "2199",
}  # fmt: skip


def arrange(site: Site, person: str, cover: str):  # type: ignore[no-untyped-def]
    who = {"person": id_of(site, person), "cover": id_of(site, cover)}
    return send(site, {**who, **DAYS})


def send(site: Site, boxes: dict[str, str]):  # type: ignore[no-untyped-def]
    return site.post("/worklist/absences", {**boxes}, origin="/worklist/absences")


def test_whoever_covers_takes_over(site: Site, colleague: Site, task: str) -> None:
    site.post(f"{task}/claim", origin="/worklist")
    assert arrange(site, sites.EVERYBODY, COLLEAGUE).headers["Location"] == "/worklist/absences"

    assert whose(colleague, "/worklist?show=mine") == [
        f"For Everybody, who is away Take over Record contact, case {reference(site)}"
    ]
    answer = colleague.post(f"/worklist{task}/take", origin="/worklist")

    assert answer.headers["Location"] == task
    assert whose(colleague, "/worklist?show=mine")[0].startswith("Yours")


def reference(site: Site) -> str:
    return texts(site.page("/worklist"), "//td[@data-column='Case']")[0]


def test_absences_are_listed_and_ended(site: Site, colleague: Site) -> None:
    assert "Nobody is away now" in site.page("/worklist/absences").text_content()
    arrange(site, sites.EVERYBODY, COLLEAGUE)

    page = site.page("/worklist/absences")
    assert texts(page, "//tbody/tr/*[position() < 5]") == [
        "Everybody Away now", "1 January 2026", "2 January 2199", "Colleague",
    ]  # fmt: skip
    (end,) = page.xpath("//tbody//form/@action")
    site.post(end, origin="/worklist/absences")
    assert "Nobody is away now" in site.page("/worklist/absences").text_content()


@pytest.mark.parametrize(
    ("boxes", "focus"),
    [
        ({"person": ""}, "#person"),
        ({"cover": "x"}, "#cover"),
        ({"person": "9" * 5000}, "#person"),
        ({"first-day": "32"}, "#first-day"),
        ({"first-day": "9" * 30}, "#first-day"),
        ({"last-month": ""}, "#last-day"),
        ({"last-year": "9999"}, "#last-day"),
        ({"last-year": "2025"}, "#last-day"),
    ],
)
def test_a_wrong_absence_is_explained_and_what_was_typed_stays(
    site: Site, colleague: Site, boxes: dict[str, str], focus: str
) -> None:
    who = {"person": id_of(site, sites.EVERYBODY), "cover": id_of(site, COLLEAGUE)}
    typed = {**who, **DAYS, **boxes}

    page = checked(send(site, typed), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == [focus]
    assert page.get_element_by_id(focus[1:]) is not None
    assert page.get_element_by_id("first-day").get("value") == typed["first-day"]


def test_whoever_is_no_manager_arranges_cover_only_for_themselves(site: Site) -> None:
    officer = Site(app=site.app, client=site.app.test_client()).sign_in(sites.OFFICER)

    page = officer.page("/worklist/absences")
    assert texts(page, "//select[@id='person']/option") == ["Choose a person", "Officer"]
    answer = arrange(officer, sites.EVERYBODY, sites.OFFICER)

    assert "for yourself" in checked(answer, status=422).text_content()


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


def crowd(site: Site, number: int) -> None:
    """The open task many times over."""
    with site.app.extensions["frontdoor.database"].writing() as store:
        row = store.scalars(select(UserTask)).one()
        values = {c.name: getattr(row, c.name) for c in UserTask.__table__.columns}
        for place in range(number):
            due = clock.now() + timedelta(minutes=place)
            store.add(UserTask(**{**values, "id": None, "task": f"copy {place}", "due_at": due}))


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
    said: list[str] = []
    engine = site.app.extensions["frontdoor.database"].engine
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    answer = site.client.get("/worklist")

    assert len(answer.data) < 100_000
    assert len([words for words in said if words.startswith("SELECT")]) <= 12


@pytest.mark.parametrize("place", ["nonsense", f"none~{'9' * 30}"])
def test_a_place_that_is_none_is_explained(site: Site, place: str) -> None:
    page = site.page(f"/worklist?after={place}", status=422)

    assert "first page" in page.text_content()


def test_a_stamp_that_no_page_gave_is_refused(site: Site) -> None:
    answer = site.client.get(f"/worklist/changes?since={'9' * 30}.1")

    assert answer.status_code == 422


def test_a_colleague_whom_there_cannot_be_is_asked_for_again(site: Site, task: str) -> None:
    number = task.rpartition("/")[2]

    answer = site.post("/worklist/reassign", {"task": number, "to": "9" * 30}, origin="/worklist")

    assert "Choose a colleague." in checked(answer, status=422).text_content()


def test_no_audit_entry_names_a_child_or_a_person(site: Site, colleague: Site, task: str) -> None:
    walk.complete(site, task, {"children.count": "1", "children.0.name": "Zoe Quill"})
    number = site.page("/worklist").xpath("//input[@name='task']/@value")[0]
    site.post("/worklist/reassign", {"task": [number], "to": id_of(site, COLLEAGUE)},
              origin="/worklist")  # fmt: skip
    arrange(site, sites.EVERYBODY, COLLEAGUE)

    with site.app.extensions["frontdoor.database"].reading() as store:
        entries = store.scalars(select(AuditEntry)).all()

    told = [entry for entry in entries if entry.event in ("user_task.reassigned", "absence.added")]
    assert len(told) == 2
    for entry in entries:
        assert "Quill" not in f"{entry.subject} {entry.detail}"
        assert "Colleague" not in f"{entry.subject} {entry.detail}"
