"""A referrer who asked to stay anonymous is in nothing that is sent to whoever may not see them.

One case of every authority that has the rule is played through the API, with canary words for who
the referrer is. Every page, file and answer of the application is then asked for by everybody who
may not see them, and searched; so are letters, e-mails, the audit trail, the log and addresses.
"""

import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, MapAdapter, Rule
from werkzeug.test import TestResponse

from engine import definitions, outbox, people, worker
from engine.definitions.desk_settings import roles_of
from engine.people import Actor, tokens
from engine.runtime import reminders, tasks
from engine.store.base import to_json
from engine.store.tables import AuditEntry, Letter, UserTask, metadata
from tests.engine.outbox.letters import mail_server
from tests.engine.runtime.playing import answers
from tests.web import site as sites
from tests.web.api.conftest import Program
from tests.web.site import Site
from web import clock

SECRET = {
    "referrer_name": "Canarybird Quuxley",
    "referrer_agency": "Canarybird Lodge",
    "referrer_contact": "canarybird@quuxley.example.test",
    "referrer_relationship": "The canarybird of next door",
}
CANARY = "canarybird"
FACTS = {
    **SECRET,
    "anonymity_requested": True,
    "referrer_identity_may_be_shared": False,
    "referrer_kind": "public",
    "contact_channel": "email",
    "child_may_be_in_need": True,
    "children": [{"name": "Mina Lark", "date_of_birth": "2017-05-04"}],
    "case_status": "not_known",
    "parents_informed": False,
    "immediate_protection_needed": False,
}
STEPS = 14
NOT_ASKED = {"static", "sign_in.leave"}
ALL = {
    name: definitions.load_authority(sites.ROOT, name)
    for name in definitions.authority_ids(sites.ROOT)
}
PROTECTING = [name for name, found in ALL.items() if "referrer_identity" in found.settings]


class Played:
    """One case of an authority, and the people who may and may not know its referrer."""

    def __init__(self, app: Flask, authority: str) -> None:
        self.app, self.definition = app, ALL[authority]
        self.database = app.extensions["frontdoor.database"]
        self.knowing = roles_of(self.definition.settings, "referrer_identity") or frozenset()
        self.kept_from = [role for role in self.definition.roles if role not in self.knowing]
        self.programs = {role: self._program(role) for role in self.definition.roles}
        self.case_id = 0
        kinds = self.definition.vocabulary.facts.values()
        moments = [fact.id for fact in kinds if fact.type == "datetime"]
        self.facts = {**dict.fromkeys(moments, clock.now().isoformat()), **FACTS}

    @property
    def everybody(self) -> Actor:
        grants = frozenset((self.definition.id, role) for role in self.definition.roles)
        return Actor(kind="system", id="test", name="Test", grants=grants)

    def start(self) -> None:
        told = {key: self.facts[key] for key in ("received_at", "first_contact_at")}
        body = {"authority": self.definition.id, "facts": {**FACTS, **told}}
        answer = self.programs[min(self.knowing)].post("/cases", body)
        assert answer.status_code == 201, answer.text
        self.case_id = answer.json["id"]

    def open_tasks(self) -> list[UserTask]:
        with self.database.reading() as store:
            query = select(UserTask).where(
                UserTask.case_id == self.case_id, UserTask.ended_at.is_(None)
            )
            return list(store.scalars(query.order_by(UserTask.id)))

    def complete(self, row: UserTask) -> TestResponse:
        """Complete a task by a program of its role, with what that role is asked."""
        by = Actor(
            kind="system",
            id="test",
            name="Test",
            grants=frozenset({(self.definition.id, row.role)}),
        )
        with self.database.reading() as store:
            given = answers(tasks.get(store, row.id, by=by).task, self.facts)
        answer = self.programs[row.role].post(f"/tasks/{row.id}/complete", {"answers": given})
        assert answer.status_code == 200, answer.text
        return answer

    def person(self, *roles: str, authority: str | None = None) -> Site:
        """Somebody with these roles, signed in."""
        place = authority or self.definition.id
        email = f"{'-'.join(roles) or 'nobody'}.{place}@staff.example.test".replace("*", "all")
        with self.database.writing() as store:
            known = {line.email for line in people.everybody(store)}
        if email not in known:
            sites.add_person(self.app, email, *roles, authority=place)
        return Site(app=self.app, client=self.app.test_client()).sign_in(email)

    def _program(self, role: str) -> Program:
        with self.database.writing() as store:
            token = tokens.create(
                store, f"canary {role}", authority=self.definition.id, role=role, now=clock.now()
            )
        return Program(app=self.app, token=token)


@pytest.fixture
def played(app: Flask, authority: str) -> Played:
    for found in ALL.values():
        sites.deploy(app, found)
    case = Played(app, authority)
    case.start()
    return case


def body_of(response: TestResponse) -> str:
    """Everything that a browser was sent: address, headers and body, archives unpacked."""
    data = response.get_data()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{response.request.url}\n{response.headers}\n{data.decode(errors='replace')}"


def is_told(text: str) -> bool:
    return CANARY in text.lower()


def values(played: Played, name: str, *, is_number: bool) -> list[object]:
    """What can stand in an address for this name: ids of rows, or words of the procedure."""
    table = {"id": "case", "case_id": "case"}.get(name, name.removesuffix("_id"))
    table = {"task": "user_task"}.get(table, table)
    if name == "id" or (name.endswith("_id") and table in metadata.tables):
        rows = metadata.tables[table]
        column = rows.c.get("case_id", rows.c.id)
        with played.database.reading() as store:
            found = store.execute(
                select(next(iter(rows.primary_key))).where(column == played.case_id)
            )
            return [row[0] for row in found] or [1]
    words = {
        "authority": [played.definition.id],
        "process_id": ["front_door"],
        "decision_id": ["referrer_identity"],
    }
    return list(words.get(name, [1] if is_number else ["front_door"]))


def addresses(played: Played, method: str) -> list[tuple[str, bool]]:
    """Every address that answers the method, and whether it is one of the API."""
    with played.app.test_request_context():
        adapter = played.app.url_map.bind("localhost")
        return [
            (address, rule.endpoint.startswith("api."))
            for rule in played.app.url_map.iter_rules()
            if method in (rule.methods or ()) and rule.endpoint not in NOT_ASKED
            for address in built(adapter, rule, played)
        ]


def built(adapter: MapAdapter, rule: Rule, played: Played) -> Iterator[str]:
    names = sorted(rule.arguments)
    of_tasks = rule.endpoint.startswith("api.") and "/tasks/" in rule.rule
    found = [
        values(
            played,
            "task_id" if of_tasks and name == "id" else name,
            is_number=isinstance(rule._converters[name], IntegerConverter),
        )
        for name in names
    ]
    for chosen in product(*found):
        yield adapter.build(rule.endpoint, dict(zip(names, chosen, strict=True)))


def asked_for(played: Played, site: Site, program: Program | None) -> Iterator[str]:
    """Everything that somebody is sent who asks for every address there is, and posts to each."""
    for address, is_api in addresses(played, "GET"):
        if is_api and program is not None:
            yield body_of(program.get(address.removeprefix("/api/v1")))
        elif not is_api:
            yield body_of(site.client.get(address))


def posted(played: Played, site: Site) -> Iterator[str]:
    token = sites.csrf_of(site.client.get("/sign-in", follow_redirects=True))
    for address, is_api in addresses(played, "POST"):
        if not is_api:
            yield body_of(site.client.post(address, data={"csrf_token": token}))


@pytest.mark.parametrize("authority", PROTECTING)
def test_whoever_may_not_know_the_referrer_is_sent_nothing_of_them(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for rows in steps(played):
        look_at(played, rows)
    reminders.remind(played.database, now=clock.now() + timedelta(hours=23))
    worker.tick(played.database, now=clock.now() + timedelta(days=5))

    for role in played.kept_from:
        site, program = played.person(role), played.programs[role]
        nothing_told(asked_for(played, site, program), role)
    for role in played.kept_from:
        nothing_told(posted(played, played.person(role)), role)
    for site in strangers(played):
        nothing_told(asked_for(played, site, None), "a stranger")
    nothing_told((record.getMessage() for record in caplog.records), "the log")


def steps(played: Played) -> Iterator[list[UserTask]]:
    """The open tasks of the case, again and again; the first is completed before the next."""
    for _ in range(STEPS):
        rows = played.open_tasks()
        if not rows:
            return
        yield rows
        played.complete(rows[0])


def nothing_told(texts: Iterable[str], whom: str) -> None:
    for text in texts:
        assert not is_told(text), (whom, text.partition("\n")[0])


def strangers(played: Played) -> list[Site]:
    """People who see no case of the authority: elsewhere, analysts, without a role, nobody."""
    elsewhere = next(name for name in ALL if name != played.definition.id)
    return [
        played.person(*list(ALL[elsewhere].roles)[:2], authority=elsewhere),
        played.person(people.ANALYST, authority=people.EVERYWHERE),
        played.person(),
        Site(app=played.app, client=played.app.test_client()),
    ]


def look_at(played: Played, rows: list[UserTask]) -> None:
    """Open each task as every role that may not know the referrer, by page and by program."""
    for row, role in product(rows, played.kept_from):
        page = played.person(role).client.get(f"/tasks/{row.id}")
        answer = played.programs[role].get(f"/tasks/{row.id}")
        assert (page.status_code, answer.status_code) == (200, 200)
        nothing_told((body_of(page), body_of(answer)), f"{role} at {row.element_id}")


@pytest.mark.parametrize("authority", PROTECTING)
def test_whoever_may_know_the_referrer_reads_them_where_they_are_recorded(played: Played) -> None:
    for _ in range(3):
        played.complete(played.open_tasks()[0])

    seen = {
        role
        for role in played.knowing
        if any(map(is_told, asked_for(played, played.person(role), played.programs[role])))
    }
    assert seen == played.knowing


@pytest.mark.parametrize("authority", PROTECTING)
def test_letters_emails_and_the_audit_trail_do_not_tell_of_the_referrer(played: Played) -> None:
    for role in played.definition.roles:
        played.person(role)
    for _ in steps(played):
        pass
    with mail_server() as server:
        outbox.deliver(played.database, server.post, now=clock.now() + timedelta(minutes=1))

    with played.database.reading() as store:
        written = store.scalars(select(Letter).where(Letter.case_id == played.case_id)).all()
        trail = store.scalars(select(AuditEntry)).all()
    assert written
    for letter in written:
        assert not is_told(letter.subject + letter.text + letter.html), letter.kind
    for mail in server.received:
        to_referrer = is_told(str(mail["To"]))
        del mail["To"]
        assert not is_told(mail.as_string()), "to the referrer" if to_referrer else "to staff"
    for entry in trail:
        assert not is_told(entry.subject + entry.by + to_json(entry.detail))
