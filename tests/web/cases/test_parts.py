"""What holds for every part of a case."""

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, words

PARTS = (
    "", "/limits", "/decisions", "/known", "/letters", "/documents", "/history", "/related",
    "/chronology", "/diagram", "/print", "/decisions/print", "/withdraw",
    "/correct/referrer_kind/0",
)  # fmt: skip
MOST_BYTES = 100_000
MOST_STATEMENTS = 12


def test_every_part_of_a_case_is_light_and_asks_little(site: Site, case: str) -> None:
    for part in PARTS:
        with site.asked() as said:
            answer = site.client.get(f"{case}{part}")

        checked(answer)
        assert len(answer.data) < MOST_BYTES, part
        assert 0 < len(said) <= MOST_STATEMENTS, (part, said)


def test_who_asked_for_anonymity_is_on_no_page_of_a_role_that_may_not_know(site: Site) -> None:
    named = {
        "anonymity_requested": "true",
        "referrer_kind": "public",
        "referrer_name": "Canary Winterbourne",
        "referrer_contact": "canary@example.test",
    }
    case = walk.referral(site, **named)
    for _ in range(2):
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, {**walk.CHILD, **named})
    assert "Canary Winterbourne" in words(site.page(f"{case}/known"))
    sites.add_person(site.app, "m@example.test", "duty_manager")

    site.sign_in("m@example.test")

    for part in PARTS:
        answer = site.client.get(f"{case}{part}")
        assert answer.status_code == 200, part
        assert "anary" not in answer.text, part
    assert "asked to stay anonymous" in words(site.page(f"{case}/known"))
    site.page(f"{case}/correct/referrer_name/0", status=422)
