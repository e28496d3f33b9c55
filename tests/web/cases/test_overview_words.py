"""How the first page of a case counts what else is late."""

from tests.web import walk
from tests.web.site import Site, texts
from tests.web.tasks.test_checking import until


def test_the_limit_shown_first_is_not_counted_again_among_the_others(site: Site) -> None:
    case = walk.referral(site, **{"received_at.year": "2025", "first_contact_at.year": "2025"})
    until(site, case, "Write up referral")

    soonest = "//section[@aria-labelledby='soonest']"
    (more,) = texts(site.page(case), f"{soonest}//a[contains(., 'more')]")

    assert more == "2 more limits, 2 of them overdue"
