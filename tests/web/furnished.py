"""A service as it is after a week's work: cases at every stage, and something in every list."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine import absences, definitions, documents, parallel, people, simulations
from engine.absences import Leave
from engine.demo.cases import play_story
from engine.demo.stories import week
from engine.documents import Upload
from engine.people import Actor
from engine.runtime import acts
from engine.store.tables import Case, Incident, Letter, UserTask
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site
from web import clock

OTHER = "sefton"  # a second procedure, in which none of the people works
COLLEAGUE = sites.COLLEAGUE  # holds every role, as EVERYBODY does
OUTSIDER = "manager@example.test"  # holds a role that this task is not for
BOTH = "both@example.test"  # holds a role in each authority
CASES = {
    "late": "A contact from yesterday that has not been decided on",
    "busy": "Three children of one household",
    "withdrawn": "An unborn child",
    "enquiry": "Significant harm suspected, carried through",
}
WHY = "It was about another family."


LATER = (  # a task has another name in the second version
    "bpmn/southwark/front_door.bpmn",
    b'id="write_up_referral" name="Write up referral"',
    b'id="write_up_referral" name="Write up what was said"',
)


@cache
def other() -> definitions.AuthorityDefinition:
    """The second procedure."""
    return definitions.load_authority(sites.ROOT, OTHER)


@dataclass(frozen=True, kw_only=True)
class Furnished:
    """The service, and the numbers of what is in it by the words that addresses use."""

    app: Flask
    places: Mapping[str, int]


def furnish(folder: Path) -> Furnished:
    """Build a service where people have worked for a week."""
    app = sites.application(sites.build(folder))
    sites.deploy(app, other())
    sites.add_person(app, COLLEAGUE, *sites.definition().roles)
    sites.add_person(app, OUTSIDER, "staff_member")
    _add_person_of_both(app)
    cases = _cases(app)
    sites.deploy(app, sites.changed(*LATER))
    with app.extensions["frontdoor.database"].writing() as store:
        by = people.actor_of(store, people.find(store, sites.EVERYBODY))
        places = {**cases, **_kept(store, cases, by), "simulation": _simulation(store, by)}
    site = Site(app=app, client=app.test_client()).sign_in(sites.EVERYBODY)
    places |= _new(site) | {"checked": _waits_for_check(site)}
    app.testing = False
    return Furnished(app=app, places=places)


def bare(folder: Path) -> Furnished:
    """Build a service with a procedure and people, where no contact has come in yet."""
    app = sites.application(sites.build(folder))
    app.testing = False
    return Furnished(app=app, places={})


def undeployed(folder: Path) -> Furnished:
    """Build a service whose people are there before any procedure is."""
    app = sites.application(sites.build(folder, deployed=False))
    app.testing = False
    return Furnished(app=app, places={})


def _add_person_of_both(app: Flask) -> None:
    sites.add_person(app, BOTH, "duty_manager")
    with app.extensions["frontdoor.database"].writing() as store:
        people.grant(store, people.find(store, BOTH).id, OTHER, next(iter(other().roles)))


def _cases(app: Flask) -> dict[str, int]:
    """Play the demo's week; every role is held by one person."""
    database, now = app.extensions["frontdoor.database"], clock.now()
    with database.reading() as store:
        by = people.actor_of(store, people.find(store, sites.EVERYBODY))
    roles = dict.fromkeys(sites.definition().roles, by)
    found: dict[str, int] = {}
    for number, story in enumerate(week(0, today=now.date()), start=1):
        play_story(database, sites.definition(), story, people=roles, now=now)
        found[story.name] = number
    return {key: found[name] for key, name in CASES.items()}


def _kept(store: Session, cases: Mapping[str, int], by: Actor) -> dict[str, int]:
    """Put something in every list; gives what addresses need."""
    now = clock.now()
    away = people.find(store, COLLEAGUE).id
    until = now + timedelta(days=3)
    upload = Upload(name="Letter.txt", media_type="text/plain", content=b"Invented words.\n")
    leave = Leave(person_id=away, covered_by=int(by.id), starts_at=now, ends_at=until)
    documents.add(store, cases["busy"], upload, by=by, now=now)
    absences.add(store, leave, by=by, now=now)
    acts.withdraw(store, cases["withdrawn"], WHY, by=by, now=now)
    is_other = Case.id != cases["withdrawn"]
    store.add(Incident(case_id=cases["late"], sentence="The table gave no result.", at=now))
    return {
        "letter": _first(store, Letter.id),
        "closed": _first(store, Case.id, Case.finished_at.is_not(None), is_other),
        "done": _first(store, UserTask.id, UserTask.completed_at.is_not(None)),
    }


def _first(store: Session, column: InstrumentedAttribute[int], *which: ColumnElement[bool]) -> int:
    return store.scalars(select(column).where(*which).order_by(column)).first() or 0


def _simulation(store: Session, by: Actor) -> int:
    """Play a few referrals and keep their figures."""
    now, chosen = clock.now(), {"southwark": sites.definition(), OTHER: other()}
    year = parallel.Year(year=2026, contacts=12, seed=1, office_share=None, takes=False)
    settings = {"of": "year", "authorities": list(chosen), **asdict(year)}
    tally = parallel.Tally(names={key: each.name for key, each in chosen.items()})
    for brief in parallel.many(chosen, parallel.sampled(sites.definition().vocabulary, year)):
        tally.add(brief)
    figures = tally.figures().items()
    number = simulations.start(store, settings, total=year.contacts, by=by, now=now)
    result = {key: [figure.to_json() for figure in several] for key, several in figures}
    simulations.finish(store, number, result, now=now)
    return number


def _new(site: Site) -> dict[str, int]:
    """Start a contact of which nothing is known yet."""
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    return {"new": _number(case), "task": _number(task)}


def _number(address: str) -> int:
    return int(address.rpartition("/")[2])


def _waits_for_check(site: Site) -> int:
    """Answer a task, so that its answers wait to be checked."""
    for path in site.page("/worklist?show=team").xpath("//main//a/@href"):
        if path.startswith("/tasks/"):
            values = walk.answered(walk.form_of(site.page(path), path), {})
            answer = site.client.post(path, data=values)
            if answer.headers.get("Location") == f"{path}/check":
                return _number(path)
    raise AssertionError("no task asks to check its answers")
