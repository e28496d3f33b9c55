"""A case about a referral."""

import pytest

from tests.web import walk
from tests.web.site import Site


@pytest.fixture
def case(site: Site) -> str:
    """A contact that has just been recorded as a referral."""
    case = walk.referral(site)
    for chosen in ({}, walk.CHILD, {"case_status": "not_known", "needs_more_than_advice": "true"}):
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, chosen)
    return case
