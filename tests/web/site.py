"""A small service to test pages against: a database, the Southwark procedure, a few people."""

import re
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from lxml import html
from werkzeug.test import TestResponse

from engine import definitions, people
from engine.people import sessions
from engine.store import migrations
from engine.store.deployed import keep
from engine.store.settings import Settings
from tests import persons
from tests.statements import statements
from web import clock, create_app
from web.config import Config

ROOT = Path(__file__).parents[2]
AUTHORITY = "southwark"
PASSWORD = persons.PASSWORD
EVERYBODY = "everybody@example.test"  # holds every role of the authority
OFFICER = "officer@example.test"  # information officers only
ANALYST = "analyst@example.test"
STRANGER = "stranger@example.test"  # holds no role
COLLEAGUE = "colleague@example.test"  # holds every role too, where a test adds them


@cache
def definition() -> definitions.AuthorityDefinition:
    """The procedure that the tests' contacts run by."""
    return definitions.load_authority(ROOT, AUTHORITY)


def changed(path: str, pattern: bytes, new: bytes) -> definitions.AuthorityDefinition:
    """The same procedure with every match of a pattern in one of its files replaced."""
    sources = dict(definition().sources)
    sources[path], count = re.subn(pattern, new, sources[path])
    assert count
    return definitions.from_sources(sources, AUTHORITY)


def deploy(app: Flask, procedure: definitions.AuthorityDefinition) -> None:
    """Let new contacts run by this procedure."""
    with app.extensions["frontdoor.database"].writing() as session:
        keep(session, procedure, by="system:tests", now=clock.now())


def add_person(app: Flask, email: str, *roles: str, authority: str = AUTHORITY) -> None:
    """Let one more person sign in, with these roles."""
    with app.extensions["frontdoor.database"].writing() as session:
        person = persons.create(session, email=email, name=_name_of(email), now=clock.now())
        for role in roles:
            people.grant(session, person.id, authority, role)


def build(folder: Path, *, deployed: bool = True, url: str | None = None) -> Settings:
    """Make a database with people who can sign in, and the procedure deployed."""
    elsewhere = {"FRONTDOOR_DATABASE_URL": url} if url else {}
    settings = Settings.from_env({"FRONTDOOR_VAR": str(folder), **elsewhere})
    settings.prepare()
    migrations.upgrade(settings.database_url)
    database = settings.open()
    now = clock.now()
    with database.writing() as session:
        if deployed:
            keep(session, definition(), by="system:tests", now=now)
        for email, grants in _grants().items():
            person = persons.create(session, email=email, name=_name_of(email), now=now)
            for authority, role in grants:
                people.grant(session, person.id, authority, role)
    database.close()
    return settings


def copy(built: Settings, folder: Path) -> Settings:
    """The same service again, in a folder of its own."""
    shutil.copytree(built.var, folder, dirs_exist_ok=True)
    return Settings.from_env({"FRONTDOOR_VAR": str(folder)})


def application(settings: Settings, *, https: bool = False) -> Flask:
    """The application over a database that `build` made."""
    app = create_app(Config(engine=settings, secret_key="k" * 40, https=https))
    app.testing = True
    app.jinja_env.bytecode_cache = _COMPILED
    return app


class _Compiled(BytecodeCache):
    """What templates compile to, kept for every application of the run."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _name_of(email: str) -> str:
    return email.split("@")[0].title()


def _grants() -> dict[str, list[tuple[str, str]]]:
    return {
        EVERYBODY: [(AUTHORITY, role) for role in definition().roles],
        OFFICER: [(AUTHORITY, "information_officer")],
        ANALYST: [(people.EVERYWHERE, people.ANALYST)],
        STRANGER: [],
    }


@dataclass(frozen=True, kw_only=True)
class Site:
    """A browser without JavaScript that is particular about every page."""

    app: Flask
    client: FlaskClient

    def sign_in(self, email: str) -> "Site":
        """Come in as a person, without the cost of a password."""
        database = self.app.extensions["frontdoor.database"]
        with database.writing() as store:
            id_ = sessions.start(store, people.find(store, email).id, now=clock.now())
        with self.client.session_transaction() as cookie:
            cookie["sid"] = id_
        return self

    def beside(self, email: str) -> "Site":
        """Another browser, in which a person has come in."""
        return Site(app=self.app, client=self.app.test_client()).sign_in(email)

    def page(self, path: str, *, status: int = 200) -> html.HtmlElement:
        """The parsed page, once it is found to be well made."""
        return checked(self.client.get(path), status=status)

    def asked(self) -> AbstractContextManager[list[str]]:
        """What the database is asked meanwhile."""
        return statements(self.app.extensions["frontdoor.database"].engine)

    def post(
        self, path: str, data: dict[str, str | list[str]] | None = None, *, origin: str = "/sign-in"
    ) -> TestResponse:
        """Post a form with the token of a page."""
        token = csrf_of(self.client.get(origin, follow_redirects=True))
        return self.client.post(path, data={**(data or {}), "csrf_token": token})


def words(page: html.HtmlElement) -> str:
    """All words of a page."""
    return " ".join(page.text_content().split())


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """The words of the elements that an XPath finds."""
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


def csrf_of(response: TestResponse) -> str:
    """The token that the page's forms carry."""
    found = html.fromstring(response.text).xpath("//input[@name='csrf_token']/@value")
    return str(found[0])


def checked(response: TestResponse, *, status: int = 200) -> html.HtmlElement:
    """What every page keeps: one h1 in its title, unique ids, form addresses, tokens, labels."""
    assert response.status_code == status, response.text[:2000]
    assert response.mimetype == "text/html"
    page = html.fromstring(response.text)
    headings = texts(page, "//h1")
    assert len(headings) == 1
    assert page.findtext(".//title") in (
        f"{headings[0]} – Frontdoor",
        f"Error: {headings[0]} – Frontdoor",
    )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(id_ for id_ in ids if ids.count(id_) > 1)
    for form in page.xpath("//form"):
        assert str(form.get("action")).startswith("/")
        if str(form.get("method")).lower() == "post":
            assert form.xpath(".//input[@name='csrf_token']")
    for link in page.xpath("//a/@href[starts-with(., '#')]"):
        assert str(link)[1:] in ids, link
    assert not page.xpath("//@style")
    assert not page.xpath("//script[not(@src) and not(@nonce)]")
    return page
