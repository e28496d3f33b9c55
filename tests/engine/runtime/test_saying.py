"""Results of decision tables as words: nobody is shown a bare number."""

from dataclasses import replace

import pytest

from engine import definitions, deploy, feel
from engine.dmn.explain.results import column_in_words, result_in_words
from engine.runtime.saying import known_in_words
from tests.engine.runtime.playing import ROOT

DECISION = "disposal_option"


def decision_of(authority, decision_id=DECISION):
    model = definitions.load_authority(ROOT, authority).decisions[decision_id]
    return model.decisions[decision_id]


def given_by(table, place):
    texts = dict.fromkeys(rule.outputs[place] for rule in table.rules)
    return [feel.to_json(feel.evaluate(text, {})) for text in texts]


@pytest.mark.parametrize("authority", sorted(deploy.authorities_in(ROOT)))
def test_no_result_of_a_table_is_a_bare_number(authority):
    definition = definitions.load_authority(ROOT, authority)
    spoken = 0
    for model in definition.decisions.values():
        for decision in model.decisions.values():
            for place in range(len(decision.table.outputs)):
                for value in given_by(decision.table, place):
                    spoken += 1
                    said = column_in_words(decision.table, place, value)
                    assert any(letter.isalpha() for letter in said), (decision.id, value)
                    assert not any(rule.description in said for rule in decision.table.rules)
    assert spoken >= len(definition.decisions)


def test_a_code_is_said_with_the_description_of_its_rule_without_clauses():
    assert result_in_words(decision_of("southwark"), "2") == (
        "Disposal option 2: a low level of needs or risks, unlikely to escalate"
    )


def test_a_word_stays_as_it_is():
    assert result_in_words(decision_of("southwark"), "manager_determines") == "manager determines"


def test_several_rules_of_one_result_are_told_by_how_each_begins():
    said = result_in_words(decision_of("sefton"), "3")

    assert said.startswith("Disposal option 3: the person is likely to pose a risk")
    assert "; or the parent or carer contributed" in said
    assert "; or suspected Significant Harm" in said
    assert "procedures continue" not in said


def test_reasons_too_many_to_read_are_counted():
    decision = decision_of("sefton")
    rules = [
        replace(rule, outputs=('"3"',), description=f"SEF-1: {n} {'is a long reason ' * 5}")
        for n, rule in enumerate(decision.table.rules)
    ]
    many = replace(decision, table=replace(decision.table, rules=tuple(rules)))

    said = result_in_words(many, "3")

    assert said.startswith("Disposal option 3: 0 is a long reason")
    assert said.endswith(f"; or for {len(rules) - 2} other reasons")


def test_a_code_that_no_rule_gives_is_at_least_named():
    assert result_in_words(decision_of("southwark"), "9") == "Disposal option 9"


def test_several_answers_and_several_columns_are_each_said():
    decision = decision_of("southwark")
    (column,) = decision.table.outputs
    two = replace(
        decision.table,
        outputs=(column, replace(column, name="days", label="Days")),
        rules=tuple(replace(r, outputs=(*r.outputs, "5")) for r in decision.table.rules[:1]),
    )

    assert result_in_words(decision, ["1", "manager_determines"]) == (
        "Disposal option 1: the child does not appear to be a Child in Need; manager determines"
    )
    assert result_in_words(replace(decision, table=two), {DECISION: "4", "days": 5}).endswith(
        "Days: 5: suspected Significant Harm is looked at before the levels of need"
    )


def test_a_number_that_a_table_adds_up_is_a_number():
    decision = decision_of("southwark")
    total = replace(decision, table=replace(decision.table, aggregation="SUM"))

    assert result_in_words(total, 3) == "3"
    assert result_in_words(replace(decision, table=None), "3") == "3"


def test_what_another_table_came_to_is_known_in_words():
    definition = definitions.load_authority(ROOT, "southwark")

    assert known_in_words(definition, DECISION, "3") == "3: moderate to high needs"
    assert known_in_words(definition, "level_of_need", "low") == "low"
    assert known_in_words(definition, "referrer_source", "6") == "6"
