"""A contact with a task that waits."""

import pytest

from tests.web import walk
from tests.web.site import Site


@pytest.fixture
def case(site: Site) -> str:
    """A contact that waits for its record to be written."""
    return walk.start(site)


@pytest.fixture
def task(site: Site, case: str) -> str:
    """The address of the contact's first task."""
    ((_name, address),) = walk.open_tasks(site, case)
    return address
