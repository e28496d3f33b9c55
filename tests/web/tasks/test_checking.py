"""Answers are checked before they decide anything, and what follows is shown."""

from lxml import html
from sqlalchemy import delete, select

from engine.store.tables import Decision, PersonRole
from tests.web import walk
from tests.web.site import Site, checked, texts

DECIDING = "Check records"


def until(site: Site, case: str, wanted: str) -> str:
    """Work on until a task of this name opens; gives its address."""
    for _ in range(20):
        for name, task in walk.open_tasks(site, case):
            if name.startswith(wanted):
                return task
        name, task = walk.open_tasks(site, case)[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))
    raise AssertionError(f"no task {wanted}")


def to_check(site: Site, task: str, **chosen: str) -> html.HtmlElement:
    """Send a task's answers; gives the page that asks to check them."""
    form = walk.form_of(site.page(task), task)
    answer = site.client.post(task, data=walk.answered(form, {**walk.ANSWERS[DECIDING], **chosen}))
    assert answer.headers["Location"] == f"{task}/check"
    return site.page(f"{task}/check")


def test_a_task_that_only_leads_on_is_completed_at_once(site: Site, case: str) -> None:
    ((name, task),) = walk.open_tasks(site, case)

    form = walk.form_of(site.page(task), task)
    answer = site.client.post(task, data=walk.answered(form, walk.ANSWERS[name]))

    assert answer.headers["Location"] == case


def test_a_task_that_decides_shows_its_answers_and_what_follows(site: Site, case: str) -> None:
    task = until(site, case, DECIDING)

    page = to_check(site, task)

    assert page.findtext(".//h1") == "Check your answers"
    labels = texts(page, "//dt")
    assert "What does Mosaic show about the child?" in labels
    assert "What is decided" in texts(page, "//h3")
    assert "SWK-" in page.text_content()
    (change,) = [link for link in page.xpath("//dd/a/@href") if link.endswith("#case_status")]
    assert change == f"{task}?change=case_status#case_status"
    assert name_of(site, case) == [DECIDING]


def name_of(site: Site, case: str) -> list[str]:
    return [name for name, _ in walk.open_tasks(site, case)]


def test_changing_leads_back_to_the_answers_as_they_were_chosen(site: Site, case: str) -> None:
    task = until(site, case, DECIDING)
    to_check(site, task, previous_concerns="other")

    page = site.page(f"{task}?change=previous_concerns")

    chosen = page.xpath("//input[@name='previous_concerns' and @checked]/@value")
    assert chosen == ["other"]


def test_confirming_completes_the_task(site: Site, case: str) -> None:
    task = until(site, case, DECIDING)
    page = to_check(site, task)
    check = f"{task}/check"

    answer = site.client.post(check, data=walk.values_of(walk.form_of(page, check)))

    assert answer.headers["Location"] == case
    assert "Completed: Check records" in site.page(case).text_content()
    site.page(task, status=409)


def test_what_changed_since_it_was_read_must_be_read_again(site: Site, case: str) -> None:
    task = until(site, case, DECIDING)
    check = f"{task}/check"
    sent = walk.values_of(walk.form_of(to_check(site, task, previous_concerns="similar"), check))
    to_check(site, task, previous_concerns="other")  # in another tab

    page = checked(site.client.post(check, data=sent), status=409)

    assert "Read it again" in page.text_content()
    assert name_of(site, case) == [DECIDING]


def test_nothing_can_be_checked_that_was_not_answered(site: Site, case: str) -> None:
    task = until(site, case, DECIDING)

    assert site.client.get(f"{task}/check").headers["Location"] == task
    checked(site.post(f"{task}/check", origin=task), status=422)


def to_disposal(site: Site, case: str) -> tuple[str, html.HtmlElement]:
    """The page that asks to check what a table decides of the second child's referral."""
    walk.complete(site, until(site, case, "Decide type of response"))
    task = until(site, case, "Decide type of response")
    answer = site.client.post(task, data=walk.answered(walk.form_of(site.page(task), task), {}))
    assert answer.headers["Location"] == f"{task}/check"
    return task, site.page(f"{task}/check")


def judged(page: html.HtmlElement, check: str, *, option: str, reason: str) -> walk.Values:
    """The form of the page with a judgement in the first table's place."""
    (choice,) = page.xpath(f"//details//input[@type='radio'][../label[text()='{option}']]")[:1]
    sent = walk.values_of(walk.form_of(page, check))
    return {**sent, str(choice.get("name")): str(choice.get("value")), "decision.0.reason": reason}


def test_judgement_takes_a_tables_place_once_its_result_was_read(site: Site, case: str) -> None:
    task, page = to_disposal(site, case)
    check = f"{task}/check"
    said = texts(page, "//*[@class='app-ahead__result']")[0]
    other = next(
        text
        for text in texts(page, "//details//input[@type='radio']/../label")
        if text != "As the table says" and text not in said
    )
    sent = judged(page, check, option=other, reason="The family is known to us")

    unread = checked(site.client.post(check, data=sent), status=409)
    assert "Read it again" in unread.text_content()
    page = checked(site.client.post(check, data={**sent, "look": "decision.0"}))

    assert "Your judgement" in page.text_content()
    assert texts(page, "//*[@class='app-ahead__result']")[0].endswith(other)
    answer = site.client.post(check, data=walk.values_of(walk.form_of(page, check)))
    assert answer.headers["Location"] == case
    with site.app.extensions["frontdoor.database"].reading() as store:
        rows = store.scalars(select(Decision).where(Decision.override_reason.is_not(None))).all()
        assert [row.override_reason for row in rows] == ["The family is known to us"]


def test_no_result_of_a_table_is_a_bare_number(site: Site, case: str) -> None:
    _task, page = to_disposal(site, case)

    said = texts(page, "//*[@class='app-ahead__result']")
    harm = "Disposal option 4: suspected Significant Harm is looked at before the levels of need"
    assert set(said) == {harm}
    choices = texts(page, "//details//input[@type='radio']/../label")
    assert "2: a low level of needs or risks, unlikely to escalate" in choices
    assert not [choice for choice in choices if choice.isdigit()]


def test_judgement_needs_a_reason(site: Site, case: str) -> None:
    task, page = to_disposal(site, case)
    check = f"{task}/check"
    other = texts(page, "//details//input[@type='radio']/../label")[1]
    sent = judged(page, check, option=other, reason="No")

    refused = checked(site.client.post(check, data={**sent, "look": "decision.0"}), status=422)

    assert "10 letters or more" in refused.text_content()
    assert refused.xpath("//details[@open]//textarea")[0].text.strip() == "No"


def test_only_some_roles_may_put_their_judgement_in_a_tables_place(site: Site, case: str) -> None:
    task, _page = to_disposal(site, case)
    with site.app.extensions["frontdoor.database"].writing() as store:
        store.execute(delete(PersonRole).where(PersonRole.role == "duty_manager"))

    page = site.page(f"{task}/check")

    assert "What is decided" in texts(page, "//h3")
    assert not page.xpath("//details")
