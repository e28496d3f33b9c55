from pathlib import Path

import pytest


@pytest.fixture
def deployed(tmp_path: Path):
    """A database in which a procedure is deployed, and nothing else."""
    # Imported here, so that tests of the core load neither the database nor a procedure.
    from tests.engine.databases import empty_database
    from tests.engine.runtime.playing import deploy_to

    with empty_database(tmp_path) as database:
        deploy_to(database)
        yield database
