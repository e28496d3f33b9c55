"""The pages of letters: found by state, read, printed, tried again; and what they hide."""

from datetime import timedelta

import pytest

from engine.store.tables import Case, Letter
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts
from web import clock

ADDRESS = "head@school.example.test"
MANAGER = "duty@example.test"


@pytest.fixture
def case_id(site: Site) -> int:
    return int(walk.start(site).rpartition("/")[2])


def write(site: Site, case_id: int, **changed: object) -> int:
    """Put a letter into the case; gives its id."""
    now = clock.now()
    values: dict[str, object] = {
        "case_id": case_id,
        "authority": sites.AUTHORITY,
        "recipient": "professional_referrer",
        "kind": "acknowledgement",
        "address": ADDRESS,
        "subject": "We have received what you sent us",
        "text": "Thank you.\n\nSomebody is looking at it.\n",
        "html": "<p>Thank you.</p>",
        "clauses": ["SWK-46"],
        "state": "ready",
        "tries": 0,
        "next_try_at": now,
        "made_at": now,
    }
    with site.app.extensions["frontdoor.database"].writing() as store:
        letter = Letter(**{**values, **changed})
        store.add(letter)
        store.flush()
        return int(letter.id)


def state_of(site: Site, letter_id: int) -> str:
    with site.app.extensions["frontdoor.database"].reading() as store:
        return str(store.get_one(Letter, letter_id).state)


def rows(site: Site, path: str) -> list[str]:
    return texts(site.page(path), "//tbody/tr/th")


def test_the_list_shows_the_letters_of_one_state(site: Site, case_id: int) -> None:
    write(site, case_id)
    write(site, case_id, state="failed", problem="The mail server refused the letter (554).")

    ready, failed = site.page("/letters"), site.page("/letters?state=failed")

    assert len(texts(ready, "//tbody/tr")) == 1
    assert "refused the letter (554)" in texts(failed, "//tbody/tr")[0]
    assert "There are no such letters." in site.page("/letters?state=sent").text_content()
    site.page("/letters?state=lost", status=404)


def test_the_list_goes_on_where_it_ended(site: Site, case_id: int) -> None:
    made = [
        write(site, case_id, next_try_at=clock.now() - timedelta(minutes=n // 2)) for n in range(60)
    ]

    first = site.page("/letters")
    (more,) = first.xpath("//nav[@aria-label='Pages of the list']//a/@href")
    second = site.page(more)

    shown = [
        int(link.rpartition("/")[2])
        for page in (first, second)
        for link in page.xpath("//tbody//th/a/@href")
    ]
    assert len(texts(first, "//tbody/tr")) == 50
    assert sorted(shown) == made
    assert not second.xpath("//nav[@aria-label='Pages of the list']")
    for odd in ("x", "-1", "99999999999999999999", ""):
        assert len(rows(site, f"/letters?before={odd}")) == 50


def test_a_letter_reads_as_it_goes_out(site: Site, case_id: int) -> None:
    page = site.page(f"/letters/{write(site, case_id)}")

    (text,) = page.xpath("//div[@class='app-letter__text']")
    assert text.text == "Thank you.\n\nSomebody is looking at it.\n"
    assert ADDRESS in page.text_content()
    assert "SWK-46" in page.text_content()


def test_a_letter_is_marked_as_printed_and_may_come_back(site: Site, case_id: int) -> None:
    letter = write(site, case_id, address=None)

    site.post(f"/letters/{letter}/printed")
    assert state_of(site, letter) == "printed"
    assert site.post(f"/letters/{letter}/again").status_code == 409

    site.post(f"/letters/{letter}/came-back")
    assert state_of(site, letter) == "bounced"
    assert not site.page(f"/letters/{letter}").xpath("//button[contains(., 'Try again')]")


def test_an_email_that_failed_is_tried_again(site: Site, case_id: int) -> None:
    letter = write(site, case_id, state="failed", tries=6)
    assert site.page(f"/letters/{letter}").xpath("//button[contains(., 'Try again')]")

    answer = site.post(f"/letters/{letter}/again")

    assert answer.headers["Location"] == f"/letters/{letter}"
    assert state_of(site, letter) == "ready"


def test_letters_of_other_authorities_are_not_there(site: Site, case_id: int) -> None:
    with site.app.extensions["frontdoor.database"].writing() as store:
        store.get_one(Case, case_id).authority = "elsewhere"
    letter = write(site, case_id, authority="elsewhere")

    assert rows(site, "/letters") == []
    assert rows(site, "/letters?authority=elsewhere") == []
    site.page(f"/letters/{letter}", status=404)
    assert site.post(f"/letters/{letter}/printed").status_code == 404
    assert state_of(site, letter) == "ready"


@pytest.fixture
def manager(site: Site, case_id: int) -> Site:
    """Somebody who may see the case, but not who the referrer is."""
    sites.add_person(site.app, MANAGER, "duty_manager")
    return site.beside(MANAGER)


def test_a_referrers_address_and_a_letter_that_may_name_them_are_hidden(
    manager: Site, site: Site, case_id: int
) -> None:
    told = write(site, case_id)
    naming = write(
        site, case_id, recipient="parents", kind="source_disclosure", address=None, text="Quux.\n"
    )

    assert ADDRESS not in manager.page("/letters").text_content()
    assert ADDRESS not in manager.page(f"/letters/{told}").text_content()
    assert "Quux" not in manager.page(f"/letters/{naming}").text_content()
    assert "Your roles may not read it" in manager.page(f"/letters/{naming}").text_content()
    assert "Quux" in site.page(f"/letters/{naming}").text_content()


def test_the_pages_ask_the_database_little(site: Site, case_id: int) -> None:
    for _ in range(60):
        letter = write(site, case_id)

    for path in ("/letters", "/letters?state=sent", f"/letters/{letter}"):
        with site.asked() as said:
            site.page(path)
        assert 0 < len(said) <= 12, (path, said)
