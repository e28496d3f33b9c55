"""A throw-away PostgreSQL for tests, where its programmes and its driver are installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

_PLACES = ":".join(str(place) for place in sorted(Path("/usr/lib/postgresql").glob("*/bin")))
# It sorts as people do, not by bytes: what walks an index must not lean on the bytes' order.
_ORDERED = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB")
_HASTE = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=32MB"


def missing() -> str | None:
    """What is not here, in a sentence; None where all is."""
    if _programme("initdb") is None or _programme("pg_ctl") is None:
        return "PostgreSQL is not installed: install the package postgresql."
    if find_spec("psycopg") is None:
        return "PostgreSQL's driver is not installed: run make setup."
    return None


@contextmanager
def cluster() -> Iterator[str]:
    """The address of an empty database, reached through a socket that only this machine sees."""
    with TemporaryDirectory(prefix="frontdoor-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        _run("initdb", "-D", f"{folder}/data", "-U", "frontdoor", "-A", "trust", "-E", "UTF8",
             "--no-sync", *_ORDERED)  # fmt: skip
        own = f"{_HASTE} -c listen_addresses= -k {folder}"
        _run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", own, "-w", "start")
        try:
            yield f"postgresql+psycopg://frontdoor@/postgres?host={folder}"
        finally:
            _run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")


def _programme(name: str) -> str | None:
    return shutil.which(name, path=f"{_PLACES}:{os.environ.get('PATH', '')}")


def _run(name: str, *arguments: str) -> None:
    """Run a programme of PostgreSQL, which refuses to be root."""
    as_whom = {"user": "nobody"} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(_programme(name)), *arguments],
        check=False, text=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        **as_whom,  # type: ignore[call-overload]
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
