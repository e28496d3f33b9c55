"""Rules that hold for every route, whatever it does."""

import sqlite3
from contextlib import closing

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from engine import people
from engine.people import tokens
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site
from web import clock
from web.auth import Access, declared_access

OPEN = ("help.", "referrers.")  # pages that need no signing in, whatever they come to be


def made_up(rule: Rule, name: str) -> object:
    """Something that can stand in an address for this name."""
    return 1 if isinstance(rule._converters[name], IntegerConverter) else "front_door"


def addresses(app: Flask, method: str) -> list[tuple[str, Access | None]]:
    """Every address that answers the method, with made-up values in it."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()) and rule.endpoint != "static":
                values = {name: made_up(rule, name) for name in rule.arguments}
                address = adapter.build(rule.endpoint, values, method=method)
                found.append((address, declared_access(app.view_functions[rule.endpoint])))
    assert len(found) > 10
    return found


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and declared_access(view) is None
    ]

    assert undeclared == []


def test_only_these_routes_answer_anybody(app: Flask) -> None:
    public = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if declared_access(view) is Access.PUBLIC
    }

    assert {endpoint for endpoint in public if not endpoint.startswith(OPEN)} == {
        "sign_in.home",
        "sign_in.form",
        "sign_in.enter",
        "health",
        "api.openapi",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_visitor_is_sent_to_sign_in_by_every_other_page(visitor: Site, method: str) -> None:
    token = sites.csrf_of(visitor.client.get("/sign-in"))
    for address, access in addresses(visitor.app, method):
        answer = visitor.client.open(address, method=method, data={"csrf_token": token})
        if access is Access.API:
            assert answer.status_code == 401, address
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        elif access is not Access.PUBLIC and method == "GET":
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/sign-in"), address
        elif access is not Access.PUBLIC:
            assert sites.checked(answer, status=401).xpath("//a[starts-with(@href, '/sign-in')]")


@pytest.mark.parametrize("email", [sites.ANALYST, sites.STRANGER])
def test_whoever_holds_no_role_sees_no_casework(visitor: Site, email: str) -> None:
    visitor.sign_in(email)
    seen = 0
    for address, access in addresses(visitor.app, "GET"):
        if access is Access.CASEWORK:
            visitor.page(address, status=403)
            seen += 1
    assert seen > 10


def test_a_program_of_another_authority_sees_no_case(site: Site) -> None:
    with site.app.extensions["frontdoor.database"].writing() as store:
        token = tokens.create(store, "other", authority="elsewhere", role="clerk",
                              now=clock.now())  # fmt: skip
    headers = {"Authorization": f"Bearer {token}"}

    assert site.client.get("/api/v1/tasks", headers=headers).json == []
    assert site.client.get("/api/v1/cases/1", headers=headers).status_code == 404
    started = site.client.post("/api/v1/cases", json={"authority": "southwark"}, headers=headers)
    assert started.status_code == 403


def test_a_browser_session_is_no_key_to_the_api(site: Site) -> None:
    assert site.client.get("/api/v1/tasks").status_code == 401


def test_every_answer_says_what_the_browser_must_not_do(site: Site) -> None:
    for address, _access in [*addresses(site.app, "GET"), ("/no-such-page", None)]:
        headers = site.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-"), address
        assert "style-src 'self'; img-src 'self' data:; font-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers


def test_the_nonce_is_never_the_same_twice(visitor: Site) -> None:
    first, second = (
        visitor.client.get("/sign-in").headers["Content-Security-Policy"] for _ in range(2)
    )

    assert first != second


def test_behind_https_the_browser_is_told_to_stay_there(app: Flask, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings = sites.Settings.from_env({"FRONTDOOR_VAR": str(tmp_path / "var")})
    secure = sites.application(settings, https=True)

    answer = secure.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-frontdoor=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    secure.extensions["frontdoor.database"].close()


def test_a_post_without_a_token_changes_nothing(site: Site) -> None:
    for address, access in addresses(site.app, "POST"):
        if access is not Access.API:
            assert site.client.post(address).status_code == 400, address


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_a_post_from_another_site_is_refused_even_with_a_token(
    site: Site, headers: dict[str, str]
) -> None:
    token = sites.csrf_of(site.client.get("/worklist"))

    answer = site.client.post("/sign-out", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == 400
    site.page("/worklist")


def test_a_post_from_our_own_page_has_no_origin_and_is_taken(site: Site) -> None:
    token = sites.csrf_of(site.client.get("/worklist"))
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}

    answer = site.client.post("/sign-out", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == 302


def test_a_disabled_person_is_out_at_once(site: Site) -> None:
    now = clock.now()
    with site.app.extensions["frontdoor.database"].writing() as store:
        people.disable(store, people.find(store, sites.EVERYBODY).id, now=now)

    assert site.client.get("/worklist").status_code == 302


def test_reading_a_page_writes_nothing(site: Site) -> None:
    case = walk.start(site)
    ((_name, task),) = walk.open_tasks(site, case)
    path = site.app.extensions["frontdoor.database"].engine.url.database
    with closing(sqlite3.connect(path)) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        for address in [case, task, *(address for address, _ in addresses(site.app, "GET"))]:
            site.client.get(address)
        after = watcher.execute("PRAGMA data_version").fetchone()
        site.post(f"{task}/claim", origin="/worklist")
        written = watcher.execute("PRAGMA data_version").fetchone()

    assert before == after != written
