"""What is typed is kept: while it is typed, when time is out, and when somebody was faster."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from engine.people import sessions
from engine.store.tables import WebSession
from tests.engine.documents import samples
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked
from web import clock

TYPED = "Typed for long"


def values(site: Site, task: str) -> walk.Values:
    """What a browser sends of the page with something typed into it."""
    form = walk.form_of(site.page(task), task)
    return {**walk.values_of(form), "concern": TYPED}


def by_script(site: Site, task: str) -> TestResponse:
    """What the script of the page does some seconds after typing stops."""
    return site.client.post(
        f"{task}/draft", data=values(site, task), headers={"Accept": "application/json"}
    )


def concern(site: Site, task: str) -> str:
    return str(site.page(task).get_element_by_id("concern").text or "").strip()


def let_time_run_out(site: Site) -> None:
    with site.app.extensions["frontdoor.database"].writing() as store:
        over = clock.now() - sessions.IDLE - timedelta(seconds=1)
        store.execute(update(WebSession).values(last_seen_at=over))


def colleague(site: Site) -> Site:
    return site.beside(sites.OFFICER)


def test_what_the_script_saves_is_restored(site: Site, task: str) -> None:
    answer = by_script(site, task)

    saved = answer.json["saved"]
    assert len(saved) == len("14:02")
    page = site.page(task)
    assert f"Your draft of {saved} has been restored." in page.text_content()
    assert concern(site, task) == TYPED


def test_a_draft_is_saved_by_a_button_and_nothing_is_judged(site: Site, task: str) -> None:
    page = site.page(task)
    (button,) = page.xpath("//button[.='Save and come back later']")

    sent = {**values(site, task), "contact_channel": "nonsense"}
    answer = site.client.post(button.get("formaction"), data=sent)

    assert answer.headers["Location"] == "/worklist"
    assert "Your draft was saved at" in site.page("/worklist").text_content()
    assert concern(site, task) == TYPED


def test_a_draft_is_discarded(site: Site, task: str) -> None:
    by_script(site, task)

    site.post(f"{task}/draft/discard", origin=task)

    assert concern(site, task) == ""
    assert "has been restored" not in site.page(task).text_content()


def test_nobody_else_is_shown_the_draft(site: Site, task: str) -> None:
    by_script(site, task)

    assert concern(colleague(site), task) == ""


def test_a_completed_task_leaves_no_draft(site: Site, case: str, task: str) -> None:
    by_script(site, task)

    walk.complete(site, task, walk.CHILD)

    page = site.page(task, status=409)
    assert TYPED not in page.text_content()


def test_a_late_save_by_the_script_after_the_task_has_ended_is_dropped(
    site: Site, task: str
) -> None:
    late = values(site, task)
    walk.complete(site, task, walk.CHILD)

    answer = site.client.post(f"{task}/draft", data=late, headers={"Accept": "application/json"})

    assert answer.json == {"saved": ""}
    assert TYPED not in site.page(task, status=409).text_content()


def test_wrong_answers_are_kept_too(site: Site, task: str) -> None:
    sent = {**values(site, task), "contact_channel": "nonsense"}

    checked(site.client.post(task, data=sent), status=422)

    assert concern(site, task) == TYPED


@pytest.mark.parametrize("address", ["{}", "{}/draft"])
def test_what_is_sent_too_late_is_in_the_form_after_signing_in_again(
    site: Site, task: str, address: str
) -> None:
    sent = values(site, task)
    let_time_run_out(site)

    page = checked(site.client.post(address.format(task), data=sent), status=401)

    assert "What you typed has been kept" in page.text_content()
    assert page.xpath("//main//a/@href")[0] == f"/sign-in?next={task}"
    assert site.client.get(task).status_code == 302
    assert concern(site.sign_in(sites.EVERYBODY), task) == TYPED


def test_a_page_that_asks_meanwhile_does_not_lose_whose_text_it_is(site: Site, task: str) -> None:
    sent = values(site, task)
    let_time_run_out(site)
    site.client.get("/worklist")

    site.client.post(task, data=sent)

    assert concern(site.sign_in(sites.EVERYBODY), task) == TYPED


def test_whoever_signs_in_next_is_not_shown_what_another_typed(site: Site, task: str) -> None:
    sent = values(site, task)
    let_time_run_out(site)
    site.client.post(task, data=sent)

    assert concern(site.sign_in(sites.OFFICER), task) == ""


def test_after_signing_out_nothing_is_kept(site: Site, task: str) -> None:
    sent = values(site, task)
    site.post("/sign-out", origin="/worklist")

    answer = site.client.post(task, data=sent)

    assert answer.status_code in (400, 401)
    assert concern(site.sign_in(sites.EVERYBODY), task) == ""


def test_whoever_was_slower_reads_what_they_typed_by_its_questions(site: Site, task: str) -> None:
    sent = {**values(site, task), "contact_channel": "letter", "children.0.name": "Child A"}
    walk.complete(colleague(site), task, walk.CHILD)

    page = checked(site.client.post(task, data=sent), status=409)

    assert "Officer completed this" in page.text_content()
    rows = dict(zip(sites.texts(page, "//dt"), sites.texts(page, "//dd"), strict=True))
    assert rows["How was the contact made?"] == "A letter"
    assert "Child A" in rows["Which children is the contact about?"]
    assert TYPED in page.text_content()
    again = site.page(task, status=409)
    assert TYPED in again.text_content()


def test_the_time_left_is_told_without_lengthening_it(site: Site) -> None:
    with site.app.extensions["frontdoor.database"].writing() as store:
        seen = clock.now() - timedelta(minutes=20)
        store.execute(update(WebSession).values(last_seen_at=seen))

    asked = site.client.get("/sign-in/time").json

    assert 590 <= asked["seconds"] <= 600
    assert _last_seen(site) == seen
    stayed = site.post("/sign-in/time", origin="/sign-in").json
    assert stayed["seconds"] > 1700
    assert len(stayed["until"]) == len("14:32")


def test_the_time_left_of_nobody_is_not_told(visitor: Site) -> None:
    assert visitor.client.get("/sign-in/time").status_code == 302


def _last_seen(site: Site) -> object:
    with site.app.extensions["frontdoor.database"].reading() as store:
        return store.scalar(select(WebSession.last_seen_at))


def test_letters_that_nobody_sees_are_left_out(site: Site, task: str) -> None:
    sent = {**values(site, task), "concern": "a\x00b\x07c\x0b\u202ed", "ghost\x00": "x"}

    site.client.post(f"{task}/draft", data=sent)

    assert concern(site, task) == "abc\nd"
    assert site.client.get("/cases?search=%00").status_code == 200
    assert site.client.get("/procedures/%00/clauses").status_code == 404


def press(site: Site, task: str, button: str, **typed: str) -> TestResponse:
    """Press a button of the task's form without a script."""
    page = site.page(task)
    (address,) = page.xpath(f"//form[@id='answers']//button[.='{button}']/@formaction")
    values = {**walk.values_of(walk.form_of(page, task)), **typed}
    return site.client.post(str(address), data=values)


def test_claiming_and_releasing_keep_what_was_typed_before(site: Site, task: str) -> None:
    assert press(site, task, "Claim this task", concern=TYPED).headers["Location"] == task
    assert concern(site, task) == TYPED

    press(site, task, "Release this task", concern=f"{TYPED} and more")
    assert concern(site, task) == f"{TYPED} and more"
    assert "Nobody has claimed this task yet" in site.page(task).text_content()


def test_claiming_a_task_as_it_stands_makes_no_draft(site: Site, task: str) -> None:
    press(site, task, "Claim this task")

    assert "has been restored" not in site.page(task).text_content()


def test_claiming_on_the_worklist_leaves_the_draft_alone(site: Site, task: str) -> None:
    by_script(site, task)

    site.post(f"{task}/claim", origin="/worklist")

    assert concern(site, task) == TYPED


def test_claiming_what_somebody_has_claimed_keeps_what_was_typed(site: Site, task: str) -> None:
    page = site.page(task)
    values = {**walk.values_of(walk.form_of(page, task)), "concern": TYPED}
    colleague(site).post(f"{task}/claim", origin=task)

    page = checked(site.client.post(f"{task}/claim", data=values), status=409)

    assert TYPED in page.text_content()


def test_a_file_that_is_sent_with_a_claim_is_kept(site: Site, task: str) -> None:
    sent = {**values(site, task), "contact_documents": (io.BytesIO(samples.PDF), "one.pdf")}

    site.client.post(f"{task}/claim", data=sent)

    assert "one.pdf" in site.page(task).text_content()
