"""FEEL in words: what has words is said with them, all else stands as it is written."""

from itertools import combinations

import pytest

from engine import definitions
from engine.compare.comparison import differences
from engine.compare.expressions import in_words
from engine.compare.wording import length, moment
from tests.engine.compare.test_changes import ROOT

SAID = {
    'case_status = "open"': "case status is open",
    "services_required != true": "services required is not yes",
    "a = true or (b = false and c != null)": "a is yes or (b is no and c is answered)",
    "level = null": "level is not answered",
    "age >= 16": "age is at least 16",
    'pathway in ("belt_or_stick", "under_10")': "pathway is belt or stick or under 10",
    'list contains(responses, "early_help")': "responses include early help",
    "manager_choice = other_choice": "manager choice is “other choice”",
    'some d in disposals satisfies d.next_step = "advice"': (
        "some of disposals have: next step is advice"
    ),
    'considered[item.choice = "advice"]': "those of considered where choice is advice",
    'if status = "open" then [] else ["assessment"]': (
        "nothing if status is open, otherwise assessment"
    ),
    "child.level_of_need": "level of need of the child",
    'if children = null or count(children) = 0 then [{name: "Not yet named"}] else children': (
        "children, or “Not yet named” where there are none"
    ),
    "context merge([child, {next_step: next_step}])": "child and next step",
}


@pytest.mark.parametrize(("text", "words"), SAID.items())
def test_an_expression_is_said_in_words(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize("text", ["for a in b return a", "abs(-1)", "a +", "x in [1..2]", ""])
def test_what_has_no_words_stands_as_it_is_written(text: str) -> None:
    assert in_words(text) == text


def test_a_moment_and_a_length_are_said() -> None:
    assert moment("referral_made_at") == "when the referral was made"
    assert moment("option_3_recorded_at") == "when option 3 was recorded"
    assert moment("strategy_discussion_at") == "the strategy discussion"
    assert length("1", "end-of-working-day") == "the end of the next working day"
    assert length("1", "working-days") == "1 working day"


def test_no_sentence_between_two_authorities_holds_an_id_or_feel() -> None:
    every = {key: definitions.load_authority(ROOT, key) for key in definitions.authority_ids(ROOT)}
    for one, other in combinations(every, 2):
        found = differences({one: every[one], other: every[other]})
        for each in (*found.diagrams, *found.tables, *found.forms):
            assert not {"_", "=", '"', "{", "["} & set(each.sentence), each.sentence
            assert "None" not in each.sentence
