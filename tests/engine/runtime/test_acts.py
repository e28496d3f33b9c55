"""A case is withdrawn, reopened, gone through again."""

import pytest

from engine.errors import Invalid, NotFound, Refused
from engine.people import Actor
from engine.runtime import acts, messages, tasks, timers
from engine.runtime.judgement import NotYourJudgement
from engine.runtime.waiting import waiting_timer
from engine.store.tables import (
    AuditEntry,
    CaseAct,
    CaseStatus,
    Deadline,
    ProcessInstance,
    TimelineEvent,
    UserTask,
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
    open_clocks,
)
from tests.engine.runtime.playing import (
    NOW,
    everybody,
    only,
    open_rows,
    start_case,
    start_referral,
)


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
