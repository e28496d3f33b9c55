"""A contact comes in: the child is found first, and nothing is typed twice."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from engine import definitions, people
from engine.people import sessions
from engine.store.tables import WebSession
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from web import clock

BORN = {"children.0.date_of_birth.day": "4", "children.0.date_of_birth.month": "5",
        "children.0.date_of_birth.year": "2017"}  # fmt: skip
ROWAN = {
    "children.count": "1",
    "children.0.name": "Rowan Ashdown",
    **BORN,
    "children.0.gender": "1",
    "children.0.ethnicity": "WIRI",
    "children.0.disability": "NONE",
}


def next_task(site: Site, case: str) -> str:
    ((_name, task),) = walk.open_tasks(site, case)
    return task


@pytest.fixture
def earlier(site: Site) -> str:
    """A case about Rowan that is open."""
    case = walk.start(site)
    walk.complete(site, next_task(site, case), ROWAN)
    return case


def look(site: Site, **typed: str) -> list[str]:
    """Look for a child; gives the keys of those who are offered."""
    answer = site.post(
        "/contacts/find", {"authority": "southwark", **typed}, origin="/contacts/find"
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/contacts/found"), answer.text
    found = site.page("/contacts/found").xpath("//input[@name='child']/@value")
    return [str(key) for key in found]


def choose(site: Site, *keys: str, **more: str) -> str:
    answer = site.post("/contacts/found", {"child": list(keys), **more}, origin="/contacts/found")
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def start(site: Site, **chosen: str) -> str:
    """Start the contact as the page stands."""
    form = walk.form_of(site.page("/contacts/new"), "/contacts/new")
    values = walk.answered(form, {"child_may_be_in_need": "false", **chosen})
    answer = site.client.post("/contacts/new", data=values)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_starting_a_contact_begins_with_the_child(site: Site) -> None:
    assert "/contacts/find" in site.page("/worklist").xpath("//nav//a/@href")
    page = site.page("/contacts/find")

    assert page.xpath("//a[@href='/contacts/new?authority=southwark']")


def test_a_known_child_is_shown_with_reasons_and_where_the_case_stands(
    site: Site, earlier: str
) -> None:
    keys = look(site, name="ashdown rowan", date_of_birth="4 May 2017")

    page = site.page("/contacts/found")
    text = " ".join(page.text_content().split())
    assert keys == ["1:0"]
    assert "Same name, same date of birth" in text
    assert "Southwark: open" in text
    assert earlier in page.xpath("//main//a/@href")


def test_what_is_known_is_taken_into_the_contact_and_into_its_first_form(
    site: Site, earlier: str
) -> None:
    assert choose(site, *look(site, name="Rowan")) == "/contacts/new?authority=southwark"

    page = site.page("/contacts/new?authority=southwark")
    reference = site.page(earlier).findtext(".//h1").removeprefix("Case ")
    text = " ".join(page.text_content().split())
    assert f"Rowan Ashdown: known from case {reference}" in text
    assert "A case about this child is open" in text
    assert page.get_element_by_id("children-0-ethnicity").get("value") == "WIRI"
    assert page.xpath("//input[@name='case_status' and @checked]/@value") == ["open"]

    case = start(site, case_status="not_known")
    form = walk.form_of(site.page(next_task(site, case)), next_task(site, case))
    known = walk.values_of(form)
    assert {key: known[key] for key in ROWAN} == {key: [text] for key, text in ROWAN.items()}
    page = site.page("/contacts/new")
    assert "Rowan" not in page.text_content()


def test_a_suggestion_is_the_workers_to_change(site: Site, earlier: str) -> None:
    choose(site, *look(site, name="Rowan"))

    case = start(site, case_status="previously_known")
    walk.complete(site, next_task(site, case))

    records = walk.values_of(walk.form_of(site.page(next_task(site, case)), next_task(site, case)))
    assert records["case_status"] == ["previously_known"]


def test_an_authority_that_asks_little_at_the_start_gets_the_children_too(site: Site) -> None:
    sites.deploy(site.app, definitions.load_authority(sites.ROOT, "milton_keynes"))
    with site.app.extensions["frontdoor.database"].writing() as store:
        person = people.find(store, sites.EVERYBODY)
        for role in ("duty_worker", "social_worker", "manager", "duty_social_worker"):
            people.grant(store, person.id, "milton_keynes", role)
    look(site, authority="milton_keynes", name="Wren Marlpit", address="12 Elm Road")
    page = site.page(choose(site, new="yes"))

    values = walk.values_of(walk.form_of(page, "/contacts/new"))
    case = str(site.client.post("/contacts/new", data=values).headers["Location"])

    task = next_task(site, case)
    form = walk.values_of(walk.form_of(site.page(task), task))
    assert form["children.0.name"] == ["Wren Marlpit"]


def test_a_new_child_is_written_once(site: Site) -> None:
    assert look(site, name="Edie Marlpit", date_of_birth="3/2/2024", address="5 Elm Road") == []
    assert "Nobody like that" in site.page("/contacts/found").text_content()

    page = site.page(choose(site, new="yes"))

    assert page.get_element_by_id("children-0-name").get("value") == "Edie Marlpit"
    assert page.get_element_by_id("children-0-date_of_birth-year").get("value") == "2024"
    assert page.get_element_by_id("family_address").text.strip() == "5 Elm Road"
    start(site)
    assert look(site, address="5 elm rd") == ["1:0"]


def test_an_unborn_child_is_known_by_the_mother_and_the_expected_date(site: Site) -> None:
    look(site, name="Jo Marlpit", date_of_birth="3/2/2027", is_unborn="yes")

    page = site.page(choose(site, new="yes"))

    name = page.get_element_by_id("children-0-name").get("value")
    assert name == "Unborn child of Jo Marlpit"
    assert page.get_element_by_id("children-0-date_of_birth-year").get("value") == "2027"


def test_several_children_are_found_one_after_the_other(site: Site, earlier: str) -> None:
    onwards = choose(site, *look(site, name="Rowan"), _find="yes")
    assert onwards == "/contacts/find?authority=southwark&add=yes"
    assert "is kept" in site.page(onwards).text_content()

    look(site, name="Wren Ashdown", adds="yes")
    page = site.page(choose(site, new="yes"))

    names = [page.get_element_by_id(f"children-{at}-name").get("value") for at in (0, 1)]
    assert names == ["Rowan Ashdown", "Wren Ashdown"]


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
    other = Site(app=site.app, client=site.app.test_client()).sign_in(sites.STRANGER)

    assert look(other, authority="sefton", name="Rowan Ashdown", date_of_birth="4 5 2017") == []
    page = other.page(choose(other, "1:0"))
    assert "Rowan" not in page.text_content()


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


def test_what_is_wrong_is_said_and_the_known_children_stay(site: Site, earlier: str) -> None:
    page = site.page(choose(site, *look(site, name="Rowan")))
    values = walk.values_of(walk.form_of(page, "/contacts/new"))
    sent = {**values, "children.0.date_of_birth.month": "13"}

    page = checked(site.client.post("/contacts/new", data=sent), status=422)

    assert "#children-0-date_of_birth-day" in page.xpath("//div[@role='alert']//a/@href")
    assert "known from case" in page.text_content()
    assert page.get_element_by_id("children-0-name").get("value") == "Rowan Ashdown"


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
    asked: list[str] = []
    engine = site.app.extensions["frontdoor.database"].engine
    event.listen(engine, "before_cursor_execute", lambda *of: asked.append(of[2]))

    answer = site.client.get(path)

    statements = [it for it in asked if it.lstrip().startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(statements) <= 12, statements
    assert len(answer.data) < 100_000
    assert texts(checked(answer), "//h1")


def test_a_contact_that_is_sent_twice_from_one_page_is_one_case(site: Site) -> None:
    form = walk.form_of(site.page("/contacts/new"), "/contacts/new")
    values = walk.answered(form, {"child_may_be_in_need": "false"})

    first, again = (site.client.post("/contacts/new", data=values) for _ in range(2))
    other = site.client.post("/contacts/new", data={**values, "child_may_be_in_need": "true"})
    fresh = start(site)

    assert first.headers["Location"] == again.headers["Location"] == "/cases/1"
    assert (other.headers["Location"], fresh) == ("/cases/2", "/cases/3")


def test_the_same_page_can_be_sent_again_once_it_is_right(site: Site) -> None:
    form = walk.form_of(site.page("/contacts/new"), "/contacts/new")
    values = walk.answered(form, {"child_may_be_in_need": "false"})
    wrong = site.client.post("/contacts/new", data={**values, "received_at.day": "32"})
    again = walk.values_of(walk.form_of(checked(wrong, status=422), "/contacts/new"))

    assert again["_mark"] == values["_mark"]
    answer = site.client.post("/contacts/new", data=values)
    assert answer.headers["Location"] == "/cases/1"
