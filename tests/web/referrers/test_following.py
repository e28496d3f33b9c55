"""What a referrer is told afterwards, and by what they come in."""

import hashlib
import sqlite3
from contextlib import closing

import pytest
from lxml import html

from tests.web import walk
from tests.web.referrers.referrer import (
    TOLD,
    case_of,
    follow,
    reference_and_code,
    rows,
    send,
    staff,
)
from tests.web.site import Site, checked, texts
from web.referrers import views


def test_only_a_hash_of_the_code_is_kept(visitor: Site) -> None:
    send(visitor)
    _, code = reference_and_code(visitor)

    ((kept,),) = rows(visitor, "select code_hash from referrer_access")

    assert kept == hashlib.sha256(code.replace("-", "").encode()).hexdigest()
    path = visitor.app.extensions["frontdoor.database"].engine.url.database
    with closing(sqlite3.connect(path)) as connection:
        dump = "\n".join(connection.iterdump())
    assert code not in dump
    assert code.replace("-", "") not in dump


def test_guessing_codes_is_slowed_down(visitor: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_QUESTIONS", 2)

    answers = [follow(visitor, "7K3M-9QXT", "guess").status_code for _ in range(3)]

    assert answers == [422, 422, 429]


def test_a_reference_without_its_code_tells_nothing(visitor: Site) -> None:
    send(visitor)
    reference, code = reference_and_code(visitor)
    send(visitor, concern="Another")
    _, other = reference_and_code(visitor)

    pages = [follow(visitor, *pair) for pair in
             ((reference, other), (reference, ""), ("", code), ("XXXX-XXXX", code))]  # fmt: skip

    said = {texts(checked(page, status=422), "//div[@role='alert']//a")[0] for page in pages}
    assert said == {"The reference and the code do not belong together. Check both"}


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("professional", "You were told what came of it"),
        ("public", "You were given an answer"),
    ],
)
def test_a_referrer_sees_what_the_procedure_has_told_them_and_no_more(
    visitor: Site, kind: str, says: str
) -> None:
    form = visitor.page(f"/refer/southwark/{kind}")
    sent = {key: text for key, text in TOLD.items() if key in form.xpath("//@name")}
    path = f"/refer/southwark/{kind}"
    visitor.client.post(path, data={**walk.values_of(walk.form_of(form, path)), **sent})
    reference, code = reference_and_code(visitor)
    before = checked(follow(visitor, reference, code)).text_content()
    desk = staff(visitor)

    walk.to_the_end(desk, case_of(desk), **{"Record contact": {}})

    after = checked(follow(visitor, reference.lower(), code.lower().replace("-", " ")))
    text = after.text_content()
    assert "Nothing more has been sent to you yet" in before
    assert says not in before
    assert says in text
    outcomes = texts(after, "//ul//ul/li")
    assert bool(outcomes) == (kind == "professional")
    for secret in ("Rowan", "Canary", "hungry", "Elm Road", "Marta", "Everybody"):
        assert secret not in text


def test_no_address_and_no_title_carries_what_was_told(visitor: Site) -> None:
    answers = [send(visitor), visitor.client.get("/refer/sent")]
    reference, code = reference_and_code(visitor)
    answers.append(follow(visitor, reference, code))

    for answer in answers:
        for secret in ("Rowan", "Marta", code):
            assert secret not in answer.headers.get("Location", "")
            page = html.fromstring(answer.text)
            addresses = page.xpath("//@href | //@action | //title/text()")
            assert not [address for address in addresses if secret in address]
