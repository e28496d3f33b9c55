"""Makes databases as large as an authority's: a few cases really played, then copied by SQL.

Every copy has rows of its own in every table, other children, and instants shifted by some minutes,
so that lists have something to sort. Nothing in a copy is shared but the deployed version.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, create_engine, func, select, text

from engine import definitions, people, scenarios, search_terms
from engine.casework import CaseTask
from engine.runtime.database_case import DatabaseCase
from engine.scenarios import Scenario
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
PLAYED = 4  # cases that have come to their end, beside one in the middle: a fifth is open
WORKED = 5  # tasks that are done in that one, so that it is a referral with its limits running
BEGUN = 1  # the id of that one
ENDED = timedelta(days=10)  # how long ago the others came in, before they are spread
SPREAD = 7 * 24 * 60  # minutes over which the limits of open copies lie, two days of them past
PAST = 2 * 24 * 60
BIRTHS = 6000  # days over which the children were born
YEAR = 365 * 24 * 60  # minutes over which the others have come in

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
    """A database with many cases; the first is open, and so is every fifth of its copies."""

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
    with create_engine(settings.database_url).connect() as connection:
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
    begun = Scenario(name="begun", start=now - timedelta(hours=2), facts={})
    scenarios.play(begun, definition, start=partial(_start_in, database, _LeftOpen))
    text = (ROOT / "bpmn" / AUTHORITY / "scenarios.toml").read_bytes()
    moved = (replace(scenario, start=now - ENDED) for scenario in scenarios.read(text, file=""))
    well = (s for s in moved if not scenarios.play(s, definition).mismatches)
    for scenario in islice(well, PLAYED):
        scenarios.play(scenario, definition, start=partial(_start_in, database, DatabaseCase))


def _start_in(
    database: Database,
    kind: type[DatabaseCase],
    definition: Any,
    facts: Any,
    *,
    case_id: str,
    now: datetime,
) -> DatabaseCase:
    return kind.start_in(database, definition, facts, now=now)


class _LeftOpen(DatabaseCase):
    """A case whose people stop after so many tasks, in the middle of their work."""

    left = WORKED

    def open_tasks(self) -> tuple[CaseTask, ...]:
        """Give what waits, until it is time to stop."""
        return super().open_tasks() if self.left else ()

    def complete(self, task_id: str, answers: Mapping[str, Any], *, now: datetime) -> None:
        """Complete one of the tasks that are left."""
        super().complete(task_id, answers, now=now)
        self.left -= 1

    def next_own_wake(self) -> datetime | None:
        """Never: the clocks go on running when the people stop."""
        return None


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
        case = 't."id"' if column.table.name == "case" else 't."case_id"'
        minutes = (
            f"CASE WHEN {case} = {BEGUN} THEN copy.n * 7919 % {SPREAD} - {PAST} "
            f"ELSE -(copy.n * 7919 % {YEAR}) END"
        )
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {name}, ({minutes}) || ' minutes')"
    if column.primary_key and not column.foreign_keys:
        return f"{name} + copy.n * {stride}"
    if any(_moves(key.column.table) for key in column.foreign_keys):
        return f"{name} + copy.n * {stride}"
    return name


def _moves(table: Table) -> bool:
    return table.name == "case" or "case_id" in table.c


def _name_children(connection: Connection) -> None:
    """Give every child a name and a birth of their own, and the terms by which they are found."""
    rows = connection.execute(
        select(ChildOfCase.id, ChildOfCase.case_id, Case.reference)
        .join(Case, Case.id == ChildOfCase.case_id)
        .order_by(ChildOfCase.id)
    ).all()
    children = [{"id": row.id, **_child(row.id)} for row in rows]
    connection.execute(
        text(
            "UPDATE child_of_case SET name = :name, date_of_birth = :date_of_birth WHERE id = :id"
        ),
        children,
    )
    connection.execute(SearchTerm.__table__.delete())
    terms = [
        {
            "case_id": row.case_id,
            "authority": AUTHORITY,
            "kind": term.kind,
            "term": term.term,
            "child": term.child,
        }
        for row, child in zip(rows, children, strict=True)
        for term in search_terms.terms_of([child], row.reference)
    ]
    connection.execute(SearchTerm.__table__.insert(), terms)


def _child(number: int) -> dict[str, str]:
    """An invented child: one name for every hundredth, one birth for every six-thousandth."""
    return {
        "name": f"{_FIRST[number * 31 % len(_FIRST)]} {_LAST[number * 17 % len(_LAST)]}",
        "date_of_birth": str(date(2008, 5, 4) + timedelta(days=number * 37 % BIRTHS)),
    }
