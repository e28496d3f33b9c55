"""Facts of a case are put right."""

import pytest

from tests.web import walk
from tests.web.cases.sending import send
from tests.web.site import Site, checked, words


def test_corrected_fact_keeps_its_mark(site: Site, case: str) -> None:
    address = f"{case}/correct/referrer_kind/0"

    page = send(site, address, referrer_kind="public", correction_reason="She is a neighbour.")

    text = words(page)
    assert "Put right:" in text
    assert "Corrected by Everybody" in text
    assert "She is a neighbour." in text
    assert "Put right: referrer kind" in words(site.page(f"{case}/history"))


def test_correction_keeps_what_was_typed_when_something_is_missing(site: Site, case: str) -> None:
    address = f"{case}/correct/referrer_kind/0"
    form = walk.values_of(walk.form_of(site.page(address), address))

    answer = site.client.post(address, data={**form, "referrer_kind": "public"})

    page = checked(answer, status=422)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#correction_reason"]
    assert page.xpath("//input[@value='public' and @checked]")


def test_corrected_child_is_called_by_the_right_name(site: Site, case: str) -> None:
    page = send(
        site,
        f"{case}/correct/children/0",
        **{"children.0.name": "Child Alpha", "correction_reason": "Spelt wrongly."},
    )

    assert "Child Alpha" in words(page)
    assert "Child Alpha" in words(site.page(case))


@pytest.mark.parametrize("fact", ["manager_authorises/0", "level_of_need/0", "referrer_kind/7"])
def test_what_is_not_known_cannot_be_corrected(site: Site, case: str, fact: str) -> None:
    site.page(f"{case}/correct/{fact}", status=422)
