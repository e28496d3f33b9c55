"""A contact that is begun and not started yet."""

from datetime import timedelta

from sqlalchemy import update

from engine.people import sessions
from engine.store.tables import WebSession
from tests.web import site as sites
from tests.web import walk
from tests.web.intake.desk import choose, look, start
from tests.web.site import Site, checked, texts
from web import clock


def test_what_was_typed_stays_while_another_child_is_found(site: Site, earlier: str) -> None:
    page = site.page(choose(site, *look(site, name="Rowan")))
    values = walk.values_of(walk.form_of(page, "/contacts/new"))
    sent = {**values, "contact_channel": "fax", "children.0.name": "Rowan Renamed", "_find": "yes"}
    site.client.post("/contacts/new", data=sent)
    look(site, name="Wren", adds="yes")

    page = site.page(choose(site, new="yes"))

    assert page.xpath("//input[@name='contact_channel' and @checked]/@value") == ["fax"]
    names = [page.get_element_by_id(f"children-{at}-name").get("value") for at in (0, 1)]
    assert names == ["Rowan Renamed", "Wren"]
    assert "A case about this child is open" in page.text_content()


def test_the_contact_that_was_begun_is_kept_until_it_starts(site: Site) -> None:
    values = walk.values_of(walk.form_of(site.page("/contacts/new"), "/contacts/new"))
    sent = {**values, "contact_channel": "fax"}

    answer = site.client.post(
        "/contacts/new/draft", data=sent, headers={"Accept": "application/json"}
    )

    assert answer.json["saved"]
    page = site.page("/contacts/new")
    assert page.xpath("//input[@name='contact_channel' and @checked]/@value") == ["fax"]
    assert "has not started yet" in page.text_content()
    assert site.client.post("/contacts/new/draft", data=sent).headers["Location"] == "/worklist"

    start(site)
    assert "has not started yet" not in site.page("/contacts/new").text_content()


def test_the_contact_that_was_begun_can_be_discarded(site: Site) -> None:
    choose_new = look(site, name="Wren Marlpit") or choose(site, new="yes")
    assert "Wren" in str(site.page(choose_new).xpath("//@value"))

    answer = site.post("/contacts/new/draft/discard", {"authority": "southwark"})

    assert answer.headers["Location"] == "/contacts/find?authority=southwark"
    assert "Wren" not in str(site.page("/contacts/new").xpath("//@value"))


def test_a_contact_that_is_begun_is_not_replaced_without_a_warning(site: Site) -> None:
    choose(site, *look(site, name="Rowan Ashdown"), new="yes")

    page = site.page("/contacts/find")
    assert "You have begun a contact about Rowan Ashdown, last saved at" in page.text_content()
    (onwards,) = page.xpath("//a[.='Go on with it']/@href")
    assert onwards == "/contacts/new?authority=southwark"

    look(site, name="Robin Birch")
    sent = {"new": "yes"}
    page = checked(site.post("/contacts/found", sent, origin="/contacts/found"))
    assert texts(page, "//h1") == ["Another contact is begun"]
    assert "about Rowan Ashdown, last saved at" in page.text_content()
    assert site.page("/contacts/new").get_element_by_id("children-0-name").value == "Rowan Ashdown"

    values = walk.values_of(walk.form_of(page, "/contacts/found"))
    answer = site.client.post("/contacts/found", data={**values, "_anew": "yes"})
    assert answer.headers["Location"] == onwards
    page = site.page("/contacts/new")
    assert page.xpath("//input[contains(@id, '-name')]/@value") == ["Robin Birch"]


def test_a_child_is_added_to_the_contact_that_is_begun_without_a_warning(site: Site) -> None:
    choose(site, *look(site, name="Rowan Ashdown"), new="yes")

    look(site, name="Robin Birch", adds="yes")
    choose(site, new="yes")

    names = site.page("/contacts/new").xpath("//input[contains(@id, '-name')]/@value")
    assert names == ["Rowan Ashdown", "Robin Birch"]


def test_a_contact_that_is_begun_without_a_name_is_warned_of_too(site: Site) -> None:
    site.post("/contacts/new/draft", {"authority": "southwark", "notes": "x"}, origin="/account")

    page = site.page("/contacts/find")

    assert "You have begun a contact, last saved at" in page.text_content()


def test_what_is_sent_after_the_session_is_over_is_kept_for_its_person(site: Site) -> None:
    page = site.page("/contacts/new")
    values = walk.values_of(walk.form_of(page, "/contacts/new"))
    with site.app.extensions["frontdoor.database"].writing() as store:
        over = clock.now() - sessions.IDLE - timedelta(seconds=1)
        store.execute(update(WebSession).values(last_seen_at=over))

    answer = site.client.post("/contacts/new", data={**values, "contact_channel": "fax"})

    checked(answer, status=401)
    site.sign_in(sites.EVERYBODY)
    again = site.page("/contacts/new")
    assert again.xpath("//input[@name='contact_channel' and @checked]/@value") == ["fax"]
