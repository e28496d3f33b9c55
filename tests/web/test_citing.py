"""Clause ids become links."""

from lxml import html

from web.citing import cited, citing


def links(text: str) -> list[tuple[str, str]]:
    found = html.fromstring(f"<p>{text}</p>").xpath("//a")
    return [(link.text, link.get("href")) for link in found]


def test_every_id_links_to_its_clause() -> None:
    assert links(cited(("EX-01", "EX-02"), "/clauses")) == [
        ("EX-01", "/clauses#EX-01"),
        ("EX-02", "/clauses#EX-02"),
    ]


def test_without_an_address_ids_are_plain_text() -> None:
    assert links(cited(("EX-01",))) == []
    assert "EX-01" in cited(("EX-01",))
    assert cited(()) == ""


def test_beside_unsaved_answers_a_link_opens_in_a_new_tab_and_is_described() -> None:
    (link,) = html.fromstring(f"<p>{cited(('EX-01',), '/c', new_tab=True)}</p>").xpath("//a")

    assert link.get("target") == "_blank"
    assert link.get("rel") == "noopener"
    assert link.get("aria-describedby") == "clauses-open"


def test_an_id_that_a_name_says_is_linked_where_it_stands_and_the_others_behind() -> None:
    text = citing("24 hours <at most> (EX-1)", ("EX-1", "EX-12"), "/c")

    assert links(text) == [("EX-1", "/c#EX-1"), ("EX-12", "/c#EX-12")]
    said = html.fromstring(f"<p>{text}</p>").text_content()
    assert said == "24 hours <at most> (EX-1) EX-12"


def test_an_id_is_not_found_within_a_longer_one() -> None:
    text = citing("See EX-12 and AEX-1", ("EX-1", "EX-12"), "/c")

    assert links(text) == [("EX-12", "/c#EX-12"), ("EX-1", "/c#EX-1")]
