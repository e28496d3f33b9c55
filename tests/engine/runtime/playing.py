"""A deployed procedure, people who hold its roles, and cases in it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from engine import definitions
from engine.casework import CaseTask, default_of, unanswered
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Field
from engine.people import Actor
from engine.runtime import start, tasks
from engine.store.database import Database
from engine.store.deployed import keep
from engine.store.tables import UserTask

ROOT = Path(__file__).parents[3]
AUTHORITY = "southwark"
NOW = datetime(2026, 9, 22, 10, 5, tzinfo=UTC)  # a Tuesday, 11:05 in London


@cache
def definition() -> AuthorityDefinition:
    return definitions.load_authority(ROOT, AUTHORITY)


def everybody(authority: str = AUTHORITY) -> Actor:
    """Somebody who holds every role."""
    grants = frozenset((authority, role) for role in definition().roles)
    return Actor(kind="system", id="test", name="Test", grants=grants)


def only(role: str, *, number: int = 1) -> Actor:
    """Somebody who holds one role."""
    return Actor(kind="person", id=number, name=f"P{number}", grants=frozenset({(AUTHORITY, role)}))


def deploy_to(database: Database) -> None:
    with database.writing() as session:
        keep(session, definition(), by="system:test", now=NOW)


def start_case(database: Database, *, now: datetime = NOW, **facts: Any) -> int:
    with database.writing() as session:
        facts = {"received_at": now, **facts}
        return start.start(session, AUTHORITY, facts, by=everybody(), now=now).id


def start_referral(database: Database, *, now: datetime = NOW, **facts: Any) -> int:
    """Start a case and take it to where its limits of a day run: the referral is written up."""
    case_id = start_case(database, now=now, contact_channel="email", child_may_be_in_need=False)
    for _ in range(8):
        if "write_up_referral" in {row.element_id for row in open_rows(database, case_id)}:
            return case_id
        complete_next(database, case_id, now=now, contact_channel="email", **facts)
    raise AssertionError("the case does not become a referral")


def open_row(database: Database, case_id: int, element_id: str) -> UserTask:
    return next(row for row in open_rows(database, case_id) if row.element_id == element_id)


def open_rows(database: Database, case_id: int) -> list[UserTask]:
    with database.reading() as session:
        query = session.query(UserTask).filter_by(case_id=case_id, ended_at=None)
        return query.order_by(UserTask.id).all()


def answers_of(database: Database, task_id: int, **facts: Any) -> dict[str, Any]:
    with database.reading() as session:
        return answers(tasks.get(session, task_id, by=everybody()).task, facts)


def complete_next(
    database: Database, case_id: int, *, now: datetime, **facts: Any
) -> UserTask | None:
    """Complete the oldest open task with the facts given, and defaults for the others."""
    rows = open_rows(database, case_id)
    if rows:
        complete(database, rows[0], now=now, **facts)
    return rows[0] if rows else None


def complete(database: Database, row: UserTask, *, now: datetime, **facts: Any) -> None:
    given = answers_of(database, row.id, **facts)
    with database.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=now)


def answers(task: CaseTask, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what a task asks, until answering shows no more fields."""
    given: dict[str, Any] = {}
    while fields := unanswered(task, given):
        given.update({str(field.key): _answer(field, facts) for field in fields})
    return {key: value for key, value in given.items() if value is not None}


def _answer(field: Field, facts: Mapping[str, Any]) -> Any:
    vocabulary = definition().vocabulary
    fact = vocabulary.facts.get(str(field.key))
    if field.key in facts:
        return facts[str(field.key)]
    if fact is not None:
        default = default_of(vocabulary, fact, {"received_at": NOW.isoformat()})
        return NOW.isoformat() if fact.type == "datetime" else default
    if not field.required:
        return None
    if field.options:
        first = field.options[0].value
        return [first] if field.type in ("checklist", "taglist") else first
    if field.type == "datetime":
        return NOW.date().isoformat() if field.subtype == "date" else NOW.isoformat()
    return {"checkbox": True, "number": 1}.get(field.type, "text")
