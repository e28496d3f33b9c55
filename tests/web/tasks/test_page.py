"""The page of a user task."""

from engine import people
from engine.people import sessions
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked


def test_a_task_is_claimed_and_released(site: Site, task: str) -> None:
    assert site.post(f"{task}/claim", origin="/worklist").headers["Location"] == task
    assert "You have claimed this task" in site.page(task).text_content()

    site.post(f"{task}/release", origin="/worklist")
    assert "Nobody has claimed this task yet" in site.page(task).text_content()


def test_a_task_that_somebody_else_has_claimed_is_shown_but_not_asked(
    site: Site, visitor: Site, task: str
) -> None:
    site.post(f"{task}/claim", origin="/worklist")
    other = site.beside(sites.OFFICER)

    page = other.page(task)

    assert "Everybody has claimed this task" in page.text_content()
    assert not page.xpath(f"//form[@action='{task}']")


def test_a_task_of_another_role_is_shown_but_not_asked(site: Site, task: str) -> None:
    walk.start(site, **walk.TOLD_LONG_AGO)
    redirect = site.page("/worklist").xpath("//tbody//th/a/@href")[0]
    officer = site.beside(sites.OFFICER)

    page = officer.page(redirect)

    assert "which you do not hold" in page.text_content()
    assert not page.xpath(f"//form[@action='{redirect}']")


def test_a_task_shows_its_clauses_questions_and_guidance(site: Site, task: str) -> None:
    page = site.page(task)

    assert page.findtext(".//h1") == "Record contact"
    assert "SWK-04" in page.text_content()
    who, rests = (" ".join(p.text_content().split()) for p in page.xpath("//h1/following::p")[:2])
    assert who == "For: MASH information officer. See the case"
    assert rests.startswith("Rests on SWK-")
    assert rests.endswith(". What the clauses ask for")
    assert page.xpath("//fieldset//legend")
    assert page.xpath("//div[@class='app-guidance']")


def test_what_is_known_is_filled_in(site: Site, task: str) -> None:
    page = site.page(task)

    assert page.xpath("//input[@name='contact_channel' and @checked]/@value") == ["phone"]


def test_a_missing_answer_is_named_and_what_was_typed_is_kept(site: Site, task: str) -> None:
    typed: walk.Values = {"concern": "What the school said", "contact_channel": "nonsense"}

    page = checked(site.post(task, typed, origin="/worklist"), status=422)

    assert page.findtext(".//title").startswith("Error: ")
    focus = [link.lstrip("#") for link in page.xpath("//div[@role='alert']//a/@href")]
    assert focus[0] == "contact_channel"
    assert page.get_element_by_id("concern").text.strip() == "What the school said"
    for id_ in focus:
        assert page.get_element_by_id(id_).tag in ("input", "textarea", "select")


def test_children_are_added_and_removed_without_losing_anything(site: Site, task: str) -> None:
    first: walk.Values = {"children.count": "1", "children.0.name": "One", "concern": "Typed"}

    page = checked(site.post(task, {**first, "_add": "children"}, origin="/worklist"))
    names = page.xpath("//input[contains(@name, '.name')]")
    assert [box.get("value") or "" for box in names] == ["One", ""]
    assert page.get_element_by_id("concern").text.strip() == "Typed"

    both: walk.Values = {**first, "children.count": "2", "children.1.name": "Two"}
    page = checked(site.post(task, {**both, "_remove": "children.0"}, origin="/worklist"))
    assert page.xpath("//input[contains(@name, '.name')]/@value") == ["Two"]


def test_a_completed_task_leads_to_the_case_and_what_comes_next(
    site: Site, case: str, task: str
) -> None:
    walk.complete(site, task, walk.CHILD)

    page = site.page(case)
    assert "Completed: Record contact" in page.text_content()
    assert "Child A" in page.text_content()
    assert [name for name, _ in walk.open_tasks(site, case)] == ["Check records"]


def test_completing_twice_says_who_was_first_and_keeps_the_text(
    site: Site, case: str, task: str
) -> None:
    page = site.page(task)
    values = walk.answered(walk.form_of(page, task), {**walk.CHILD, "concern": "Typed for long"})
    walk.complete(site, task, walk.CHILD)

    answer = site.client.post(task, data=values)

    again = checked(answer, status=409)
    assert "Everybody completed this" in again.text_content()
    assert "Typed for long" in again.text_content()


def test_a_task_that_does_not_exist_is_not_found(site: Site) -> None:
    site.page("/tasks/4711", status=404)


def test_what_was_typed_survives_the_end_of_the_session(site: Site, task: str) -> None:
    page = site.page(task)
    values = walk.answered(walk.form_of(page, task), {**walk.CHILD, "concern": "Typed for long"})
    with site.app.extensions["frontdoor.database"].writing() as store:
        sessions.end_all(store, people.find(store, sites.EVERYBODY).id)

    answer = site.client.post(task, data=values)

    signed_out = checked(answer, status=401)
    assert "Typed for long" in signed_out.text_content()
    assert signed_out.xpath("//main//a/@href")[0] == f"/sign-in?next={task}"
    assert "Record contact" in site.sign_in(sites.EVERYBODY).page(task).text_content()


def test_what_was_typed_survives_a_lost_cookie(site: Site, task: str) -> None:
    page = checked(site.client.post(task, data={"concern": "Typed for long"}), status=400)

    assert "Typed for long" in page.text_content()


def test_a_password_is_never_given_back(visitor: Site) -> None:
    answer = visitor.client.post("/sign-in", data={"password": "a secret of mine"})

    assert "a secret of mine" not in answer.text
