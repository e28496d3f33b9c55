"""A child who is known."""

import pytest

from tests.web import walk
from tests.web.intake.desk import ROWAN, next_task
from tests.web.site import Site


@pytest.fixture
def earlier(site: Site) -> str:
    """A case about Rowan that is open."""
    case = walk.start(site)
    walk.complete(site, next_task(site, case), ROWAN)
    return case
