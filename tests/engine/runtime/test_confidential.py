"""A referrer who asked to stay anonymous is known only to the roles that may know them."""

from dataclasses import replace

import pytest

from engine import cases, drafts
from engine.people import Actor
from engine.runtime import acts, confidential, tasks
from engine.runtime.acts import NotKnown
from engine.runtime.persist import load
from engine.store.tables import Decision
from tests.engine.runtime.playing import (
    NOW,
    complete,
    definition,
    only,
    open_row,
    open_rows,
    start_case,
)

SECRET = {
    "referrer_name": "Wilhelmina Quux",
    "referrer_contact": "quux@example.test",
    "referrer_agency": "Quuxbury Nursery",
    "referrer_relationship": "Aunt of Quux",
}
HIDDEN = frozenset(SECRET)
OFFICER, MANAGER = only("information_officer"), only("duty_manager")


def start_anonymous(database, *, asked=True):
    """Start a case and take it to the task that asks for the referrer's relationship again."""
    case_id = start_case(database, contact_channel="email", child_may_be_in_need=False)
    for _ in range(8):
        rows = open_rows(database, case_id)
        if "establish_information" in {row.element_id for row in rows}:
            return case_id
        facts = {**SECRET, "referrer_kind": "public", "anonymity_requested": asked}
        complete(database, rows[0], now=NOW, contact_channel="email", **facts)
    raise AssertionError("the case asks nothing of the referrer any more")


def facts_of(database, case_id):
    with database.reading() as session:
        return load(session, case_id).run.facts()


def shown(database, case_id, by):
    row = open_row(database, case_id, "establish_information")
    with database.reading() as session:
        return tasks.get(session, row.id, by=by).task


@pytest.mark.parametrize(
    ("facts", "by", "hidden"),
    [
        ({"anonymity_requested": True}, MANAGER, HIDDEN),
        ({"anonymity_requested": True}, OFFICER, frozenset()),
        ({"anonymity_requested": False}, MANAGER, frozenset()),
        ({}, MANAGER, frozenset()),
        ({"anonymity_requested": True}, Actor(kind="person", id=9, name="Nobody"), HIDDEN),
    ],
)
def test_only_the_roles_of_the_authority_know_an_anonymous_referrer(facts, by, hidden):
    assert confidential.hides(definition(), facts, by) == hidden


def test_a_role_of_another_authority_opens_nothing():
    elsewhere = Actor(
        kind="person", id=9, name="P9", grants=frozenset({("elsewhere", "information_officer")})
    )

    assert confidential.hides(definition(), {"anonymity_requested": True}, elsewhere) == HIDDEN


def test_facts_without_the_hidden_ones_keep_the_others():
    facts = {**SECRET, "anonymity_requested": True, "concern": "Something."}

    assert confidential.without(facts, HIDDEN) == {
        "anonymity_requested": True,
        "concern": "Something.",
    }
    assert confidential.without(facts, frozenset()) == facts


def test_the_case_as_a_whole_knows_what_one_of_its_tasks_was_told(database):
    case_id = start_anonymous(database)

    known = facts_of(database, case_id)

    assert {key: known[key] for key in SECRET} == SECRET


def test_a_hidden_fact_is_neither_asked_nor_known_on_the_task(database):
    case_id = start_anonymous(database)

    hidden, seen = shown(database, case_id, MANAGER), shown(database, case_id, OFFICER)

    assert HIDDEN & set(seen.variables) == HIDDEN
    assert HIDDEN & {field.key for field in seen.form.walk()}
    assert not HIDDEN & set(hidden.variables)
    assert not HIDDEN & {field.key for field in hidden.form.walk()}


def test_a_referrer_who_asked_for_nothing_is_shown_to_everybody(database):
    case_id = start_anonymous(database, asked=False)

    assert HIDDEN & set(shown(database, case_id, MANAGER).variables) == HIDDEN


def test_what_is_hidden_stays_as_it_is_whatever_is_sent(database):
    case_id = start_anonymous(database)
    task = shown(database, case_id, OFFICER)
    sent = {"referrer_relationship": "Nobody in particular", "concern": "Said otherwise."}

    assert confidential.kept_answers(sent, task, HIDDEN) == {"concern": "Said otherwise."}


def test_what_a_form_must_have_and_hides_is_answered_with_what_is_known(database):
    task = shown(database, start_anonymous(database), OFFICER)
    fields = tuple(
        replace(field, required=field.key == "referrer_relationship") for field in task.form.walk()
    )
    task = replace(task, form=replace(task.form, fields=fields))

    assert confidential.kept_answers({}, task, HIDDEN) == {
        "referrer_relationship": SECRET["referrer_relationship"]
    }


def test_the_inputs_of_a_decision_are_shown_without_what_is_hidden(database):
    case_id = start_anonymous(database)
    with database.writing() as session:
        for row in session.query(Decision).filter_by(case_id=case_id):
            row.inputs = {**row.inputs, **SECRET}

    with database.reading() as session:
        hidden = cases.page(session, case_id, by=MANAGER, now=NOW).decisions
        seen = cases.page(session, case_id, by=OFFICER, now=NOW).decisions

    assert len(hidden) == len(seen) > 0
    assert all(not HIDDEN & set(line.inputs) for line in hidden)
    assert all(set(line.inputs) >= HIDDEN for line in seen)


def test_whoever_may_not_know_the_referrer_cannot_take_their_wish_back(database):
    case_id = start_anonymous(database)

    with pytest.raises(NotKnown), database.writing() as session:
        acts.correct(
            session, case_id, "anonymity_requested", False,
            reason="They told me so, I think.", by=MANAGER, now=NOW,
        )  # fmt: skip
    with pytest.raises(NotKnown), database.reading() as session:
        acts.correctable(session, case_id, "anonymity_requested", 0, by=MANAGER)

    assert facts_of(database, case_id)["anonymity_requested"] is True


def test_whoever_may_know_the_referrer_puts_their_wish_right(database):
    case_id = start_anonymous(database)

    with database.writing() as session:
        acts.correct(
            session, case_id, "anonymity_requested", False,
            reason="They rang to say so.", by=OFFICER, now=NOW,
        )  # fmt: skip

    assert HIDDEN & set(shown(database, case_id, MANAGER).variables) == HIDDEN


def test_the_wish_can_be_corrected_by_those_alone_who_may_know_the_referrer(database):
    case_id = start_anonymous(database)

    def may_correct(by):
        with database.reading() as session:
            lines = cases.known(session, case_id, 1, by=by).part.lines
        return [line.may_correct for line in lines if line.fact == "anonymity_requested"]

    assert may_correct(MANAGER) == [False]
    assert may_correct(OFFICER) == [True]


def test_a_task_neither_asks_nor_takes_the_wish_from_whoever_may_not_know(database):
    case_id = start_case(database, contact_channel="email", child_may_be_in_need=False)
    row = open_row(database, case_id, "record_contact")
    with database.reading() as session:
        task = tasks.get(session, row.id, by=OFFICER).task
    task = replace(task, variables={**task.variables, **SECRET, "anonymity_requested": True})

    fields = {field.key for field in confidential.shown_task(task, HIDDEN).form.walk()}
    kept = confidential.kept_answers({"anonymity_requested": False}, task, HIDDEN)

    assert "anonymity_requested" in {field.key for field in task.form.walk()}
    assert "anonymity_requested" not in fields
    assert kept.get("anonymity_requested", True) is True


def test_an_old_draft_is_given_back_without_what_became_hidden(database):
    case_id = start_anonymous(database)
    row = open_row(database, case_id, "establish_information")

    with database.reading() as session:
        hidden = drafts.form_of(session, row.id, by=MANAGER)
        seen = drafts.form_of(session, row.id, by=OFFICER)

    assert HIDDEN & {field.key for field in seen.walk()}
    assert not HIDDEN & {field.key for field in hidden.walk()}
