"""What is done with a case as a whole: withdrawn, reopened, corrected; its documents; on paper."""

import io

import pytest
from lxml import html
from sqlalchemy import event

from engine import people
from engine.casework import Override
from engine.runtime import tasks
from tests.engine.runtime import playing
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from web import clock

REASON = "Recorded twice: the school rang again."
PARTS = (
    "", "/limits", "/decisions", "/known", "/letters", "/documents", "/history", "/related",
    "/chronology", "/diagram", "/print", "/decisions/print", "/withdraw",
    "/correct/referrer_kind/0",
)  # fmt: skip
MOST_BYTES = 100_000
MOST_STATEMENTS = 12


def words(page: html.HtmlElement) -> str:
    """All words of a page."""
    return " ".join(page.text_content().split())


@pytest.fixture
def case(site: Site) -> str:
    """A contact that has just been recorded as a referral."""
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known")
    for chosen in ({}, walk.CHILD, {"case_status": "not_known", "needs_more_than_advice": "true"}):
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, chosen)
    return case


def send(site: Site, address: str, **boxes: str) -> html.HtmlElement:
    """Fill in the form of a page and send it; the page that it leads to."""
    values = {**walk.values_of(walk.form_of(site.page(address), address)), **boxes}
    return checked(site.client.post(address, data=values, follow_redirects=True))


def test_every_part_of_a_case_is_light_and_asks_little(site: Site, case: str) -> None:
    asked: list[str] = []
    engine = site.app.extensions["frontdoor.database"].engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for part in PARTS:
        asked.clear()
        answer = site.client.get(f"{case}{part}")

        statements = [one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]
        checked(answer)
        assert len(answer.data) < MOST_BYTES, part
        assert len(statements) <= MOST_STATEMENTS, (part, statements)


def test_withdrawn_case_says_by_whom_and_why_and_asks_nothing_more(site: Site, case: str) -> None:
    ((name, task),) = walk.open_tasks(site, case)
    walk.complete(site, task, walk.ANSWERS.get(name, {}))  # now limits run

    page = send(site, f"{case}/withdraw", reason=REASON)

    assert "Withdrawn by Everybody" in words(page)
    assert REASON in words(page)
    assert walk.open_tasks(site, case) == []
    assert "No longer runs" in words(site.page(f"{case}/limits"))
    assert f"The case was withdrawn: {REASON}" in words(site.page(f"{case}/history"))


def test_reopened_case_goes_on_with_its_tasks(site: Site, case: str) -> None:
    before = walk.open_tasks(site, case)
    send(site, f"{case}/withdraw", reason=REASON)

    page = send(site, f"{case}/reopen", reason="It is another child after all.")

    assert walk.open_tasks(site, case) == before
    assert "Reopened by Everybody" in words(page)


def test_finished_case_begins_again_with_what_is_known(site: Site) -> None:
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known")
    for _ in range(60):
        tasks = walk.open_tasks(site, case)
        if not tasks:
            break
        name, task = tasks[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))

    page = send(site, f"{case}/reopen", reason="The school has sent new information.")

    assert "Section 47" not in texts(page, "//h2")
    assert walk.open_tasks(site, case)
    assert "Child A" in words(page)


@pytest.mark.parametrize("act", ["withdraw", "reopen"])
def test_act_without_a_reason_is_asked_for_it(site: Site, case: str, act: str) -> None:
    if act == "reopen":
        send(site, f"{case}/withdraw", reason=REASON)
    address = f"{case}/{act}"
    form = walk.values_of(walk.form_of(site.page(address), address))

    for reason in ("", "short"):
        answer = site.client.post(address, data={**form, "reason": reason})
        page = checked(answer, status=422)
        assert page.xpath("//div[@role='alert']//a/@href") == ["#reason"]


def test_new_information_cannot_have_arrived_in_the_future(site: Site) -> None:
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known")
    for _ in range(60):
        tasks = walk.open_tasks(site, case)
        if not tasks:
            break
        name, task = tasks[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))
    address = f"{case}/reopen"
    form = walk.values_of(walk.form_of(site.page(address), address))

    answer = site.client.post(address, data={**form, "reason": REASON, "received_at.year": "2199"})

    page = checked(answer, status=422)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#received_at-day"]


def test_what_cannot_be_done_with_a_case_shows_no_form_and_no_link(site: Site, case: str) -> None:
    assert not site.page(case).xpath("//a[contains(@href, '/reopen')]")
    refused = site.page(f"{case}/reopen", status=409)
    assert "The case is open, so it cannot be reopened." in words(refused)
    assert not refused.xpath("//main//form")

    send(site, f"{case}/withdraw", reason=REASON)

    assert not site.page(case).xpath("//a[contains(@href, '/withdraw')]")
    refused = site.page(f"{case}/withdraw", status=409)
    assert "The case is finished already, so it cannot be withdrawn." in words(refused)
    assert not refused.xpath("//main//form")


def test_whoever_may_not_judge_is_not_offered_it_and_is_refused(site: Site, case: str) -> None:
    site.sign_in(sites.OFFICER)

    page = site.page(case)

    assert not page.xpath("//a[contains(@href, '/withdraw')]")
    site.page(f"{case}/withdraw", status=403)
    site.page(f"{case}/reopen", status=403)
    assert site.post(f"{case}/withdraw", {"reason": REASON}, origin=case).status_code == 403


def test_open_case_cannot_be_reopened(site: Site, case: str) -> None:
    answer = site.post(
        f"{case}/reopen",
        {
            "reason": REASON,
            **{f"received_at.{part}": "1" for part in ("day", "month", "hour")},
            "received_at.year": "2026",
            "received_at.minute": "0",
        },
        origin=case,
    )

    assert answer.status_code == 409


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


def test_document_is_kept_taken_to_look_at_and_taken_out(site: Site, case: str) -> None:
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    sent = {**form, "document": (io.BytesIO(b"A note of the call."), "note.txt")}
    page = checked(
        site.client.post(
            address, data=sent, content_type="multipart/form-data", follow_redirects=True
        )
    )

    (link,) = page.xpath("//a[normalize-space()='note.txt']/@href")
    got = site.client.get(link)
    assert got.data == b"A note of the call."
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    (remove,) = page.xpath("//form[contains(@action, '/remove')]/@action")
    refused = checked(site.client.post(remove, data={**form, "reason": " "}), status=422)
    assert refused.xpath("//div[@role='alert']//a/@href")
    gone = checked(
        site.client.post(remove, data={**form, "reason": "Not about her."}, follow_redirects=True)
    )
    assert "Taken out by Everybody" in words(gone)
    assert site.client.get(link).status_code == 404


def test_file_of_another_kind_is_refused_with_a_sentence(site: Site, case: str) -> None:
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    for sent in ({**form}, {**form, "document": (io.BytesIO(b"MZ\x90\x00\x03"), "run.exe")}):
        answer = site.client.post(address, data=sent, content_type="multipart/form-data")

        page = checked(answer, status=422)
        assert page.xpath("//div[@role='alert']//a/@href") == ["#document"]


def test_document_of_another_case_is_not_found(site: Site, case: str) -> None:
    other = walk.start(site)
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    sent = {**form, "document": (io.BytesIO(b"A note."), "note.txt")}
    site.client.post(address, data=sent, content_type="multipart/form-data")

    assert site.client.get(f"{case}/documents/1").status_code == 200
    assert site.client.get(f"{other}/documents/1").status_code == 404


def test_chronology_joins_cases_about_the_same_child(site: Site) -> None:
    known = {
        "children.count": "1",
        "children.0.name": "Ana Vale",
        "children.0.date_of_birth.day": "4",
        "children.0.date_of_birth.month": "5",
        "children.0.date_of_birth.year": "2017",
    }
    cases = []
    for _ in range(2):
        cases.append(walk.start(site, child_may_be_in_need="true", case_status="not_known"))
        for chosen in ({}, known):
            ((_name, task),) = walk.open_tasks(site, cases[-1])
            walk.complete(site, task, chosen)

    page = site.page(f"{cases[1]}/related")

    assert page.xpath(f"//a[@href='{cases[0]}']")
    assert "Same child" in words(page) or "same child" in words(page)
    told = texts(site.page(f"{cases[1]}/chronology"), "//td[@data-column='Case']")
    assert "This case" in told
    assert len(set(told)) == 2


def test_judgement_in_a_tables_place_keeps_its_mark_for_everybody(site: Site, case: str) -> None:
    database = site.app.extensions["frontdoor.database"]
    for _ in range(12):
        if walk.open_tasks(site, case)[0][0].startswith("Decide type of response"):
            break
        name, task = walk.open_tasks(site, case)[0]
        walk.complete(site, task, walk.ANSWERS.get(name, {}))
    name, task = walk.open_tasks(site, case)[0]
    number = int(task.rpartition("/")[2])
    judged = Override(
        decision_id="disposal_option",
        child=None,
        outputs="4",
        reason="The second account makes the lower option unsafe.",
        by="",
    )
    with database.writing() as store:
        by = people.actor_of(store, people.find(store, sites.EVERYBODY))
        given = playing.answers(tasks.get(store, number, by=by).task, {})
        tasks.complete(store, number, given, by=by, now=clock.now(), overrides=[judged])
    site.sign_in(sites.OFFICER)

    for address in (f"{case}/decisions", f"{case}/decisions/print"):
        text = words(site.page(address))
        assert "Overridden by professional judgement By Everybody" in text
        assert "The table said: Disposal option 3: moderate to high needs." in text
        assert "Disposal option 4: suspected Significant Harm" in text, text
        assert judged.reason in text
    assert "Decided by professional judgement" in words(site.page(f"{case}/history"))


def test_who_asked_for_anonymity_is_on_no_page_of_a_role_that_may_not_know(site: Site) -> None:
    named = {
        "anonymity_requested": "true",
        "referrer_kind": "public",
        "referrer_name": "Canary Winterbourne",
        "referrer_contact": "canary@example.test",
    }
    case = walk.start(site, child_may_be_in_need="true", case_status="not_known", **named)
    for _ in range(2):
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, {**walk.CHILD, **named})
    assert "Canary Winterbourne" in words(site.page(f"{case}/known"))
    database = site.app.extensions["frontdoor.database"]
    with database.writing() as store:
        person = people.create(
            store, email="m@example.test", name="M", password=sites.PASSWORD, now=clock.now()
        )
        people.grant(store, person.id, sites.AUTHORITY, "duty_manager")

    site.sign_in("m@example.test")

    for part in PARTS:
        answer = site.client.get(f"{case}{part}")
        assert answer.status_code == 200, part
        assert "anary" not in answer.text, part
    assert "asked to stay anonymous" in words(site.page(f"{case}/known"))
    site.page(f"{case}/correct/referrer_name/0", status=422)
