"""The verbs that keep Frontdoor running: db, deploy, demo, serve, worker and doctor."""

import argparse
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from waitress.runner import run as serve_by_name

from engine import demo, deploy, doctor
from engine.cli.output import Output, add_verb
from engine.errors import Invalid, Refused
from engine.outbox import Post
from engine.runtime import backfill
from engine.store import migrations
from engine.store.database import Database
from engine.store.settings import Settings
from engine.worker import Worker

BY = "system:cli"  # people see it as Frontdoor itself


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this module."""
    db = add_verb(verbs, "db", run_upgrade, "Bring the database up to this version.")
    db.add_argument("action", choices=["upgrade"])
    deploying = add_verb(
        verbs, "deploy", run_deploy, "Check, test and deploy the procedures of a folder."
    )
    deploying.add_argument(
        "path", nargs="?", type=Path, default=Path(), metavar="PATH",
        help="the folder with bpmn/ and dmn/; default: this one",
    )  # fmt: skip
    add_verb(verbs, "demo", run_demo, "Deploy everything and add demo people and cases, once.")
    serving = add_verb(verbs, "serve", run_serve, "Serve the pages and the API, with timers.")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=_port, default=8000)
    serving.add_argument("--no-timers", action="store_true", help="leave timers to a worker")
    add_verb(verbs, "worker", run_worker, "Fire timers and send e-mails until stopped.")
    add_verb(verbs, "doctor", run_doctor, "Check that the database holds together.")


def _port(text: str) -> int:
    port = int(text)
    if port not in range(1, 65_536):
        raise ValueError(text)  # argparse says which argument is wrong
    return port


@contextmanager
def opened() -> Iterator[Database]:
    """Open the database that the settings name."""
    database = Settings.from_env(os.environ).open()
    try:
        yield database
    finally:
        database.close()


def now() -> datetime:
    """Return the present instant; the command line is an edge that may ask the clock."""
    return datetime.now(UTC)


def run_upgrade(_call: argparse.Namespace, output: Output) -> int:
    """Create or migrate the database."""
    settings = Settings.from_env(os.environ)
    settings.prepare()
    migrations.upgrade(settings.database_url)
    with opened() as database:
        found = backfill.give_terms(database, tell=lambda n: output.progress(_made_findable(n)))
    output.progress("")
    lines = ["The database is up to date.", *([_made_findable(found)] if found else [])]
    output.answer({"upgraded": True, "made_findable": found}, lines)
    return 0


def _made_findable(cases: int) -> str:
    what = "older case" if cases == 1 else "older cases"
    return f"{cases} {what} can now be found by name, birth and address."


def run_deploy(call: argparse.Namespace, output: Output) -> int:
    """Deploy every authority of a folder; exit 1 if one was refused."""
    document, lines = [], []
    authorities = deploy.authorities_in(call.path)
    if not authorities:
        raise Invalid(f"there is no authority in {call.path / 'bpmn'}")
    with opened() as database:
        for authority in authorities:
            entry, told = _deploy_one(database, call.path, authority)
            document.append(entry)
            lines.extend(told)
    output.answer(document, lines)
    return int(any("refused" in entry for entry in document))


def _deploy_one(database: Database, path: Path, authority: str) -> tuple[dict[str, Any], list[str]]:
    try:
        with database.writing() as session:
            done = deploy.deploy_folder(session, path, authority, by=BY, now=now())
    except deploy.NotDeployable as refusal:
        problems = [f"{p.file}:{p.element or ''}: {p.message}" for p in refusal.problems]
        failures = [f"{r.name}: {s}" for r in refusal.failures for s in r.mismatches]
        found = [*problems, *failures]
        told = [f"{authority}: not deployed", *(f"  {sentence}" for sentence in found)]
        return {"authority": authority, "refused": found}, told
    state = "deployed as" if done.is_new else "unchanged since"
    entry = {
        "authority": authority,
        "version": done.number,
        "fingerprint": done.fingerprint,
        "is_new": done.is_new,
    }
    return entry, [f"{authority}: {state} version {done.number}"]


def run_demo(_call: argparse.Namespace, output: Output) -> int:
    """Seed the demo and say how to sign in; exit 1 if an authority could not be deployed."""
    settings = Settings.from_env(os.environ)
    with opened() as database:
        seeded = demo.seed(
            database,
            Path.cwd(),
            var=settings.var,
            password=os.environ.get("FRONTDOOR_DEMO_PASSWORD"),
            now=now(),
        )
    lines = [
        f"Deployed: {', '.join(seeded.deployed) or 'nothing new'}; demo cases: {seeded.cases}",
        "Sign in as <role>.<authority>@example.test, for example",
        f"  duty_manager.southwark@example.test with the password {seeded.password}",
        "Whoever covers for somebody signs in as <role>.<authority>.colleague@example.test",
    ]
    lines += [f"NOT deployed: {name}: {why}" for name, why in seeded.refused.items()]
    document = {
        "deployed": list(seeded.deployed),
        "refused": dict(seeded.refused),
        "cases": seeded.cases,
        "password": seeded.password,
    }
    output.answer(document, lines)
    return int(bool(seeded.refused))


def run_serve(call: argparse.Namespace, _output: Output) -> int:
    """Serve until stopped; the application is started by its name."""
    arguments = ["waitress-serve", f"--listen={call.host}:{call.port}", "--call", "web:create_app"]
    with opened() as database, ExitStack() as running:
        if not call.no_timers:
            worker = Worker(database, post=Post.from_env(os.environ))
            worker.start()
            running.callback(worker.stop)
        try:
            serve_by_name(argv=arguments)
        except OSError as error:
            where = f"{call.host}:{call.port}"
            raise Refused(f"cannot serve on {where}: {error.strerror}; try --port") from error
    return 0


def run_worker(_call: argparse.Namespace, _output: Output) -> int:
    """Fire timers until the process is told to end."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    with opened() as database:
        worker = Worker(database, post=Post.from_env(os.environ))
        worker.start()
        ended.wait()
        worker.stop()
    return 0


def run_doctor(_call: argparse.Namespace, output: Output) -> int:
    """Check the invariants; exit 1 if one does not hold."""
    with opened() as database, database.reading() as session:
        findings = doctor.check_invariants(session, now=now())
    document = [
        {"invariant": f.invariant, "case": f.case_id, "sentence": f.sentence} for f in findings
    ]
    lines = [f"{f.invariant}: {f.sentence}" for f in findings] or ["Everything holds together."]
    output.answer(document, lines)
    return int(bool(findings))
