"""The journey of a contact on PostgreSQL, whose ways differ from SQLite's."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine import absences, doctor, simulations, worker
from engine.absences import Leave
from engine.people import Actor, actor_of, find
from engine.runtime import acts, backfill
from engine.store.database import Database
from engine.store.tables import SearchTerm
from tests.engine import postgresql
from tests.engine.documents import samples
from tests.engine.runtime import playing
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts
from web import clock

pytestmark = pytest.mark.skipif(bool(postgresql.missing()), reason=postgresql.missing() or "")

PAGES = (
    "/worklist", "/worklist?whose=mine", "/cases", "/cases?name=row", "/letters",
    "/board/southwark", "/contacts/find", "/contacts/found", "/contacts/new", "/help",
)  # fmt: skip
ROWAN = {
    "children.count": "1",
    "children.0.name": "Rowan Ashdown-Birch",
    "children.0.date_of_birth.day": "4",
    "children.0.date_of_birth.month": "5",
    "children.0.date_of_birth.year": "2017",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with postgresql.cluster() as url:
        app = sites.application(sites.build(tmp_path_factory.mktemp("pg") / "var", url=url))
        yield app
        app.extensions["frontdoor.database"].close()


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["frontdoor.database"]
    return found


@pytest.fixture(scope="module")
def begun(app: Flask) -> str:
    """A case of which a record was made with a file, through its pages."""
    site = Site(app=app, client=app.test_client()).sign_in(sites.EVERYBODY)
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    form = walk.form_of(site.page(task), task)
    file = {"contact_documents": (io.BytesIO(samples.PDF), "letter.pdf")}
    sent = {**walk.values_of(form), "concern": "Typed", **file}
    site.client.post(f"{task}/claim", data=sent)
    assert "Your draft of" in site.page(task).text_content()
    walk.complete(site, task, ROWAN)
    return case


def names(site: Site, **sought: str) -> list[str]:
    """The children whom somebody finds before a contact."""
    site.post("/contacts/find", {"authority": "southwark", **sought}, origin="/contacts/find")
    return texts(site.page("/contacts/found"), "//label[starts-with(@for, 'child-')]")[:-1]


def person(session: Session, email: str) -> Actor:
    return actor_of(session, find(session, email))


@pytest.mark.parametrize(
    "sought",
    [
        {"name": "row"},
        {"name": "ASHDOWNB"},
        {"name": "Rowen Ashdowne"},
        {"name": "birch rowan"},
        {"date_of_birth": "4 5 2017"},
    ],
    ids=str,
)
def test_a_child_is_found(site: Site, begun: str, sought: dict[str, str]) -> None:
    assert "Rowan Ashdown-Birch" in names(site, **sought)


def test_nobody_else_is_found(site: Site, begun: str) -> None:
    assert names(site, name="rowz") == []


def test_a_second_case_of_the_child_is_related(site: Site, begun: str) -> None:
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    walk.complete(site, task, ROWAN)

    assert "The same child" in site.page(f"{begun}/related").text_content()
    assert site.page(f"{begun}/chronology").xpath("//h1")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers(site: Site, begun: str, page: str) -> None:
    site.page(page)


def test_every_part_of_a_case_is_shown(site: Site, begun: str) -> None:
    page = site.page(begun)

    for part in {str(link) for link in page.xpath("//nav//a/@href") if str(link).startswith(begun)}:
        site.page(part)
    (file,) = site.page(f"{begun}/documents").xpath("//a[contains(@href, '/documents/')]/@href")
    assert site.client.get(file).data == samples.PDF


def test_what_no_database_keeps_is_taken_out_of_every_text(site: Site, begun: str) -> None:
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    form = walk.form_of(site.page(task), task)
    values = walk.answered(form, {"children.count": "1", "children.0.name": "Nu\x00ll"})
    typed = {name: f"{text}\x00" for name, text in values.items() if text == "Written by a test"}
    assert typed

    site.client.post(f"{task}/draft", data={**values, **typed})
    assert site.client.post(task, data={**values, **typed}).status_code == 302

    assert "Null" in site.page(case).text_content()


def test_a_case_is_withdrawn_and_opened_again(site: Site, database: Database) -> None:
    case_id = int(walk.start(site).rpartition("/")[2])
    by, why = playing.everybody(), "A reason that is long enough"
    with database.writing() as session:
        acts.withdraw(session, case_id, why, by=by, now=clock.now())
    with database.writing() as session:
        acts.reopen(session, case_id, why, by=by, now=clock.now())

    with database.reading() as session:
        assert doctor.check_invariants(session, now=clock.now()) == ()


def test_timers_fire_and_the_worker_is_heard_of(site: Site, database: Database) -> None:
    walk.start(site, **walk.TOLD_LONG_AGO)
    now = clock.now() + timedelta(days=3)

    assert worker.tick(database, now=now).failed == ()

    with database.reading() as session:
        assert worker.is_alive(session, now=now)


def test_somebody_is_covered(database: Database, begun: str) -> None:
    now = clock.now()
    with database.writing() as session:
        one, other = person(session, sites.EVERYBODY), person(session, sites.OFFICER)
        absences.add(
            session,
            Leave(
                person_id=int(one.id),
                covered_by=int(other.id),
                starts_at=now,
                ends_at=now + timedelta(days=1),
            ),
            by=one,
            now=now,
        )
        assert absences.covered(session, other, now=now) == {one.key: one.name}


def test_a_simulation_is_kept(database: Database) -> None:
    with database.writing() as session:
        by = person(session, sites.EVERYBODY)
        number = simulations.start(session, {"of": "year"}, total=1, by=by, now=clock.now())
        simulations.finish(session, number, {"differ": []}, now=clock.now())
        assert simulations.read(session, number, by=by, now=clock.now()).result == {"differ": []}


def test_older_cases_get_their_terms(site: Site, database: Database, begun: str) -> None:
    with database.writing() as session:
        session.execute(delete(SearchTerm))
    assert names(site, name="Rowan") == []

    assert backfill.give_terms(database, tell=lambda _done: None)

    assert "Rowan Ashdown-Birch" in names(site, name="Rowan")


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"]
)
def test_the_audit_trail_cannot_be_changed(database: Database, begun: str, change: str) -> None:
    with pytest.raises(DBAPIError), database.writing() as session:
        session.execute(text(change))


def test_the_whole_holds_together(database: Database, begun: str) -> None:
    with database.reading() as session:
        assert doctor.check_invariants(session, now=clock.now()) == ()
