"""Seeds the demo, once: a second time it finds everything in place."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import deploy, people
from engine.definitions.model import AuthorityDefinition
from engine.demo.cases import play_story
from engine.demo.stories import week
from engine.errors import NotFound
from engine.people import ANALYST, EVERYWHERE, SYSTEM, Actor
from engine.store.database import Database
from engine.store.settings import kept_secret
from engine.store.tables import Case

ANALYSTS_ADDRESS = "analyst@example.test"

_FIRST = ("Amara", "Bilal", "Catrin", "Dov", "Elif", "Fergus", "Grace", "Hamid", "Isla", "Jaya")
_LAST = ("Ashby", "Birkett", "Calloway", "Drummond", "Ellery", "Fairclough", "Garrick", "Holt")


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """What the demo has, and the password of all its people."""

    password: str
    deployed: tuple[str, ...]  # authorities that got a new version
    refused: Mapping[str, str]  # authorities that could not be deployed, and why
    cases: int  # demo cases that were made now


def seed(
    database: Database, root: Path, *, var: Path, password: str | None, now: datetime
) -> Seeded:
    """Deploy what lies under `root`; add people and cases where there are none yet.

    An authority whose files are not right stands back, and the others are shown without it.
    """
    secret = password or kept_secret(var / "demo_password", make=_easy_password)
    deployed, refused = _deploy_all(database, root, now=now)
    with database.writing() as session:
        definitions = [deploy.definition_for(session, line.id) for line in deploy.current(session)]
        staff = _people(session, definitions, secret, now=now)
    made = sum(
        _cases(database, definition, (staff[definition.id], place), now=now)
        for place, definition in enumerate(definitions)
    )
    return Seeded(password=secret, deployed=deployed, refused=refused, cases=made)


def _deploy_all(
    database: Database, root: Path, *, now: datetime
) -> tuple[tuple[str, ...], dict[str, str]]:
    new, refused = [], {}
    for authority in deploy.authorities_in(root):
        try:
            with database.writing() as session:
                done = deploy.deploy_folder(session, root, authority, by=SYSTEM.key, now=now)
        except deploy.NotDeployable as refusal:
            refused[authority] = _briefly(refusal)
        else:
            new += [authority] if done.is_new else []
    return tuple(new), refused


def _briefly(refusal: deploy.NotDeployable) -> str:
    title, *sentences = str(refusal).splitlines()
    return f"{title}: {len(sentences)} problems. The first: {sentences[0]}"


def _people(
    session: Session, definitions: list[AuthorityDefinition], password: str, *, now: datetime
) -> dict[str, dict[str, Actor]]:
    """Give every role of every authority two people, of whom the first acts in the demo's cases.

    The analyst has the password tried out.
    """
    analyst = _person(session, ANALYSTS_ADDRESS, "Avery Analyst", password, now=now)
    people.grant(session, analyst.id, EVERYWHERE, ANALYST)
    has_other_password = not people.has_password(analyst, password)
    if has_other_password:
        people.set_password(session, analyst.id, password)
    staff: dict[str, dict[str, Actor]] = {}
    places = [(definition.id, role) for definition in definitions for role in definition.roles]
    for number, (ending, (authority, role)) in enumerate(product(("", ".colleague"), places)):
        email = f"{role}.{authority}{ending}@example.test"
        person = _person(session, email, _name(number), password, now=now)
        if has_other_password:
            people.set_password(session, person.id, password)
        people.grant(session, person.id, authority, role)
        staff.setdefault(authority, {}).setdefault(role, people.actor_of(session, person))
    return staff


def _person(
    session: Session, email: str, name: str, password: str, *, now: datetime
) -> people.Person:
    try:
        return people.find(session, email)
    except NotFound:
        return people.create(session, email=email, name=name, password=password, now=now)


def _cases(
    database: Database,
    definition: AuthorityDefinition,
    placed: tuple[Mapping[str, Actor], int],
    *,
    now: datetime,
) -> int:
    """Play the week of an authority that has no case yet: its people, and its place in the row."""
    staff, place = placed
    with database.reading() as session:
        known = session.scalar(
            select(func.count()).select_from(Case).where(Case.authority == definition.id)
        )
    if known:
        return 0
    stories = week(place, today=now.date())
    for story in stories:
        play_story(database, definition, story, people=staff, now=now)
    return len(stories)


def _name(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"


def _easy_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))
