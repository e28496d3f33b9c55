from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import search_terms
from engine.search_terms import (
    Term,
    addresses,
    after,
    born,
    folded,
    household,
    name_terms,
    name_words,
    person,
    reference_term,
    sounds,
    swapped,
    terms_of,
    terms_of_facts,
)

WRITTEN = {
    "2017-05-04": [
        "4/5/2017", "04/05/2017", "4.5.2017", "4-5-2017", "4 5 2017", "2017-05-04", "4 May 2017",
        "4th May 2017", "4th of May, 2017", "May 4 2017", "4 MAY 2017", "2017 May 4",
        "2017-05-04T00:00:00+01:00", " 4/5/2017 ",
    ],
    None: ["", "4 5 17", "31/2/2017", "4/13/2017", "May 2017", "due in May", "4/5/1817", "40517",
           "99999999999999999999/1/2017", "4 May May 2017", "4 Foo 2017", None, {}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"), [(written, day) for day, ways in WRITTEN.items() for written in ways]
)
def test_a_birth_is_read_as_people_write_it(written, day):
    assert born(written) == day


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_date_is_read_back_from_every_way_of_writing_it(day):
    shapes = [day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day:%d %B %Y}",
              f"{day:%d. %b %Y}"]  # fmt: skip

    assert {born(shape) for shape in shapes} == {day.isoformat()}


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates_names_and_addresses(text):
    assert born(text) is None or date.fromisoformat(born(text))
    for term in (*name_terms(text), *sounds(text), *addresses(text), *household(text)):
        assert 0 < len(term) <= search_terms.LONGEST


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=40))
def test_capitals_make_no_difference_to_a_name(text):
    assert name_terms(text.upper()) == name_terms(text.upper().lower().upper())
    assert set(name_words(text)) <= set(name_terms(text))


@given(st.lists(st.from_regex(r"[A-Za-z]{2,8}", fullmatch=True), min_size=2, max_size=4))
def test_the_order_of_a_persons_names_makes_no_difference(words):
    assert person(" ".join(words)) == person(" ".join(reversed(words)))


@given(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), st.from_regex(r"[a-z0-9]{0,6}"))
def test_what_begins_with_a_prefix_lies_before_what_comes_after_it(prefix, rest):
    end = after(prefix)

    assert prefix <= prefix + rest
    assert end is None or (prefix + rest < end and not end.startswith(prefix))


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("Zoë", ["zoe"]),
        ("ANNE-MARIE O’Neill", ["annemarie", "oneill", "anne", "marie", "neill"]),
        ("D'Arcy", ["darcy", "arcy"]),
        ("Łukasz Groß", ["lukasz", "gross"]),
        ("Мария", ["мария"]),
        ("J", ["j"]),
        (" , ", []),
    ],
)
def test_the_words_of_a_name_are_found_however_they_are_spelt(name, terms):
    assert list(name_terms(name)) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine Smith", "Katherine Smyth"),
        ("Stephen", "Steven"),
        ("Mohammed", "Muhammad"),
        ("Aisha", "Ayesha"),
        ("Sofia", "Sophia"),
    ],
)
def test_names_that_sound_alike_have_the_same_sounds(one, other):
    assert sounds(one) == sounds(other)


def test_names_that_do_not_sound_alike_have_other_sounds():
    assert not set(sounds("Rowan Ashdown")) & set(sounds("Edie Marlpit"))
    assert sounds("Мария") == ()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("12 Elm Rd, Exampletown, SE1 9AB", {"se19ab", "12 elm road", "12 se19ab", "elm road"}),
        ("Flat 3, 12 ELM ROAD se19ab", {"se19ab", "12 elm road", "12 se19ab", "elm road"}),
        ("7 St. John's St", {"7 st johns street", "st johns street"}),
        ("5 Broadway\n6 High Street", {"5 broadway", "6 high street", "high street"}),
        ("not known", set()),
    ],
)
def test_an_address_is_its_postcode_its_house_and_its_street(text, terms):
    assert set(addresses(text)) == terms


def test_people_of_a_household_are_those_whose_names_are_written_out():
    text = "Jane Smith (mother), Bob O'Neill - stepfather; her Aunt\nTom Ash and Mum"

    assert set(household(text)) == {"jane smith", "bob oneill", "ash tom"}


def test_day_and_month_the_other_way_round_are_another_date_or_none():
    assert swapped("2017-05-04") == "2017-04-05"
    assert swapped("2017-05-05") is None
    assert swapped("2017-05-14") is None


def test_a_case_is_found_by_its_reference_and_by_each_child():
    children = [
        {"name": "Ada", "date_of_birth": "2019-01-02", "postcode": "SE1 9AB"},
        {"name": "Unborn", "expected": "2027-01-05"},
        "not a child",
    ]

    assert set(terms_of(children, "7K3M-9QXT")) == {
        Term(kind="reference", term="7k3m9qxt"),
        Term(kind="name", term="ada", child=0),
        Term(kind="sound", term="at", child=0),
        Term(kind="born", term="2019-01-02", child=0),
        Term(kind="address", term="se19ab", child=0),
        Term(kind="name", term="unborn", child=1),
        Term(kind="sound", term="unbrn", child=1),
        Term(kind="born", term="2027-01-05", child=1),
    }
    assert reference_term("7K3M-9qxt") == reference_term(" 7k3m 9QXT")


def test_a_family_is_found_by_where_and_with_whom_it_lives():
    facts = {"family_address": "3 Ash Lane", "household_members": "Jo Ash", "concern": "4 Elm Road"}

    assert set(terms_of_facts(facts)) == {
        Term(kind="address", term="3 ash lane"),
        Term(kind="address", term="ash lane"),
        Term(kind="household", term="ash jo"),
    }


def test_the_number_that_tells_namesakes_apart_is_no_part_of_the_name():
    assert name_words("Sam Vale (2)") == name_words("Sam Vale")
    assert name_words("22") == ("22",)
