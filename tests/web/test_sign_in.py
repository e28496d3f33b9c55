"""Coming in and going out."""

import pytest

from tests.web import site as sites
from tests.web.site import Site, checked

RIGHT: dict[str, str | list[str]] = {"email": sites.OFFICER, "password": sites.PASSWORD}


def test_the_right_password_opens_the_worklist(visitor: Site) -> None:
    visitor.page("/sign-in")

    answer = visitor.post("/sign-in", RIGHT)

    assert answer.status_code == 302
    page = checked(visitor.client.get("/", follow_redirects=True))
    assert page.findtext(".//h1") == "Worklist"
    assert "Officer" in page.text_content()


def test_an_analyst_starts_at_the_procedures(visitor: Site) -> None:
    visitor.post("/sign-in", {**RIGHT, "email": sites.ANALYST})

    page = checked(visitor.client.get("/", follow_redirects=True))

    assert page.findtext(".//h1") == "Procedures"


@pytest.mark.parametrize("email", [sites.OFFICER, "nobody@example.test", ""])
def test_a_wrong_password_says_no_more_than_that(visitor: Site, email: str) -> None:
    answer = visitor.post("/sign-in", {"email": email, "password": "not the password"})

    page = checked(answer, status=422)
    assert page.findtext(".//title").startswith("Error: ")
    assert page.xpath("//a[@href='#email']/text()") == [
        "The e-mail address or the password is wrong"
    ]
    assert (page.get_element_by_id("email").get("value") or "") == email
    assert visitor.client.get("/worklist").status_code == 302


def test_guessing_is_stopped(visitor: Site) -> None:
    for _ in range(5):
        visitor.post("/sign-in", {**RIGHT, "password": "not the password"})

    page = checked(visitor.post("/sign-in", RIGHT), status=409)

    assert page.xpath("//a[@href='#email']")


def test_after_signing_in_the_wanted_page_comes(visitor: Site) -> None:
    sent = visitor.client.get("/cases?search=x")

    page = visitor.page(sent.headers["Location"])
    wanted = page.xpath("//input[@name='next']/@value")[0]
    answer = visitor.post("/sign-in", {**RIGHT, "next": wanted})

    assert answer.headers["Location"] == "/cases?search=x"


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example", "/\\e.x"])
def test_signing_in_never_leads_to_another_site(visitor: Site, target: str) -> None:
    answer = visitor.post("/sign-in", {**RIGHT, "next": target})

    assert answer.headers["Location"] == "/"


def test_signing_out_ends_the_session_on_the_server_too(site: Site) -> None:
    with site.client.session_transaction() as cookie:
        stolen = cookie["sid"]

    answer = site.post("/sign-out", origin="/worklist")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with site.client.session_transaction() as cookie:
        cookie["sid"] = stolen
    assert site.client.get("/worklist").status_code == 302
