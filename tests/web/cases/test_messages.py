"""Messages that reach a case."""

from tests.web import walk
from tests.web.site import Site, checked


def test_a_message_is_recorded_even_when_nobody_waits_for_it(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")

    values = {**walk.values_of(form), "message": "new_information"}
    site.client.post(f"{case}/messages", data=values)

    assert "The procedure was not waiting for it" in site.page(case).text_content()
    assert "Nothing was waiting for it" in site.page(f"{case}/letters").text_content()
    assert "nothing was waiting for it" in site.page(f"{case}/history").text_content()


def test_a_message_without_a_kind_is_asked_for(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")

    page = checked(site.client.post(f"{case}/messages", data=walk.values_of(form)), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#message"]


def test_a_message_from_the_future_is_refused(site: Site, case: str) -> None:
    form = walk.form_of(site.page(case), f"{case}/messages")
    values = {**walk.values_of(form), "message": "new_information", "arrived_at.year": "2199"}

    checked(site.client.post(f"{case}/messages", data=values), status=422)
