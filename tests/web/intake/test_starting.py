"""A contact starts with what is known, and nothing is typed twice."""

from engine import definitions, people
from tests.web import site as sites
from tests.web import walk
from tests.web.intake.desk import ROWAN, choose, look, next_task, start
from tests.web.site import Site, checked, words


def test_a_contact_starts_with_what_is_known(site: Site) -> None:
    page = site.page("/contacts/new")

    assert "When did the Assessment and Intervention Service" in page.text_content()
    assert page.get_element_by_id("received_at-year").get("value")


def test_a_contact_cannot_have_been_received_in_the_future(site: Site) -> None:
    values = walk.answered(walk.form_of(site.page("/contacts/new"), "/contacts/new"), {})

    page = checked(
        site.client.post("/contacts/new", data={**values, "received_at.year": "2199"}), status=422
    )

    assert page.xpath("//div[@role='alert']//a/@href") == ["#received_at-day"]
    assert page.get_element_by_id("received_at-year").get("value") == "2199"


def test_a_contact_starts_only_where_the_person_has_a_role(site: Site) -> None:
    site.page("/contacts/new?authority=elsewhere", status=403)


def test_what_is_known_is_taken_into_the_contact_and_into_its_first_form(
    site: Site, earlier: str
) -> None:
    assert choose(site, *look(site, name="Rowan")) == "/contacts/new?authority=southwark"

    page = site.page("/contacts/new?authority=southwark")
    reference = site.page(earlier).findtext(".//h1").removeprefix("Case ")
    text = words(page)
    assert f"Rowan Ashdown: known from case {reference}" in text
    assert "A case about this child is open" in text
    chosen = page.get_element_by_id("children-0-ethnicity").xpath("option[@selected]")
    assert [option.text_content() for option in chosen] == ["White Irish"]
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


def test_what_is_wrong_is_said_and_the_known_children_stay(site: Site, earlier: str) -> None:
    page = site.page(choose(site, *look(site, name="Rowan")))
    values = walk.values_of(walk.form_of(page, "/contacts/new"))
    sent = {**values, "children.0.date_of_birth.month": "13"}

    page = checked(site.client.post("/contacts/new", data=sent), status=422)

    assert "#children-0-date_of_birth-day" in page.xpath("//div[@role='alert']//a/@href")
    assert "known from case" in page.text_content()
    assert page.get_element_by_id("children-0-name").get("value") == "Rowan Ashdown"


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
