"""What a task's page tells of the way that led to it, and of who can act."""

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts
from tests.web.tasks.test_checking import until


def test_a_manager_reads_what_is_proposed_and_why_before_authorising_it(site: Site) -> None:
    case = walk.start(site)
    proposing = until(site, case, "Propose disposal")
    walk.complete(site, proposing, {"proposal_reasons": "The aunt has moved in."})
    task = until(site, case, "Authorise disposal")

    (before,) = texts(site.page(task), "//section[@class='app-before']")

    assert "Which initial disposal does the child's referral come to? Disposal option 4" in before
    assert "SWK-90" in before
    assert "Propose disposal, by Everybody" in before
    assert before.endswith("The aunt has moved in.")


def test_the_first_task_of_a_contact_has_nothing_before_it(site: Site, task: str) -> None:
    assert not site.page(task).xpath("//section[@class='app-before']")


def test_what_a_task_asks_itself_is_not_told_before_it(site: Site) -> None:
    case = walk.start(site)
    page = site.page(until(site, case, "Check records"))

    questions = texts(page, "//dl[@class='app-before__answers']/dt")

    assert questions
    assert not set(questions) & set(texts(page, "//main//legend"))


def test_whoever_cannot_do_a_task_is_told_who_can(site: Site) -> None:
    walk.start(site, **walk.TOLD_LONG_AGO)
    redirect = site.page("/worklist").xpath("//tbody//th/a/@href")[0]

    page = site.beside(sites.OFFICER).page(redirect)

    assert "Ask somebody who can do it: Everybody." in page.text_content()


def test_a_limit_that_is_met_by_the_time_on_record_is_no_alarm(site: Site) -> None:
    walk.start(site, child_may_be_in_need="true", case_status="not_known")
    redirect = site.page("/worklist").xpath("//tbody//th/a/@href")[0]

    (limit,) = site.page(redirect).xpath(
        "//section[@aria-label='Limit: 1 hour from first contact (SWK-48)']"
    )

    assert "app-deadline--met" in limit.get("class")
    assert "Met by the time on record: 1 hour from first contact" in limit.text_content()


def test_somebody_who_was_slower_is_led_to_where_the_case_stands(
    site: Site, colleague: Site, task: str
) -> None:
    walk.complete(colleague, task, walk.ANSWERS["Record contact"])

    answer = site.client.get(task)

    assert answer.status_code == 409
    assert "See where the case stands now" in answer.text
