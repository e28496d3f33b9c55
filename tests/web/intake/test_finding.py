"""The child is found first."""

import pytest

from engine import definitions, people
from tests.web import site as sites
from tests.web.intake.desk import choose, look
from tests.web.site import Site, checked, words


def test_starting_a_contact_begins_with_the_child(site: Site) -> None:
    assert "/contacts/find" in site.page("/worklist").xpath("//nav//a/@href")
    page = site.page("/contacts/find")

    assert page.xpath("//a[@href='/contacts/new?authority=southwark']")


def test_a_known_child_is_shown_with_reasons_and_where_the_case_stands(
    site: Site, earlier: str
) -> None:
    keys = look(site, name="ashdown rowan", date_of_birth="4 May 2017")

    page = site.page("/contacts/found")
    text = words(page)
    assert keys == ["1:0"]
    assert "Same name, same date of birth" in text
    assert "Southwark: open" in text
    assert earlier in page.xpath("//main//a/@href")


def test_several_children_are_found_one_after_the_other(site: Site, earlier: str) -> None:
    onwards = choose(site, *look(site, name="Rowan"), _find="yes")
    assert onwards == "/contacts/find?authority=southwark&add=yes"
    assert "is kept" in site.page(onwards).text_content()

    look(site, name="Wren Ashdown", adds="yes")
    page = site.page(choose(site, new="yes"))

    names = [page.get_element_by_id(f"children-{at}-name").get("value") for at in (0, 1)]
    assert names == ["Rowan Ashdown", "Wren Ashdown"]


def test_a_known_child_is_added_once(site: Site, earlier: str) -> None:
    keys = look(site, name="Rowan")
    choose(site, *keys)
    look(site, name="Rowan", adds="yes")

    page = site.page(choose(site, *keys))

    assert page.xpath("//input[@name='children.count']/@value") == ["1"]


def test_looking_by_nothing_or_by_no_date_is_said_and_what_was_typed_stays(site: Site) -> None:
    def refused(**typed: str) -> list[str]:
        data = {"authority": "southwark", **typed}
        answer = site.post("/contacts/find", data, origin="/contacts/find")
        page = checked(answer, status=422)
        for key, text in typed.items():
            assert page.get_element_by_id(key).get("value") == text
        return [str(link) for link in page.xpath("//div[@role='alert']//a/@href")]

    assert refused() == ["#name"]
    assert refused(date_of_birth="31/2/2017", name="Ro") == ["#date_of_birth"]
    assert refused(name="?!") == ["#name"]
    assert refused(address="somewhere") == ["#address"]


def test_somebody_must_be_chosen(site: Site, earlier: str) -> None:
    look(site, name="Rowan")

    page = checked(site.post("/contacts/found", origin="/contacts/found"), status=422)

    (link,) = page.xpath("//div[@role='alert']//a/@href")
    assert page.xpath("//input[@name='child']/@id") == [link.removeprefix("#")]


def test_nobody_takes_over_a_child_whose_case_they_may_not_see(site: Site, earlier: str) -> None:
    sites.deploy(site.app, definitions.load_authority(sites.ROOT, "sefton"))
    with site.app.extensions["frontdoor.database"].writing() as store:
        stranger = people.find(store, sites.STRANGER)
        people.grant(store, stranger.id, "sefton", "mash")
    other = site.beside(sites.STRANGER)

    assert look(other, authority="sefton", name="Rowan Ashdown", date_of_birth="4 5 2017") == []
    page = other.page(choose(other, "1:0"))
    assert "Rowan" not in page.text_content()


def test_neither_address_nor_title_carries_a_name(site: Site, earlier: str) -> None:
    look(site, name="Rowan Ashdown", date_of_birth="4 5 2017")
    location = choose(site, "1:0")

    for path in ("/contacts/found", location):
        page = site.page(path)
        said = page.xpath("//@href | //@action | //title/text()")
        assert not [text for text in said if "owan" in text]


@pytest.mark.parametrize("path", ["/contacts/find", "/contacts/found", "/contacts/new"])
def test_every_page_of_the_intake_asks_few_questions_of_the_database(
    site: Site, earlier: str, path: str
) -> None:
    choose(site, *look(site, name="Rowan", date_of_birth="4 5 2017", address="1 Elm Road"))

    with site.asked() as said:
        answer = site.client.get(path)

    checked(answer)
    assert 0 < len(said) <= 12, said
    assert len(answer.data) < 100_000
