"""A case is withdrawn, reopened, begun again."""

import pytest

from tests.web import site as sites
from tests.web import walk
from tests.web.cases.sending import send
from tests.web.site import Site, checked, texts, words

REASON = "Recorded twice: the school rang again."


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
    case = walk.referral(site)
    walk.to_the_end(site, case)

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
    case = walk.start(site)
    advice = {"case_status": "not_known", "needs_more_than_advice": "false"}
    walk.to_the_end(site, case, **{"Check records": advice})
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
