import time
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import text

from engine import worker
from engine.runtime import timers
from engine.store.tables import Incident, Letter, LoginFailure, Notification, PublicRequest, Timer
from tests.engine.outbox.letters import mail_server
from tests.engine.runtime.playing import NOW, start_referral
from tests.persons import make_person

DUE = NOW + timedelta(hours=24)


def damage(database, case_id):
    with database.writing() as session:
        session.execute(
            text("UPDATE process_instance SET state = '{}' WHERE case_id = :id"), {"id": case_id}
        )


def incidents(database):
    with database.reading() as session:
        return session.query(Incident).all()


def test_a_tick_fires_what_is_due_and_leaves_the_rest(deployed):
    late, early = start_referral(deployed), start_referral(deployed, now=NOW + timedelta(minutes=1))

    assert worker.tick(deployed, now=DUE) == worker.Ticked(fired=(late,), failed=())
    assert worker.tick(deployed, now=DUE) == worker.Ticked(fired=(), failed=())
    assert worker.tick(deployed, now=DUE + timedelta(minutes=1)).fired == (early,)


def test_two_workers_fire_each_timer_once(deployed):
    ids = [start_referral(deployed) for _ in range(10)]
    ticks = []
    threads = [
        Thread(target=lambda: ticks.append(worker.tick(deployed, now=DUE))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(case_id for tick in ticks for case_id in tick.fired) == ids
    with deployed.reading() as session:
        assert session.query(Timer).filter(Timer.fired_at.is_not(None)).count() == len(ids)
        assert session.query(Notification).filter_by(kind="overdue").count() == 3 * len(ids)


def test_one_bad_case_blocks_no_other_and_becomes_an_incident_after_three_tries(deployed, caplog):
    bad, good = start_referral(deployed), start_referral(deployed, now=NOW + timedelta(minutes=1))
    damage(deployed, bad)

    moment, tried = DUE + timedelta(minutes=1), []
    first = worker.tick(deployed, now=moment)
    for _ in range(5):
        moment += timedelta(hours=1)
        tried.append(worker.tick(deployed, now=moment).failed)

    assert first == worker.Ticked(fired=(good,), failed=(bad,))
    assert tried == [(bad,), (bad,), (), (), ()]
    (incident,) = incidents(deployed)
    assert incident.case_id == bad
    assert "KeyError" in incident.sentence
    assert len(caplog.records) == 3
    assert all(f"case {bad}" in record.getMessage() for record in caplog.records)


def test_a_failed_try_is_not_repeated_at_once(deployed, caplog):
    bad = start_referral(deployed)
    damage(deployed, bad)

    assert worker.tick(deployed, now=DUE).failed == (bad,)
    assert worker.tick(deployed, now=DUE + timedelta(seconds=29)).failed == ()
    assert worker.tick(deployed, now=DUE + timedelta(seconds=30)).failed == (bad,)


def test_a_step_that_ended_the_process_three_times_becomes_an_incident(deployed):
    case_id, moment = start_referral(deployed), DUE
    for _ in range(timers.MOST_TRIES):
        with deployed.writing() as session:
            timers.count_try(session, case_id, now=moment)
        moment += timedelta(hours=1)

    assert worker.tick(deployed, now=moment) == worker.Ticked(fired=(), failed=())
    worker.tick(deployed, now=moment)

    (incident,) = incidents(deployed)
    assert "ended the server's process" in incident.sentence


def test_trouble_of_the_database_costs_a_case_no_try(deployed, caplog):
    case_id = start_referral(deployed)
    with deployed.writing() as session:
        session.execute(text("ALTER TABLE notification RENAME TO elsewhere"))

    failed = worker.tick(deployed, now=DUE).failed
    with deployed.writing() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO notification"))

    assert failed == (case_id,)
    assert worker.tick(deployed, now=DUE).fired == (case_id,)


def test_the_timers_are_alive_while_they_are_heard_of(deployed):
    def is_alive(now):
        with deployed.reading() as session:
            return worker.is_alive(session, now=now)

    assert not is_alive(NOW)
    worker.tick(deployed, now=NOW)
    assert is_alive(NOW + timedelta(seconds=60))
    assert not is_alive(NOW + timedelta(seconds=61))


def test_a_worker_ticks_by_itself_until_stopped(deployed):
    case_id = start_referral(deployed)
    ticker = worker.Worker(deployed)

    ticker.start()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not _has_fired(deployed):
        time.sleep(0.05)
    ticker.stop()

    assert _has_fired(deployed)
    assert case_id


def _has_fired(database):
    with database.reading() as session:
        return session.query(Timer).filter(Timer.fired_at.is_not(None)).count() > 0


def test_a_worker_with_a_mail_server_sends_what_is_due(deployed):
    make_person(deployed, "manager", "duty_manager")
    case_id = start_referral(deployed)
    with deployed.writing() as session:
        timers.wake(session, case_id, now=DUE)
        session.query(Letter).update({"next_try_at": datetime.fromtimestamp(time.time(), UTC)})

    with mail_server() as server:
        sender = worker.Worker(deployed, post=server.post)
        sender.start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not server.received:
            time.sleep(0.05)
        sender.stop()

    assert {mail["To"] for mail in server.received} == {"manager@example.test"}


@pytest.mark.parametrize(
    ("table", "column", "old", "recent"),
    [(LoginFailure, "email_hash", 15, 14), (PublicRequest, "origin_hash", 61, 59)],
)
def test_a_tick_forgets_what_limits_nobody_any_more(deployed, table, column, old, recent):
    with deployed.writing() as session:
        for whose, ago in (("old", old), ("new", recent)):
            session.add(table(**{column: whose}, at=NOW - timedelta(minutes=ago)))

    worker.tick(deployed, now=NOW)

    with deployed.reading() as session:
        assert [getattr(row, column) for row in session.query(table)] == ["new"]
