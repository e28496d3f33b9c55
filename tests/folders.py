"""Folders for databases of tests: in memory, where the machine has such a place."""

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

_MEMORY = "/dev/shm"


def fresh() -> Path:
    """A folder that lasts as long as the run.

    Each commit waits for the disk, and most of what a test of the database waits for is that.
    """
    where = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(mkdtemp(prefix="frontdoor-test-", dir=where))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
