"""A letter says no more than its recipient may be told."""

import pytest

from engine.outbox import disclosure
from tests.engine.outbox.telling import ALL, disposals, procedure, tell
from tests.engine.runtime.playing import (
    NOW,
    definition,
)


def test_an_outcome_names_what_was_decided_in_the_authoritys_words(deployed):
    letter = tell(
        deployed,
        recipient="professional_referrer",
        kind="outcome",
        facts={"disposals": disposals(("Mina Lark", "assessment", None))},
        names=["Mina Lark"],
    )

    assert definition().labels["assessment"] in letter.text
    assert "Mina" not in letter.text
    assert "SWK-93" in letter.text


def test_the_outcomes_of_several_children_are_told_apart_without_their_names(deployed):
    letter = tell(
        deployed,
        recipient="professional_referrer",
        kind="outcome",
        facts={
            "disposals": disposals(
                ("Mina Lark", "assessment", None),
                ("Olaf Lark", "responses", ["advice", "no_further_action"]),
            )
        },
        names=["Mina Lark", "Olaf Lark"],
    )

    assert "- Second child: Advice given; No further action" in letter.text.splitlines()
    assert "Lark" not in letter.text


@pytest.mark.parametrize(
    ("step", "more", "sentence"),
    [
        ("no_further_action", None, "We are not taking further action at this stage."),
        ("responses", ["advice"], "We have answered with information or advice"),
        ("strategy_discussion", None, "We are following it up."),
    ],
)
def test_the_public_hear_whether_something_follows_and_nothing_of_the_child(
    deployed, step, more, sentence
):
    letter = tell(
        deployed,
        recipient="public_referrer",
        kind="outcome",
        facts={"disposals": disposals(("Mina Lark", step, more)), "concern": "Bruises"},
        names=["Mina Lark"],
    )

    assert sentence in letter.text
    for word in ("Mina", "Bruises", "Section 47", "Strategy", definition().labels["assessment"]):
        assert word not in letter.text


def test_a_general_response_tells_no_outcome(deployed):
    letter = tell(
        deployed,
        recipient="public_referrer",
        kind="general_response",
        facts={"disposals": disposals(("Mina Lark", "no_further_action", None))},
    )

    assert "further action" not in letter.text


NAMED = {"referrer_name": "Ada <b>Quux</b>", "referrer_agency": "Quuxbury School"}


@pytest.mark.parametrize(
    ("authority", "facts", "is_named"),
    [
        ("southwark", {"referrer_kind": "professional"}, True),
        ("southwark", {"referrer_kind": "public", "referrer_identity_may_be_shared": False}, False),
        ("lincolnshire", {"referrer_kind": "public"}, True),
        ("lincolnshire", {"referrer_kind": "public", "anonymity_requested": True}, False),
        ("lincolnshire", {"third_party_information": True}, False),
        ("lincolnshire", {"third_party_information": True, "source_revealed": True}, True),
        (
            "lincolnshire",
            {"source_revealed": True, "referrer_kind": "public", "anonymity_requested": True},
            False,
        ),
        ("cambridgeshire", {"referrer_kind": "public", "anonymity_requested": True}, False),
        ("milton_keynes", {"referrer_kind": "public", "anonymity_requested": True}, False),
        ("sefton", {"referrer_kind": "professional"}, False),
    ],
)
def test_the_source_is_named_only_where_the_authoritys_table_allows_it(
    deployed, authority, facts, is_named
):
    known = {
        "referrer_kind": "professional",
        "anonymity_requested": False,
        "referrer_identity_may_be_shared": True,
        "referrer_threatened": False,
        "third_party_information": False,
        **NAMED,
        **facts,
    }
    letter = tell(
        deployed,
        procedure(authority),
        recipient="parents",
        kind="source_disclosure",
        facts=known,
    )

    assert disclosure.may_be_named(procedure(authority), known, now=NOW) is is_named
    assert ("Quuxbury School" in letter.text) is is_named
    assert "<b>" not in letter.html


@pytest.mark.parametrize("authority", ALL)
def test_nothing_known_of_the_referrer_means_nothing_is_told(authority):
    assert disclosure.may_be_named(procedure(authority), {}, now=NOW) is False
