"""Whoever must act is reminded once before a limit ends, and never of one that is met."""

from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread, current_thread

import pytest
from sqlalchemy import event

from engine.doctor import check_invariants
from engine.outbox.reminding import due_for_reminder
from engine.runtime import reminders, timers
from engine.runtime.persist import lock
from engine.store.tables import AuditEntry, Deadline, ProcessInstance
from tests.engine.outbox.letters import letters_of
from tests.engine.runtime.playing import NOW, complete_next, definition, start_referral
from tests.persons import make_person

BEFORE_24_HOURS = NOW + timedelta(hours=22)


@pytest.fixture
def people(database):
    make_person(database, "officer", "information_officer")
    make_person(database, "worker", "social_worker")
    make_person(database, "manager", "duty_manager", "social_worker")


def deadlines(database, **wanted):
    with database.reading() as session:
        return session.query(Deadline).filter_by(**wanted).order_by(Deadline.id).all()


def limit(unit, hours):
    return Deadline(
        unit=unit, started_from=NOW, due_at=NOW + timedelta(hours=hours), deadline_name="x"
    )


@pytest.mark.parametrize(
    ("unit", "hours", "before"),
    [
        ("hours", 24, timedelta(hours=2)),
        ("hours", 8, timedelta(hours=2)),
        ("hours", 1, timedelta(minutes=15)),
        ("working-days", 24, timedelta(hours=6)),
        ("working-days", 24 * 21, timedelta(days=1)),
    ],
)
def test_how_long_before_a_limit_people_are_reminded(unit, hours, before):
    row = limit(unit, hours)

    assert row.due_at - due_for_reminder(definition(), row) == before


def test_an_authority_may_say_how_long_before():
    settings = {**definition().settings, "reminders": {"before": "PT30M"}}
    row = limit("hours", 24)

    at = due_for_reminder(replace(definition(), settings=settings), row)

    assert row.due_at - at == timedelta(minutes=30)


def test_everybody_who_may_do_the_task_is_reminded_once(database, people):
    start_referral(database)

    assert reminders.remind(database, now=BEFORE_24_HOURS - timedelta(hours=5)) == 0
    reminded = reminders.remind(database, now=BEFORE_24_HOURS)
    assert reminders.remind(database, now=BEFORE_24_HOURS + timedelta(hours=1)) == 0

    told = letters_of(database, kind="reminder")
    rows = [row for row in deadlines(database) if row.reminded_at is not None]
    assert reminded == len(rows)
    assert {row.reminded_at for row in rows} == {BEFORE_24_HOURS}
    assert told
    written = [(letter.subject, letter.text, letter.address) for letter in told]
    assert len(written) == len(set(written))
    assert all("function of Frontdoor" in letter.text for letter in told)
    assert all("Child A" not in letter.text for letter in told)
    assert {letter.address for letter in told} <= {
        "officer@example.test",
        "worker@example.test",
        "manager@example.test",
    }
    with database.reading() as session:
        events = session.query(AuditEntry).filter_by(event="deadline.reminded").count()
        assert events == reminded
        assert check_invariants(session, now=NOW) == ()


def test_two_workers_remind_of_each_limit_once(database, people):
    start_referral(database)
    counts = []
    threads = [
        Thread(target=lambda: counts.append(reminders.remind(database, now=BEFORE_24_HOURS)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == len([row for row in deadlines(database) if row.reminded_at])


def test_nobody_is_reminded_of_a_limit_that_has_been_missed(database, people):
    case_id = start_referral(database)
    late = NOW + timedelta(hours=25)
    with database.writing() as session:
        timers.wake(session, case_id, now=late)

    reminders.remind(database, now=late)

    missed = [row for row in deadlines(database) if row.missed_at is not None]
    assert missed
    assert all(row.reminded_at is None for row in missed)


def test_nobody_is_reminded_of_a_limit_that_is_met(database, people):
    case_id = start_referral(database)
    while complete_next(database, case_id, now=NOW, contact_channel="email"):
        pass

    reminders.remind(database, now=BEFORE_24_HOURS)

    ended = [row for row in deadlines(database) if row.met]
    assert ended
    assert all(row.reminded_at is None for row in ended)


def test_nobody_is_reminded_of_a_limit_that_is_met_while_reminders_are_gathered(database, people):
    case_id = start_referral(database)
    has_read = Event()
    transactions, told = [], []
    remind = Thread(target=lambda: told.append(reminders.remind(database, now=BEFORE_24_HOURS)))

    def hear(*_):
        if current_thread() is remind:
            transactions.append("")
            if len(transactions) > 1:  # the first only reads which limits are due
                has_read.set()

    event.listen(database.engine, "checkout", hear)
    with database.writing() as session:
        lock(session, case_id)
        session.query(Deadline).update({Deadline.is_secured: True})
        remind.start()
        assert has_read.wait(timeout=60)
    remind.join()

    assert told == [0]
    assert letters_of(database, kind="reminder") == []


def test_a_case_that_cannot_be_read_costs_no_other_its_reminders(database, people, caplog):
    damaged, sound = start_referral(database), start_referral(database)
    with database.writing() as session:
        session.get_one(ProcessInstance, damaged).state = "{}"

    reminded = reminders.remind(database, now=BEFORE_24_HOURS)

    assert reminded == len(deadlines(database, case_id=sound, reminded_at=BEFORE_24_HOURS)) > 0
    assert deadlines(database, case_id=damaged, reminded_at=BEFORE_24_HOURS) == []
    assert f"case {damaged}: nobody was reminded: KeyError" in caplog.text


def test_where_nobody_holds_the_role_nothing_is_written_and_the_limit_is_done_with(database):
    start_referral(database)

    assert reminders.remind(database, now=BEFORE_24_HOURS) > 0
    assert letters_of(database, kind="reminder") == []
    assert reminders.remind(database, now=BEFORE_24_HOURS) == 0
