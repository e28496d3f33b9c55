"""Whom somebody can choose to cover, told where they chose somebody who cannot."""

import pytest

from tests.web import site as sites
from tests.web.site import Site, checked
from tests.web.worklist.desk import arrange

LEADER = "leader@example.test"  # holds the role of judgement alone


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (sites.OFFICER, "That is: Everybody."),
        ("visitor@example.test", "Nobody does yet: ask whoever looks after accounts"),
    ],
)
def test_who_could_cover_is_named_where_the_chosen_person_cannot(
    site: Site, away: str, told: str
) -> None:
    sites.add_person(site.app, LEADER, "duty_manager")
    sites.add_person(site.app, "visitor@example.test", "a_role_of_nobody_else")

    page = checked(arrange(site, away, LEADER), status=422)

    assert told in page.text_content()
