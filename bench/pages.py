"""What the pages cost when an authority has many cases – beside the same pages with few.

    python bench/pages.py [many] [few]

Two databases are made in build/bench/pages, in which one case in five has an open task; then each
page is asked for in turns, in one process. The time is CPU time, the size is what is sent besides
cached assets, the statements are what one page asks of the database.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crowd import AUTHORITY, EMAIL, Crowd, crowd
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from engine import people
from engine.people import sessions
from web import clock, create_app
from web.config import Config

FOLDER = Path(__file__).parents[1] / "build" / "bench" / "pages"
REPETITIONS = 15
SLOWER = 2.0  # at most this many times as slow with many cases
LARGEST = 100 * 1000  # bytes of a page
MOST_STATEMENTS = 12
NOT_JUDGED = frozenset({"trend"})  # reads every limit that ended in eight weeks: shown only

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_NOT_COUNTED = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one page cost: seconds of CPU time, bytes, statements."""

    seconds: float
    size: int
    statements: int


class Desk:
    """A signed-in person at a service with so many cases."""

    def __init__(self, made: Crowd) -> None:
        self.made = made
        self.app: Flask = create_app(Config(engine=made.settings, secret_key="k" * 40))
        self.client: FlaskClient = self.app.test_client()
        self.database: Any = self.app.extensions["frontdoor.database"]
        self._statements = 0
        event.listen(self.database.engine, "before_cursor_execute", self._count)
        with self.database.writing() as store:
            session_id = sessions.start(store, people.find(store, EMAIL).id, now=clock.now())
        with self.client.session_transaction() as cookie:
            cookie["sid"] = session_id

    def ask(self, path: str) -> Seen:
        """Ask for a page once; only an answer that is well counts."""
        self._statements = 0
        begun = time.process_time()
        response = self.client.get(path)
        seconds = time.process_time() - begun
        if response.status_code != 200:  # noqa: PLR2004 - the one status of a page that is well
            raise SystemExit(f"{path} answers {response.status_code}")
        return Seen(seconds=seconds, size=len(response.data), statements=self._statements)

    def search(self, **typed: str) -> str:
        """Make a search, which the server keeps; its page lies at the path given."""
        token = _TOKEN.search(self.client.get("/cases").text)
        if token is None:
            raise SystemExit("/cases has no form")
        self.client.post("/cases", data={"csrf_token": token[1], **typed})
        return "/cases"

    def open_case(self) -> str:
        """The path of a case in the middle of the crowd with an open task."""
        with self.database.reading() as store:
            rows = store.execute(
                text(
                    "SELECT case_id FROM user_task WHERE ended_at IS NULL "
                    'AND case_id >= (SELECT max(id) / 2 FROM "case") ORDER BY case_id LIMIT 1'
                )
            )
            return f"/cases/{rows.scalar_one()}"

    def _count(self, *seen: Any) -> None:
        statement = str(seen[2]).lstrip().upper()
        self._statements += not statement.startswith(_NOT_COUNTED)


PAGES: dict[str, Callable[[Desk], str]] = {  # each makes ready, and tells the path to measure
    "worklist": lambda desk: "/worklist",
    "case": lambda desk: desk.open_case(),
    "cases": lambda desk: desk.search(),
    "search: name": lambda desk: desk.search(name="Camira"),
    "search: sound": lambda desk: desk.search(name="Kamira", sounds_alike="yes"),
    "search: born": lambda desk: desk.search(date_of_birth="4 May 2017"),
    "board": lambda desk: f"/board/{AUTHORITY}",
    "trend": lambda desk: f"/board/{AUTHORITY}/trend",
    "letters": lambda desk: "/letters",
}


def measure(desks: list[Desk]) -> dict[str, list[list[Seen]]]:
    """Ask every desk for every page, in turns."""
    seen: dict[str, list[list[Seen]]] = {name: [[] for _ in desks] for name in PAGES}
    for name, make_ready in PAGES.items():
        paths = [make_ready(desk) for desk in desks]
        for _ in range(REPETITIONS + 1):
            for place, (desk, path) in enumerate(zip(desks, paths, strict=True)):
                seen[name][place].append(desk.ask(path))
    return seen


def main(many: int, few: int) -> int:
    """Print the table; return 1 when a goal is missed."""
    desks = [Desk(crowd(FOLDER / str(count), count, now=clock.now())) for count in (few, many)]
    lines = [f"{desk.made.cases:,} cases, {desk.made.open_tasks:,} open tasks" for desk in desks]
    lines += ["", f"{'':<15}{'few ms':>9}{'many ms':>9}{'ratio':>8}{'bytes':>10}{'statements':>12}"]
    missed = False
    for name, sides in measure(desks).items():
        small, large = (statistics.median(s.seconds for s in side[1:]) for side in sides)
        size = max(s.size for s in sides[1])
        statements = max(s.statements for s in sides[1][1:])
        if name not in NOT_JUDGED:
            missed |= large > SLOWER * small or size > LARGEST or statements > MOST_STATEMENTS
        lines.append(
            f"{name:<15}{small * 1000:>9.1f}{large * 1000:>9.1f}{large / small:>8.2f}"
            f"{size:>10,}{statements:>12}"
        )
    lines.append(f"goal: at most {SLOWER:g} times, {LARGEST:,} bytes, {MOST_STATEMENTS} statements")
    sys.stdout.write("\n".join((*lines, "")))
    return int(missed)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given) if len(given) > 1 else main(given[0] if given else 100_000, 1_000))
