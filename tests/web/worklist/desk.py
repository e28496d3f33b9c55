"""What tests read off the worklist, and do there."""

from datetime import timedelta

from sqlalchemy import select

from engine import people
from engine.store.tables import UserTask
from tests.web.site import Site, texts
from web import clock


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


def crowd(site: Site, number: int) -> None:
    """The open task many times over."""
    with site.app.extensions["frontdoor.database"].writing() as store:
        row = store.scalars(select(UserTask)).one()
        values = {c.name: getattr(row, c.name) for c in UserTask.__table__.columns}
        for place in range(number):
            due = clock.now() + timedelta(minutes=place)
            store.add(UserTask(**{**values, "id": None, "task": f"copy {place}", "due_at": due}))


DAYS = {
    "first-day": "1", "first-month": "1", "first-year": "2026",
    "last-day": "2", "last-month": "1", "last-year": "2199",
}  # fmt: skip


def arrange(site: Site, person: str, cover: str):  # type: ignore[no-untyped-def]
    who = {"person": id_of(site, person), "cover": id_of(site, cover)}
    return send(site, {**who, **DAYS})


def send(site: Site, boxes: dict[str, str]):  # type: ignore[no-untyped-def]
    return site.post("/worklist/absences", {**boxes}, origin="/worklist/absences")


def reference(site: Site) -> str:
    return texts(site.page("/worklist"), "//td[@data-column='Case']")[0]
