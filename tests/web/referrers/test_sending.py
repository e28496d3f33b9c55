"""The open page for referrers: what it asks, and what it starts."""

import re

import pytest

from engine import definitions
from tests.web import site as sites
from tests.web import walk
from tests.web.referrers.referrer import (
    TOLD,
    case_of,
    reference_and_code,
    rows,
    send,
    staff,
    values,
)
from tests.web.site import Site, checked
from web.referrers import views

OTHERS = ("milton_keynes", "sefton", "lincolnshire", "cambridgeshire")


def test_danger_comes_first_on_every_page(visitor: Site) -> None:
    send(visitor)
    for path in ("/refer/sent", "/refer", "/refer/southwark/child", "/refer/follow"):
        assert "call 999 first" in visitor.page(path).text_content(), path


def test_a_referrer_says_where_and_who_they_are(visitor: Site) -> None:
    page = checked(visitor.post("/refer", origin="/refer"), status=422)
    assert page.xpath("//div[@role='alert']//a/@href") == ["#authority", "#kind"]

    answer = visitor.post("/refer", {"authority": "southwark", "kind": "public"}, origin="/refer")

    assert answer.headers["Location"] == "/refer/southwark/public"


@pytest.mark.parametrize("path", ["/refer/elsewhere/public", "/refer/southwark/analyst"])
def test_there_is_no_form_for_what_is_not_offered(visitor: Site, path: str) -> None:
    visitor.page(path, status=404)


def test_an_authority_takes_referrals_here_only_where_its_file_says_so(visitor: Site) -> None:
    sites.deploy(
        visitor.app, sites.changed("bpmn/southwark/authority.toml",
                                   rb"\[online_referral\][^\[]*", b"")
    )  # fmt: skip

    visitor.page("/refer/southwark/public", status=404)
    assert "No authority takes referrals" in visitor.page("/refer").text_content()


def test_a_referral_starts_its_case_with_all_that_was_told(visitor: Site) -> None:
    answer = send(visitor)

    assert answer.headers["Location"] == "/refer/sent"
    reference, code = reference_and_code(visitor)
    desk = staff(visitor)
    case = case_of(desk)
    page = desk.page(case)
    assert reference in page.findtext(".//h1")
    assert "Rowan Canary" in page.text_content()
    for _ in range(3):
        (name, task), *_more = walk.open_tasks(desk, case)
        if name.startswith("Record contact"):
            break
        walk.complete(desk, task)
    asked = desk.page(task)
    form = walk.values_of(walk.form_of(asked, task))
    assert form["children.0.name"] == ["Rowan Canary"]
    assert form["children.0.date_of_birth.year"] == ["2016"]
    assert form["contact_channel"] == ["online_form"]
    assert form["referrer_name"] == ["Marta Example"]
    assert TOLD["concern"] in str(form["concern"])
    assert re.fullmatch(r"[2-9B-Y]{4}(-[2-9B-Y]{4}){3}", code)


@pytest.mark.parametrize("authority", OTHERS)
@pytest.mark.parametrize("kind", ["professional", "public", "family", "child"])
def test_every_authority_takes_every_kind_of_referrer(
    visitor: Site, authority: str, kind: str
) -> None:
    sites.deploy(visitor.app, definitions.load_authority(sites.ROOT, authority))

    page = visitor.page(f"/refer/{authority}/{kind}")
    asked = set(page.xpath("//form//@name"))
    sent = {key: text for key, text in TOLD.items() if key in asked}
    answer = visitor.client.post(
        f"/refer/{authority}/{kind}",
        data={**walk.values_of(walk.form_of(page, f"/refer/{authority}/{kind}")), **sent},
    )

    assert answer.headers["Location"] == "/refer/sent"
    assert rows(visitor, "select authority, referrer_kind, started_by from 'case'") == [
        (authority, kind, "system:referrer")
    ]


def test_what_happens_next_is_what_the_procedure_says(visitor: Site) -> None:
    professional = visitor.page("/refer/southwark/professional").text_content()
    assert "24 hours from receipt (SWK-51)" in professional
    assert "(SWK-93)" in professional
    assert "You are told what came of it" in professional

    public = visitor.page("/refer/southwark/public").text_content()
    assert "(SWK-94, SWK-95)" in public
    assert "You are told what came of it" not in public


def test_where_the_procedure_is_silent_nothing_is_promised(visitor: Site) -> None:
    sites.deploy(visitor.app, definitions.load_authority(sites.ROOT, "milton_keynes"))

    page = visitor.page("/refer/milton_keynes/public").text_content()

    assert "does not say that you are told" in page
    assert "(MKE-128)" not in page


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("public", {"anonymity_requested"}),
        ("professional", {"anonymity_requested", "referrer_identity_may_be_shared"}),
    ],
)
def test_the_choice_to_stay_anonymous_is_there_where_the_procedure_has_it(
    visitor: Site, kind: str, asked: set[str]
) -> None:
    sites.deploy(visitor.app, definitions.load_authority(sites.ROOT, "sefton"))
    questions = {"anonymity_requested", "referrer_identity_may_be_shared"}

    assert asked == questions & set(visitor.page(f"/refer/southwark/{kind}").xpath("//@name"))
    assert not questions & set(visitor.page(f"/refer/sefton/{kind}").xpath("//@name"))


def test_what_is_missing_is_said_and_what_was_typed_stays(visitor: Site) -> None:
    page = checked(send(visitor, concern="", referrer_name=""), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#concern", "#referrer_name"]
    assert page.get_element_by_id("children-0-name").get("value") == "Rowan Canary"


def test_a_text_too_long_is_refused_and_stays(visitor: Site) -> None:
    page = checked(send(visitor, concern="x" * 20_001), status=422)

    assert page.get_element_by_id("concern").text.strip() == "x" * 20_001


def test_another_child_is_added_without_sending_anything(visitor: Site) -> None:
    page = checked(send(visitor, _add="children"))

    assert page.get_element_by_id("children-1-name") is not None
    assert rows(visitor, "select count(*) from 'case'") == [(0,)]


def test_a_box_that_only_machines_see_stops_them_and_tells_people(visitor: Site) -> None:
    page = checked(send(visitor, website="https://spam.example"), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == ["#website"]
    assert rows(visitor, "select count(*) from 'case'") == [(0,)]


def test_a_double_click_starts_one_case_with_one_code(visitor: Site) -> None:
    sent = values(visitor)

    found = []
    for _ in range(2):
        visitor.client.post("/refer/southwark/professional", data=sent)
        found.append(reference_and_code(visitor))

    assert found[0] == found[1]
    assert rows(visitor, "select count(*) from 'case'") == [(1,)]


def test_the_same_words_from_another_page_are_another_referral(visitor: Site) -> None:
    send(visitor)
    first = reference_and_code(visitor)
    send(visitor)

    assert rows(visitor, "select count(*) from 'case'") == [(2,)]
    assert reference_and_code(visitor)[1] != first[1]


def test_words_changed_after_going_back_are_not_lost(visitor: Site) -> None:
    sent = values(visitor)
    visitor.client.post("/refer/southwark/professional", data=sent)
    visitor.client.post("/refer/southwark/professional", data={**sent, "concern": "More."})

    assert rows(visitor, "select count(*) from 'case'") == [(2,)]


def test_too_much_from_one_place_is_slowed_down_and_nothing_typed_is_lost(
    visitor: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_REFERRALS", 1)
    send(visitor)

    page = checked(send(visitor), status=429)

    assert TOLD["concern"] in page.get_element_by_id("concern").text
    assert "call 999" in page.text_content()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    sent = values(visitor)
    answer = visitor.client.post(
        "/refer/southwark/professional", data=sent, environ_overrides=elsewhere
    )
    assert answer.status_code == 302
    assert "127.0.0.1" not in str(rows(visitor, "select * from public_request"))
