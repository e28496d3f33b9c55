from dataclasses import replace

import pytest

from engine.casework import InvalidAnswers, Override
from engine.errors import NotFound
from engine.people import Actor
from engine.runtime import preview, tasks
from engine.runtime.judgement import NotYourJudgement
from engine.store.tables import AuditEntry, Case, Decision, ProcessInstance, TimelineEvent
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    answers_of,
    complete_next,
    everybody,
    only,
    open_rows,
    start_case,
)

JUDGED = Override(
    decision_id="disposal_option",
    child=None,
    outputs="4",
    reason="The school's account is recent and detailed.",
    by="",
)


@pytest.fixture
def row(database):
    """The task after which a table says which disposal option fits."""
    case_id = start_case(database)
    for _ in range(12):
        rows = open_rows(database, case_id)
        found = [row for row in rows if row.element_id == "decide_type_of_response"]
        if found:
            return found[0]
        complete_next(database, case_id, now=NOW)
    raise AssertionError("the case does not come to its response")


def look_ahead(database, row, *, by=None, overrides=(), **facts):
    with database.reading() as session:
        given = answers_of(database, row.id, **facts)
        return preview.after(
            session, row.id, given, by=by or everybody(), now=NOW, overrides=overrides
        )


def kept(database):
    with database.reading() as session:
        return (
            [(c.version, c.status) for c in session.query(Case)],
            [p.state for p in session.query(ProcessInstance)],
            session.query(AuditEntry).count(),
            session.query(TimelineEvent).count(),
        )


def test_preview_tells_what_completing_then_comes_to_and_saves_nothing(database, row):
    before = kept(database)

    ahead = look_ahead(database, row)

    assert kept(database) == before
    complete_next(database, row.case_id, now=NOW)
    with database.reading() as session:
        taken = session.query(Decision).order_by(Decision.id.desc()).first()
        opened = [(r.name, r.role) for r in open_rows(database, row.case_id)]
    assert [(d.decision_id, d.outputs) for d in ahead.decisions] == [
        (taken.decision_id, taken.outputs)
    ]
    assert set(opened) >= {(t.name, t.role) for t in ahead.tasks} != set()
    assert ahead.problem is None
    assert ahead.may_override


def test_preview_names_the_rule_its_clauses_and_what_could_stand_in_its_place(database, row):
    (decision,) = look_ahead(database, row).decisions

    needs = "Disposal option 3: moderate to high needs"
    assert (decision.words, decision.table_words, decision.override) == (needs, needs, None)
    assert [rule.id for rule in decision.rules] == ["moderate_to_high"]
    assert any(clause.startswith("SWK-") for clause in decision.clauses)
    assert decision.columns[0].values == ("1", "2", "3", "4", "manager_determines")
    assert decision.said[0][1:3] == (
        "2: a low level of needs or risks, unlikely to escalate",
        "3: moderate to high needs",
    )


def test_preview_shows_judgement_beside_what_the_table_says(database, row):
    (decision,) = look_ahead(database, row, overrides=[JUDGED]).decisions

    assert decision.words.startswith("Disposal option 4: suspected Significant Harm")
    assert decision.table_words == "Disposal option 3: moderate to high needs"
    assert decision.override.by == everybody().key


def test_judgement_of_somebody_who_may_not_is_a_sentence_in_the_preview(database, row):
    worker = only("social_worker")

    ahead = look_ahead(database, row, by=worker, overrides=[JUDGED])

    assert "Duty Manager" in ahead.problem
    assert not ahead.may_override


def test_judgement_that_cannot_be_is_a_sentence_in_the_preview(database, row):
    ahead = look_ahead(database, row, overrides=[replace(JUDGED, outputs="9")])

    assert "must be one of" in ahead.problem


def test_answers_that_will_not_do_are_named_by_field(database, row):
    with database.reading() as session, pytest.raises(InvalidAnswers):
        preview.after(session, row.id, {"colour": "red"}, by=everybody(), now=NOW)


def test_for_whoever_sees_no_case_there_is_no_preview(database, row):
    stranger = Actor(kind="person", id=9, name="S", grants=frozenset())
    with database.reading() as session, pytest.raises(NotFound):
        preview.after(session, row.id, {}, by=stranger, now=NOW)


def test_judgement_is_kept_with_who_why_and_what_the_table_said(database, row):
    given = answers_of(database, row.id)
    with database.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=NOW, overrides=[JUDGED])

    with database.reading() as session:
        taken = session.query(Decision).filter_by(decision_id="disposal_option").one()
        entry = session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (taken.outputs, taken.table_outputs) == ("4", "3")
    assert (taken.overridden_by, taken.override_reason) == (everybody().key, JUDGED.reason)
    assert {"decision": "disposal_option", "overridden": True, "rules": ["moderate_to_high"]} in (
        entry.detail["decisions"]
    )
    assert JUDGED.reason not in str(entry.detail)


def test_judgement_of_somebody_who_may_not_is_refused_and_changes_nothing(database, row):
    given = answers_of(database, row.id)
    worker = Actor(kind="person", id=3, name="W", grants=frozenset({(AUTHORITY, row.role)}))
    before = kept(database)

    with pytest.raises(NotYourJudgement, match="Duty Manager"), database.writing() as session:
        tasks.complete(session, row.id, given, by=worker, now=NOW, overrides=[JUDGED])

    assert kept(database) == before
