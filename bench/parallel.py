"""One referral through every authority, beside the plain runs alone; then many, as a rate.

The rival is `engine.scenarios.play`, once for each authority: what the runs alone must cost. The
page is the whole answer to a browser: address read, authorities from the database, runs, where
they part, picture, lists. Both sides run in the same process, in turns, in CPU time.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from engine import parallel, people
from engine.definitions import AuthorityDefinition, authority_ids, load_authority
from engine.parallel import Tally, Year
from engine.people import sessions
from engine.scenarios import Scenario, play
from engine.store import migrations
from engine.store.deployed import keep
from engine.store.settings import Settings
from web import clock, create_app
from web.config import Config

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 3, 10, tzinfo=UTC)
HARM = {"significant_harm_suspected": True}
ADDRESS = "/compare/referral?play=yes&start=2026-03-03T10:00&significant_harm_suspected=true"
GOAL = 1.5  # times the plain runs
MOST = 1.0  # seconds for one answer
MANY = 1_000


def main(repetitions: int, contacts: int) -> int:
    """Print the tables; return 1 when a goal is missed."""
    definitions = {name: load_authority(ROOT, name) for name in authority_ids(ROOT)}
    with TemporaryDirectory() as folder:
        app = _service(Path(folder), definitions)
        is_met = _one(app, definitions, repetitions)
        app.extensions["frontdoor.database"].close()
    _many(definitions, contacts)
    return int(not is_met)


def _one(app: Flask, definitions: dict[str, AuthorityDefinition], repetitions: int) -> bool:
    client = _signed_in(app)
    referral = Scenario(name="A referral", start=START, facts=HARM)
    sides: dict[str, Callable[[], object]] = {
        "plain runs (scenarios.play)": lambda: [play(referral, d) for d in definitions.values()],
        "runs, and where they part": lambda: parallel.run(definitions, referral).first_by_pair,
        "the whole page": lambda: client.get(ADDRESS),
    }
    if client.get(ADDRESS).status_code != HTTPStatus.OK:
        raise SystemExit("The page does not answer")
    times: dict[str, list[float]] = {name: [] for name in sides}
    slowest = 0.0
    gc.collect()
    gc.freeze()
    for _ in range(repetitions):
        for name, side in sides.items():
            wall, begun = time.perf_counter(), time.process_time()
            side()
            times[name].append(time.process_time() - begun)
            slowest = max(slowest, time.perf_counter() - wall)
    middle = {name: statistics.median(each) for name, each in times.items()}
    plain = middle["plain runs (scenarios.play)"]
    lines = [
        f"one referral through {len(definitions)} authorities, {repetitions} repetitions;",
        "milliseconds of CPU time, median, and times the plain runs",
        "",
        *(
            f"{name:<32}{seconds * 1000:>8.1f}{seconds / plain:>8.2f}"
            for name, seconds in middle.items()
        ),
        "",
    ]
    ratio = middle["the whole page"] / plain
    lines += [
        f"ratio {ratio:.2f} (goal at most {GOAL:g}); slowest {slowest:.2f} s (goal {MOST:g} s)",
        "",
    ]
    sys.stdout.write("\n".join(lines))
    return ratio <= GOAL and slowest < MOST


def _many(definitions: dict[str, AuthorityDefinition], contacts: int) -> None:
    vocabulary = next(iter(definitions.values())).vocabulary
    year = Year(year=2027, contacts=contacts, seed=1)
    tally = Tally(names={key: each.name for key, each in definitions.items()})
    processes = os.cpu_count() or 1
    begun = time.perf_counter()
    for brief in parallel.many(
        definitions, parallel.sampled(vocabulary, year), processes=processes
    ):
        tally.add(brief)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{tally.done:,} of {contacts:,} referrals")
    tally.figures()
    took = time.perf_counter() - begun
    runs = contacts * len(definitions)
    sys.stdout.write(
        f"\n{contacts:,} referrals × {len(definitions)} authorities on {processes} processors: "
        f"{took:.1f} s, {contacts / took:.0f} referrals a second, {runs / took:.0f} runs a second\n"
    )


def _service(folder: Path, definitions: dict[str, AuthorityDefinition]) -> Flask:
    settings = Settings.from_env({"FRONTDOOR_VAR": str(folder)})
    settings.prepare()
    migrations.upgrade(settings.database_url)
    app = create_app(Config(engine=settings, secret_key="k" * 40, https=False))
    with app.extensions["frontdoor.database"].writing() as session:
        for definition in definitions.values():
            keep(session, definition, by="system:bench", now=START)
    return app


def _signed_in(app: Flask) -> FlaskClient:
    now = clock.now()
    with app.extensions["frontdoor.database"].writing() as store:
        person = people.create(
            store, email="bench@example.test", name="Bench", password="a long password", now=now
        )
        id_ = sessions.start(store, person.id, now=now)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sid"] = id_
    return client


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [40, MANY][len(given) :])))
