"""Makes databases as large as an authority's: a few cases really played, then copied by SQL.

Every copy has rows of its own in every table, other children, and instants shifted by some minutes,
so that lists have something to sort. Nothing in a copy is shared but the deployed version.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select, text

from engine import definitions, people, scenarios, search_terms
from engine.people import Actor
from engine.runtime import start
from engine.runtime.database_case import DatabaseCase
from engine.store import migrations
from engine.store.base import Instant
from engine.store.database import Database
from engine.store.deployed import keep
from engine.store.settings import Settings
from engine.store.tables import Case, ChildOfCase, SearchTerm, metadata

ROOT = Path(__file__).parents[1]
AUTHORITY = "southwark"
EMAIL = "bench@example.test"
PASSWORD = "four unrelated quiet words"
PLAYED = 4  # cases that have come to their end, beside one that has just begun: a fifth is open
SPREAD = 7 * 24 * 60  # minutes over which the copies' limits lie, two days of them past
PAST = 2 * 24 * 60

_ALONE = frozenset({"audit_entry", "alembic_version"})
_FIRST = tuple(
    start + end
    for start in ("A", "Be", "Ca", "Di", "E", "Fa", "Gi", "Ha", "I", "Jo")
    for end in ("lan", "mira", "ron", "sel", "tim", "vin", "wen", "xa", "yan", "zor")
)
_LAST = tuple(
    start + end
    for start in ("Ash", "Birk", "Cal", "Drum", "El", "Fair", "Gar", "Holt", "Ives", "Kirk")
    for end in ("bourne", "croft", "dale", "field", "ford", "ham", "ley", "mere", "stone", "worth")
)


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """A database with many cases; the first of them is open, the others follow in fives."""

    settings: Settings
    cases: int
    open_tasks: int


def crowd(folder: Path, cases: int, *, now: datetime) -> Crowd:
    """Make, in this folder, a database of that many cases, a fifth of them with an open task."""
    shutil.rmtree(folder, ignore_errors=True)
    settings = Settings.from_env({"FRONTDOOR_VAR": str(folder)})
    settings.prepare()
    migrations.upgrade(settings.database_url)
    database = settings.open()
    _play_a_few(database, now=now)
    with database.engine.connect() as connection:
        # A benchmark's database may be lost; the copies are made without waiting for the disk.
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        _copy(connection, copies=cases // (PLAYED + 1) - 1)
        connection.commit()
    with database.writing() as session:
        open_tasks = session.scalar(text("SELECT count(*) FROM user_task WHERE ended_at IS NULL"))
        total = session.scalar(select(func.count()).select_from(Case))
        session.execute(text("ANALYZE"))
    database.close()
    return Crowd(settings=settings, cases=total or 0, open_tasks=int(open_tasks or 0))


def _play_a_few(database: Database, *, now: datetime) -> None:
    definition = definitions.load_authority(ROOT, AUTHORITY)
    with database.writing() as session:
        keep(session, definition, by="system:bench", now=now)
        person = people.create(session, email=EMAIL, name="Bench", password=PASSWORD, now=now)
        for role in definition.roles:
            people.grant(session, person.id, AUTHORITY, role)
        actor = people.actor_of(session, person)
    _begin(database, actor, now=now)
    chosen = scenarios.read((ROOT / "bpmn" / AUTHORITY / "scenarios.toml").read_bytes(), file="")
    for scenario in chosen[:PLAYED]:
        begin = partial(_start_in, database)
        scenarios.play(scenario, definition, start=begin)


def _start_in(
    database: Database, definition: Any, facts: Any, *, case_id: str, now: datetime
) -> DatabaseCase:
    return DatabaseCase.start_in(database, definition, facts, now=now)


def _begin(database: Database, actor: Actor, *, now: datetime) -> None:
    facts = {
        "received_at": (now - timedelta(hours=2)).isoformat(),
        "contact_channel": "letter",
        "referrer_kind": "professional",
        "child_may_be_in_need": True,
        "children": [{"name": "Alan Ashbourne", "date_of_birth": "2017-05-04"}],
    }
    with database.writing() as session:
        start.start(session, AUTHORITY, facts, by=actor, now=now - timedelta(hours=2))


def _copy(connection: Connection, *, copies: int) -> None:
    connection.exec_driver_sql("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    connection.execute(
        text(
            "INSERT INTO copy WITH RECURSIVE r(n) AS "
            "(SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < :copies) SELECT n FROM r"
        ),
        {"copies": copies},
    )
    stride = 1 + max(
        connection.execute(select(func.max(table.c.id))).scalar() or 0
        for table in metadata.sorted_tables
        if "id" in table.c
    )
    for table in metadata.sorted_tables:
        if table.name not in _ALONE and _belongs_to_a_case(table):
            connection.exec_driver_sql(_insert(table, stride))
    _name_children(connection)


def _belongs_to_a_case(table: Table) -> bool:
    return table.name == "case" or "case_id" in table.c


def _insert(table: Table, stride: int) -> str:
    names = [f'"{column.name}"' for column in table.columns]
    values = [_value(column, stride) for column in table.columns]
    return (
        f'INSERT INTO "{table.name}" ({", ".join(names)}) '
        f'SELECT {", ".join(values)} FROM copy, "{table.name}" t'
    )


def _value(column: Column[Any], stride: int) -> str:
    name = f't."{column.name}"'
    if column.name == "reference":
        return f"printf('%s-%06d', substr({name}, 1, 4), copy.n)"
    if isinstance(column.type, Instant):
        minutes = f"((copy.n * 7919) % {SPREAD}) - {PAST}"
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {name}, ({minutes}) || ' minutes')"
    if column.primary_key and not column.foreign_keys:
        return f"{name} + copy.n * {stride}"
    if any(_moves(key.column.table) for key in column.foreign_keys):
        return f"{name} + copy.n * {stride}"
    return name


def _moves(table: Table) -> bool:
    return table.name == "case" or "case_id" in table.c


def _name_children(connection: Connection) -> None:
    """Give every copy's children names of their own, and the terms by which they are found."""
    rows = connection.execute(
        select(ChildOfCase.id, ChildOfCase.case_id, ChildOfCase.date_of_birth, Case.reference)
        .join(Case, Case.id == ChildOfCase.case_id)
        .order_by(ChildOfCase.id)
    ).all()
    named = [
        {
            "child": row.id,
            "name": f"{_FIRST[row.id * 31 % len(_FIRST)]} {_LAST[row.id * 17 % len(_LAST)]}",
        }
        for row in rows
    ]
    connection.execute(text("UPDATE child_of_case SET name = :name WHERE id = :child"), named)
    connection.execute(SearchTerm.__table__.delete())
    terms = [
        {"case_id": row.case_id, "authority": AUTHORITY} | term
        for row, name in zip(rows, named, strict=True)
        for term in _terms(row, name["name"])
    ]
    connection.execute(SearchTerm.__table__.insert(), terms)


def _terms(row: Any, name: str) -> list[dict[str, Any]]:
    child = {"name": name, "date_of_birth": row.date_of_birth}
    return [
        {"kind": term.kind, "term": term.term, "child": term.child}
        for term in search_terms.terms_of([child], row.reference)
    ]
