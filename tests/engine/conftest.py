"""A database of its own for each test that asks for one."""

import pytest

# Imports stand in the fixtures, so that tests of the core load neither database nor procedure.


@pytest.fixture
def migrated():
    """A database with every table, and nothing in them."""
    from tests.engine.databases import empty_database

    with empty_database() as database:
        yield database


@pytest.fixture
def deployed(migrated):
    """A database in which a procedure is deployed, and nothing else."""
    from tests.engine.runtime.playing import deploy_to

    deploy_to(migrated)
    return migrated


@pytest.fixture(scope="session")
def sources():
    """The files of that procedure."""
    from engine.definitions.folders import read_sources
    from tests.engine.runtime.playing import AUTHORITY, ROOT

    return read_sources(ROOT, AUTHORITY)
