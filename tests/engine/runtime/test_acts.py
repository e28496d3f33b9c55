from datetime import timedelta

import pytest

from engine import doctor
from engine.casework import InvalidAnswers
from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from engine.runtime import acts, messages, tasks, timers
from engine.runtime.judgement import NotYourJudgement
from engine.runtime.waiting import waiting_timer
from engine.store.tables import (
    AuditEntry,
    Case,
    CaseAct,
    CaseStatus,
    ChildOfCase,
    Correction,
    Deadline,
    ProcessInstance,
    TimelineEvent,
    UserTask,
)
from tests.engine.runtime.playing import (
    NOW,
    complete,
    complete_next,
    everybody,
    only,
    open_rows,
    start_case,
    start_referral,
)

REASON = "Recorded twice: the school rang again about the same child."
HOUR = timedelta(hours=1)
LATER = NOW + 2000 * HOUR  # after every clock of the referrer
CHILD = {"name": "Ana Vale", "date_of_birth": "2017-05-04", "gender": "2", "ethnicity": "WBRI"}


def act(database, case_id, what, *, by=None, now=NOW, reason=REASON, **more):
    with database.writing() as session:
        return what(session, case_id, reason, by=by or everybody(), now=now, **more)


def correct(database, case_id, fact, value, *, now=NOW + HOUR, by=None, **more):
    given = {"reason": REASON, **more}
    with database.writing() as session:
        return acts.correct(session, case_id, fact, value, by=by or everybody(), now=now, **given)


def case_of(database, case_id):
    with database.reading() as session:
        return session.get_one(Case, case_id)


def open_clocks(database, case_id):
    with database.reading() as session:
        rows = session.query(Deadline).filter_by(case_id=case_id, ended_at=None)
        return {row.deadline: row.due_at for row in rows}


def findings(database, *, now=NOW + HOUR):
    with database.reading() as session:
        return doctor.check_invariants(session, now=now)


def finish(database, case_id, *, now=NOW, **facts):
    """Complete what waits, and let the clocks of the referrer run out."""
    for _ in range(60):
        if complete_next(database, case_id, now=now, **facts) is None:
            with database.writing() as session:
                timer = waiting_timer(session, case_id)
                if timer is None:
                    return
                timers.wake(session, case_id, now=max(now, timer.due_at))
    raise AssertionError("the case does not come to an end")


def run_to(database, case_id, element, *, now=NOW, **facts):
    for _ in range(20):
        for row in open_rows(database, case_id):
            if row.element_id == element:
                return row
        complete_next(database, case_id, now=now, **facts)
    raise AssertionError(f"the case does not come to {element}")


def test_withdrawn_case_is_on_nobodys_desk_and_no_clock_of_it_runs(database):
    case_id = start_referral(database)
    before = open_rows(database, case_id)

    act(database, case_id, acts.withdraw, now=NOW + HOUR)

    case = case_of(database, case_id)
    with database.reading() as session:
        rows = session.query(UserTask).filter(UserTask.id.in_([row.id for row in before])).all()
        clocks = session.query(Deadline).filter_by(case_id=case_id).all()
        told = session.query(TimelineEvent).filter_by(event="case.withdrawn").one()
        entry = session.query(AuditEntry).filter_by(event="case.withdrawn").one()
        kept = session.query(CaseAct).one()
        assert waiting_timer(session, case_id) is None
    assert before
    assert (case.status, case.finished_at) == (CaseStatus.FINISHED, NOW + HOUR)
    assert {row.state for row in rows} == {tasks.TaskState.WITHDRAWN}
    assert all(clock.ended_at is not None for clock in clocks)
    assert {c.met for c in clocks if c.ended_at == NOW + HOUR} == {None}
    assert (kept.act, kept.reason, kept.by) == ("withdrawn", REASON, everybody().key)
    assert told.detail == {"reason": REASON}
    assert REASON not in str(entry.detail)
    assert findings(database) == ()


def test_withdrawn_task_says_so_to_whoever_has_it_open(database):
    case_id = start_referral(database)
    row = open_rows(database, case_id)[0]
    act(database, case_id, acts.withdraw)

    with pytest.raises(tasks.Withdrawn), database.writing() as session:
        tasks.complete(session, row.id, {}, by=everybody(), now=NOW)


def test_message_on_a_withdrawn_case_is_recorded_and_changes_nothing(database):
    case_id = start_referral(database)
    act(database, case_id, acts.withdraw)
    with database.reading() as session:
        before = session.get_one(ProcessInstance, case_id).state

    with database.writing() as session:
        expected = messages.deliver(
            session, case_id, "written_confirmation", at=NOW, by=everybody(), now=NOW
        )

    with database.reading() as session:
        after = session.get_one(ProcessInstance, case_id).state
    assert not expected
    assert after == before
    assert case_of(database, case_id).status is CaseStatus.FINISHED
    assert findings(database) == ()


def test_nothing_falls_due_in_a_withdrawn_case(database):
    case_id = start_referral(database)
    act(database, case_id, acts.withdraw)

    with database.writing() as session:
        assert timers.due_cases(session, now=NOW + 1000 * HOUR) == ()
        assert not timers.wake(session, case_id, now=NOW + 1000 * HOUR)


def test_reopened_case_goes_on_as_it_was_with_its_limits_at_their_own_instants(database):
    case_id = start_referral(database)
    before, clocks = (
        [row.id for row in open_rows(database, case_id)],
        open_clocks(database, case_id),
    )
    act(database, case_id, acts.withdraw)

    act(database, case_id, acts.reopen, now=NOW + HOUR)

    case = case_of(database, case_id)
    assert [row.id for row in open_rows(database, case_id)] == before
    assert open_clocks(database, case_id) == clocks != {}
    assert (case.status, case.finished_at) == (CaseStatus.OPEN, None)
    assert findings(database) == ()
    finish(database, case_id, now=NOW + HOUR)
    assert case_of(database, case_id).finished_at >= NOW + HOUR


def test_limit_that_passed_meanwhile_is_missed_when_the_case_is_reopened(database):
    case_id = start_referral(database)
    act(database, case_id, acts.withdraw)

    act(database, case_id, acts.reopen, now=NOW + 100 * HOUR)

    with database.reading() as session:
        missed = session.query(Deadline).filter(Deadline.missed_at.is_not(None)).all()
    assert {row.deadline_name for row in missed} >= {"write_up"}
    assert {row.due_at for row in missed if row.deadline_name == "write_up"} == {NOW + 24 * HOUR}
    assert findings(database, now=NOW + 100 * HOUR) == ()


def test_finished_case_is_gone_through_again_from_what_is_known(database):
    case_id = start_case(database, children=[CHILD])
    finish(database, case_id, children=[CHILD], concern="Bruises, seen at school.")
    with database.reading() as session:
        earlier = {row.task for row in session.query(UserTask).filter_by(case_id=case_id)}

    act(database, case_id, acts.reopen, now=LATER)

    case = case_of(database, case_id)
    rows = open_rows(database, case_id)
    with database.reading() as session:
        known = tasks.get(session, rows[0].id, by=everybody()).task.variables
    assert (case.status, case.finished_at) == (CaseStatus.OPEN, None)
    assert case.received_at == LATER
    assert {row.task for row in rows}.isdisjoint(earlier)
    assert known["concern"] == "Bruises, seen at school."
    assert not {"manager_authorises", "disposal_option", "next_step"} & set(known)
    assert findings(database, now=LATER) == ()
    since = LATER.isoformat()
    finish(database, case_id, now=LATER, received_at=since, first_contact_at=since)
    assert case_of(database, case_id).status is not CaseStatus.OPEN
    assert findings(database, now=LATER) == ()


def test_clocks_of_a_case_gone_through_again_count_from_the_new_information(database):
    case_id = start_case(database)
    finish(database, case_id)
    arrived = LATER - 8 * HOUR

    act(database, case_id, acts.reopen, now=LATER, received_at=arrived)

    assert case_of(database, case_id).received_at == arrived
    with database.reading() as session:
        begun = session.query(Deadline).filter(Deadline.started_from >= arrived).count()
    assert begun > 0


@pytest.mark.parametrize("what", [acts.withdraw, acts.reopen])
def test_only_roles_that_the_authority_names_withdraw_or_reopen(database, what):
    case_id = start_referral(database)
    if what is acts.reopen:
        act(database, case_id, acts.withdraw)

    with pytest.raises(NotYourJudgement, match="Duty Manager"):
        act(database, case_id, what, by=only("social_worker"))
    act(database, case_id, what, by=only("duty_manager"))


@pytest.mark.parametrize("reason", ["", "   ", "too short", "x" * 20_001])
def test_act_without_a_reason_is_refused(database, reason):
    case_id = start_case(database)

    with pytest.raises(Invalid, match="reason"):
        act(database, case_id, acts.withdraw, reason=reason)
    with pytest.raises(Invalid, match="reason"):
        correct(database, case_id, "contact_channel", "visit", reason=reason)


def test_act_that_changes_nothing_is_refused(database):
    case_id = start_case(database)

    with pytest.raises(Refused, match="open"):
        act(database, case_id, acts.reopen)
    act(database, case_id, acts.withdraw)
    with pytest.raises(Refused, match="finished already"):
        act(database, case_id, acts.withdraw)


def test_for_whoever_sees_no_case_there_is_nothing_to_act_on(database):
    case_id = start_case(database)
    stranger = Actor(kind="person", id=9, name="S", grants=frozenset({("*", "analyst")}))

    for what in (acts.withdraw, acts.reopen):
        with pytest.raises(NotFound):
            act(database, case_id, what, by=stranger)
    with pytest.raises(NotFound):
        correct(database, case_id, "contact_channel", "visit", by=stranger)


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
