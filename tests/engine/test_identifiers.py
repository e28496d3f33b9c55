import pytest

from engine.identifiers import listed, spoken, titled


@pytest.mark.parametrize(
    ("identifier", "words", "title"),
    [
        ("decide_on_referral", "decide on referral", "Decide on referral"),
        ("manager", "manager", "Manager"),
        ("ask_the_MASH", "ask the MASH", "Ask the MASH"),
        ("", "", ""),
    ],
)
def test_an_id_reads_as_words(identifier, words, title):
    assert spoken(identifier) == words
    assert titled(identifier) == title


@pytest.mark.parametrize(
    ("text", "ids"),
    [("SWK-51, SWK-52 ,, B1", ("SWK-51", "SWK-52", "B1")), (" , ", ()), ("", ()), (None, ())],
)
def test_ids_stand_between_commas(text, ids):
    assert listed(text) == ids
