"""A fact is put right, and what it led to is named."""

import pytest

from engine.casework import InvalidAnswers
from engine.errors import NotFound, Refused
from engine.runtime import acts, tasks
from engine.store.tables import (
    AuditEntry,
    ChildOfCase,
    Correction,
)
from tests.engine.runtime.acting import (
    CHILD,
    HOUR,
    LATER,
    REASON,
    act,
    case_of,
    correct,
    findings,
    finish,
    run_to,
)
from tests.engine.runtime.playing import (
    NOW,
    complete,
    complete_next,
    everybody,
    open_rows,
    start_case,
    start_referral,
)


def test_whoever_sees_no_case_is_not_shown_what_could_be_put_right(database):
    case_id = start_referral(database)

    with database.reading() as session, pytest.raises(NotFound):
        acts.correctable(session, case_id, "received_at", 0, by=everybody("elsewhere"))


def test_corrected_fact_is_known_from_then_on_and_what_stood_there_is_kept(database):
    case_id = start_referral(database, referrer_kind="professional")

    done = correct(database, case_id, "referrer_kind", "public")

    with database.reading() as session:
        row = session.query(Correction).one()
        known = tasks.get(session, open_rows(database, case_id)[0].id, by=everybody()).task
        entry = session.query(AuditEntry).filter_by(event="fact.corrected").one()
    assert (done.before, done.after) == ("professional", "public")
    assert (row.before, row.after, row.reason) == ("professional", "public", REASON)
    assert known.variables["referrer_kind"] == "public"
    assert case_of(database, case_id).referrer_kind == "public"
    assert entry.subject == f"correction:{row.id}"
    assert "public" not in str(entry.detail)
    assert findings(database) == ()


def test_correction_names_the_decisions_that_used_the_old_answer(database):
    case_id = start_case(database)
    run_to(database, case_id, "propose_disposal", level_of_need="moderate")

    done = correct(database, case_id, "referrer_kind", "public")

    assert [decision.decision_id for decision in done.decisions] == ["referrer_identity"]


def test_correction_names_the_limits_that_go_on_from_the_old_answer(database):
    case_id = start_referral(database)

    done = correct(database, case_id, "received_at", (NOW + HOUR / 2).isoformat())

    assert done.limits
    assert case_of(database, case_id).received_at == NOW + HOUR / 2


def test_corrected_name_of_a_child_follows_everywhere(database):
    case_id = start_case(database, children=[CHILD])
    row = run_to(database, case_id, "decide_type_of_response", children=[CHILD])
    assert row.child == "Ana Vale"

    correct(database, case_id, "children", [{**CHILD, "name": "Anna Vale"}])

    (row,) = (r for r in open_rows(database, case_id) if r.id == row.id)
    with database.reading() as session:
        task = tasks.get(session, row.id, by=everybody()).task
        names = [child.name for child in session.query(ChildOfCase).filter_by(case_id=case_id)]
    assert (row.child, task.child) == ("Anna Vale", "Anna Vale")
    assert names == ["Anna Vale"]
    assert findings(database) == ()
    finish(database, case_id, now=NOW + HOUR)
    assert findings(database) == ()


def test_fact_of_one_child_is_put_right_for_that_child_only(database):
    pair = [CHILD, {**CHILD, "name": "Ben Vale"}]
    case_id = start_case(database, children=pair)
    run_to(database, case_id, "decide_type_of_response", children=pair)
    for row in open_rows(database, case_id):
        if row.element_id == "decide_type_of_response":
            complete(database, row, now=NOW, level_of_need="low")
    run_to(database, case_id, "propose_disposal")

    correct(database, case_id, "level_of_need", "high", child="Ben Vale")

    with database.reading() as session:
        known = {
            row.child: tasks.get(session, row.id, by=everybody()).task.variables["level_of_need"]
            for row in open_rows(database, case_id)
            if row.child
        }
    assert known == {"Ana Vale": "low", "Ben Vale": "high"}
    assert findings(database) == ()


def test_fact_is_put_right_in_a_finished_case_and_used_when_it_begins_again(database):
    case_id = start_case(database)
    finish(database, case_id, concern="A short account.")
    correct(database, case_id, "concern", "A longer account, as the school sent it.", now=LATER)

    act(database, case_id, acts.reopen, now=LATER)

    with database.reading() as session:
        task = tasks.get(session, open_rows(database, case_id)[0].id, by=everybody()).task
    assert task.variables["concern"] == "A longer account, as the school sent it."
    assert findings(database, now=LATER) == ()


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("referrer_kind", "pigeon"),
        ("received_at", "yesterday"),
        ("received_at", "2099-01-01T00:00:00+00:00"),
        ("referrer_kind", ""),
    ],
)
def test_value_that_the_question_would_not_take_is_refused(database, fact, value):
    case_id = start_referral(database)

    with pytest.raises(InvalidAnswers) as refused:
        correct(database, case_id, fact, value)

    assert list(refused.value.problems) == [fact]


def test_only_what_is_known_can_be_put_right(database):
    case_id = start_case(database)

    with pytest.raises(acts.NotKnown, match="Nothing is known"):
        correct(database, case_id, "level_of_need", "high")
    with pytest.raises(acts.NotKnown, match="decided"):
        correct(database, case_id, "manager_authorises", True)
    with pytest.raises(Refused, match="known already"):
        correct(database, case_id, "contact_channel", "phone")


def about_each_child(database, children):
    """A case that has come to tasks about single children."""
    case_id = start_case(database, contact_channel="email", child_may_be_in_need=False)
    for _ in range(12):
        if any(row.child for row in open_rows(database, case_id)):
            return case_id
        complete_next(database, case_id, now=NOW, contact_channel="email", children=children)
    raise AssertionError("the case comes to no task about one child")


@pytest.mark.parametrize(
    "after", [[CHILD], [CHILD, {**CHILD, "name": "Ben"}, {**CHILD, "name": "C"}]]
)
def test_no_child_comes_or_goes_once_the_procedure_deals_with_each(deployed, after):
    case_id = about_each_child(deployed, [CHILD, {**CHILD, "name": "Ben"}])

    with pytest.raises(Refused, match="none can be added or taken out"):
        correct(deployed, case_id, "children", after)

    correct(deployed, case_id, "children", [{**CHILD, "name": "Anna"}, {**CHILD, "name": "Ben"}])
    assert [row.child for row in open_rows(deployed, case_id)] == ["Anna", "Ben"]


def test_a_child_is_added_as_long_as_the_procedure_deals_with_none(deployed):
    case_id = start_case(deployed, children=[CHILD])

    correct(deployed, case_id, "children", [CHILD, {**CHILD, "name": "Ben"}])

    with deployed.reading() as session:
        assert [row.name for row in session.query(ChildOfCase)] == ["Ana Vale", "Ben"]
