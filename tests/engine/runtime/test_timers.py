from datetime import timedelta

import pytest
from sqlalchemy import event

from engine.errors import NotFound
from engine.runtime import incident, timers
from engine.runtime.waiting import waiting_timer
from engine.store.tables import Deadline, Incident, Notification, Timer
from tests.engine.runtime.playing import (
    NOW,
    complete,
    everybody,
    open_row,
    open_rows,
    start_referral,
)

DUE = NOW + timedelta(hours=24)
MOMENT = timedelta(microseconds=1)


def wake(database, case_id, *, now):
    with database.writing() as session:
        return timers.wake(session, case_id, now=now)


def due(database, *, now):
    with database.reading() as session:
        return timers.due_cases(session, now=now)


def overdue_told(database):
    with database.reading() as session:
        return session.query(Notification).filter_by(recipient="manager", kind="overdue").count()


def write_up(database, case_id, *, now):
    complete(database, open_row(database, case_id, "write_up_referral"), now=now)


def clock_of(database):
    with database.reading() as session:
        return session.query(Deadline).filter_by(deadline_name="write_up").one()


def test_a_limit_is_never_missed_early(database):
    case_id = start_referral(database)

    assert due(database, now=DUE - MOMENT) == ()
    assert not wake(database, case_id, now=DUE - MOMENT)
    assert overdue_told(database) == 0


def test_a_missed_limit_is_told_exactly_once(database):
    case_id = start_referral(database)

    assert due(database, now=DUE) == (case_id,)
    assert wake(database, case_id, now=DUE)
    assert not wake(database, case_id, now=DUE)

    assert due(database, now=DUE) == ()
    assert overdue_told(database) == 3  # write_up, response_type, disposal_decision
    clock = clock_of(database)
    assert clock.missed_at is not None
    assert clock.ended_at is None


def test_a_limit_that_passed_while_the_server_was_down_is_missed_late_not_lost(database):
    case_id = start_referral(database)

    assert wake(database, case_id, now=DUE + timedelta(days=2))

    assert overdue_told(database) == 3  # write_up, response_type, disposal_decision


def test_an_act_in_time_stops_the_limit(database):
    case_id = start_referral(database)

    write_up(database, case_id, now=DUE - MOMENT)

    assert clock_of(database).met is True
    assert wake(database, case_id, now=DUE)
    assert clock_of(database).missed_at is None


def test_an_act_after_the_limit_misses_it_first_even_if_nobody_fired_the_timer(database):
    case_id = start_referral(database)

    write_up(database, case_id, now=DUE + timedelta(minutes=1))

    clock = clock_of(database)
    assert clock.missed_at is not None
    assert clock.met is False
    assert overdue_told(database) == 3
    with database.reading() as session:
        fired = session.query(Timer).filter(Timer.fired_at.is_not(None)).one()
    assert fired.due_at == DUE


def test_an_act_at_the_limit_itself_is_in_time(database):
    case_id = start_referral(database)

    write_up(database, case_id, now=DUE)

    clock = clock_of(database)
    assert clock.met is True


def test_a_case_has_one_waiting_timer_that_moves_with_its_limits(database):
    case_id = start_referral(database)
    with database.reading() as session:
        first = waiting_timer(session, case_id)

    wake(database, case_id, now=DUE)

    with database.reading() as session:
        second = waiting_timer(session, case_id)
        fired = session.get_one(Timer, first.id)
    assert fired.fired_at == DUE
    assert second is None  # the limit was the only one that ran
    assert "record_lateness" in {row.element_id for row in open_rows(database, case_id)}


def test_tries_are_counted_before_the_step_and_pause_longer_each_time(database):
    case_id = start_referral(database)
    moments, moment = [], DUE
    while True:
        with database.writing() as session:
            if timers.count_try(session, case_id, now=moment) == 0:
                break
            timer = waiting_timer(session, case_id)
            moments.append(timer.next_try_at - moment)
            moment = timer.next_try_at

    assert moments == [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=8)]
    assert due(database, now=DUE + timedelta(days=1)) == ()
    with database.reading() as session:
        assert timers.given_up(session, now=moment) == (case_id,)


def test_an_incident_stands_for_a_case_given_up_until_it_is_tried_again(database):
    case_id = start_referral(database)
    with database.writing() as session:
        waiting_timer(session, case_id).tries = timers.MOST_TRIES
    failure = incident.Failure(sentence="It broke.", process_id="front_door", element_id="contact")
    with database.writing() as session:
        first = incident.record(session, case_id, failure, by=everybody(), now=DUE)
        again = incident.record(session, case_id, failure, by=everybody(), now=DUE)
        assert first.id == again.id
        assert timers.given_up(session, now=DUE) == ()

    with database.writing() as session:
        incident.retry(session, first.id, by=everybody(), now=DUE)
        incident.retry(session, first.id, by=everybody(), now=DUE)

    assert due(database, now=DUE) == (case_id,)


def test_looking_for_cases_given_up_reads_no_timer_that_is_not_due_yet(database):
    start_referral(database)
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *of: asked.append(of[2:4]))

    with database.reading() as session:
        assert timers.given_up(session, now=NOW) == ()
        raw = session.connection().connection.driver_connection
        ((query, values),) = [one for one in asked if one[0].startswith("SELECT")]
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}", values)]

    assert "SEARCH timer USING INDEX ix_timer_due (ended_at=? AND due_at<?)" in plan


def test_only_whoever_sees_the_case_lets_a_failed_step_be_tried_again(database):
    case_id = start_referral(database)
    failure = incident.Failure(sentence="It broke.")
    with database.writing() as session:
        failed = incident.record(session, case_id, failure, by=everybody(), now=DUE)

    with database.writing() as session, pytest.raises(NotFound):
        incident.retry(session, failed.id, by=everybody("elsewhere"), now=DUE)

    with database.reading() as session:
        assert session.get_one(Incident, failed.id).resolved_at is None


def test_a_try_that_failed_through_no_fault_of_the_case_does_not_count(database):
    case_id = start_referral(database)
    with database.writing() as session:
        timers.count_try(session, case_id, now=DUE)

    with database.writing() as session:
        timers.forget_try(session, case_id, now=DUE)

    assert due(database, now=DUE) == (case_id,)
    with database.reading() as session:
        assert waiting_timer(session, case_id).tries == 0
