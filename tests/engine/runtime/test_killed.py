import os
import signal
import subprocess
import sys

import pytest

from engine import doctor
from engine.store.tables import Case
from tests.engine.runtime.playing import NOW, ROOT

WRITER = """
import sys
from engine.store.database import Database
from tests.engine.databases import KEY
from tests.engine.runtime.playing import NOW, complete_next, start_case

database = Database(sys.argv[1], audit_key=KEY)
while True:
    case_id = start_case(database)
    print(case_id, 1, flush=True)
    for version in (2, 3, 4, 5):
        complete_next(database, case_id, now=NOW)
        print(case_id, version, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [3, 17, 40])
def test_what_was_acknowledged_survives_a_killed_process(deployed, acknowledged):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, deployed.url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with writer:
        told = [writer.stdout.readline().split() for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        told += [line.split() for line in writer.stdout.read().splitlines()]

    latest = {int(case_id): int(version) for case_id, version in told}
    with deployed.reading() as session:
        for case_id, version in latest.items():
            assert session.get_one(Case, case_id).version >= version
        assert doctor.check_invariants(session, now=NOW) == ()
