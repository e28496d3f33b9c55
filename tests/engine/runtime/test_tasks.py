from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text, update

from engine.casework import InvalidAnswers
from engine.errors import NotFound, Refused
from engine.people import Actor
from engine.runtime import persist, tasks
from engine.runtime.persist import StaleCase
from engine.store.tables import AuditEntry, Case, ChildOfCase, TaskState, UserTask
from tests.engine.runtime.playing import (
    NOW,
    answers_of,
    complete,
    complete_next,
    everybody,
    only,
    open_row,
    open_rows,
    start_case,
    start_referral,
)
from tests.persons import make_person

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def case_id(database):
    return start_case(database)


@pytest.fixture
def row(database, case_id):
    return open_rows(database, case_id)[0]


def test_completing_a_task_moves_the_case_on_and_records_who_and_when(database, case_id, row):
    complete_next(database, case_id, now=LATER)

    with database.reading() as session:
        done = session.get_one(UserTask, row.id)
        case = session.get_one(Case, case_id)
        entry = session.query(AuditEntry).filter_by(state_version=2).one()
    assert (done.state, done.completed_by, done.completed_at) == (
        TaskState.COMPLETED,
        everybody().key,
        LATER,
    )
    assert case.version == 2
    assert (entry.event, entry.subject) == ("user_task.completed", f"user_task:{row.id}")
    assert entry.detail["effects"]["task.completed"] == 1


def test_a_task_carries_the_soonest_limit_that_binds_it(database):
    case_id = start_referral(database)

    row = open_row(database, case_id, "write_up_referral")

    assert row.due_at == NOW + timedelta(hours=24)  # SWK-49


def test_a_limit_whose_act_is_known_to_be_in_time_binds_no_task(row):
    assert row.element_id == "redirect_contact"  # SWK-48 is met by when it was received
    assert row.due_at is None


def test_answers_that_will_not_do_are_named_by_field_and_change_nothing(database, case_id):
    complete_next(database, case_id, now=LATER)
    row = open_rows(database, case_id)[0]
    given = answers_of(database, row.id) | {"contact_channel": "carrier pigeon"}

    with pytest.raises(InvalidAnswers) as error, database.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=LATER)

    assert list(error.value.problems) == ["contact_channel"]
    assert [r.id for r in open_rows(database, case_id)] == [row.id]


def test_only_whoever_holds_the_role_claims_or_completes(database, row):
    other = only("social_worker")
    assert row.role != "social_worker"
    with database.writing() as session:
        for act in (
            lambda: tasks.claim(session, row.id, by=other, now=NOW),
            lambda: tasks.complete(session, row.id, {}, by=other, now=NOW),
        ):
            with pytest.raises(tasks.NotYourRole):
                act()


@pytest.mark.parametrize("grants", [frozenset(), frozenset({("*", "analyst")})])
def test_for_whoever_sees_no_case_a_task_does_not_exist(database, row, grants):
    stranger = Actor(kind="person", id=9, name="S", grants=grants)
    with database.writing() as session, pytest.raises(NotFound):
        tasks.get(session, row.id, by=stranger)
    with database.writing() as session, pytest.raises(NotFound):
        tasks.claim(session, row.id, by=stranger, now=NOW)


def test_a_claimed_task_belongs_to_its_claimer_until_released(database, row):
    priya = make_person(database, "priya", row.role)
    tom = make_person(database, "tom", row.role)
    with database.writing() as session:
        tasks.claim(session, row.id, by=priya, now=LATER)
        tasks.claim(session, row.id, by=priya, now=LATER + timedelta(minutes=1))

    for act in (tasks.claim, tasks.release):
        with pytest.raises(tasks.ClaimedByAnother, match=r"Priya claimed this at Tue 22 Sep"):
            _act(database, act, row.id, by=tom, now=LATER)
    with pytest.raises(tasks.ClaimedByAnother), database.writing() as session:
        tasks.complete(session, row.id, {}, by=tom, now=LATER)
    _act(database, tasks.release, row.id, by=priya, now=LATER)
    _act(database, tasks.claim, row.id, by=tom, now=LATER)

    with database.reading() as session:
        page = tasks.get(session, row.id, by=tom)
        events = [e.event for e in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert (page.claimed_by_name, page.is_mine, page.row.state) == ("Tom", True, TaskState.CLAIMED)
    assert events[1:] == ["user_task.claimed", "user_task.released", "user_task.claimed"]


def test_releasing_what_nobody_claimed_is_no_harm(database, row):
    _act(database, tasks.release, row.id, by=only(row.role), now=LATER)

    with database.reading() as session:
        assert session.query(AuditEntry).count() == 1


def test_a_second_completion_is_told_who_was_first_and_when(database, row):
    priya = make_person(database, "priya", row.role)
    given = answers_of(database, row.id)
    with database.writing() as session:
        tasks.complete(session, row.id, given, by=priya, now=LATER)

    with pytest.raises(tasks.AlreadyCompleted) as error, database.writing() as session:
        tasks.complete(session, row.id, given, by=only(row.role, number=99), now=LATER)

    assert str(error.value) == "Priya completed this at Tue 22 Sep 2026 11:10."
    with database.reading() as session, pytest.raises(tasks.AlreadyCompleted):
        tasks.get(session, row.id, by=priya)


def test_of_two_people_at_once_exactly_one_completes(database, case_id, row):
    given, barrier, ends = answers_of(database, row.id), Barrier(2), []

    def complete(actor):
        barrier.wait()
        try:
            with database.writing() as session:
                tasks.complete(session, row.id, given, by=actor, now=LATER)
            ends.append("done")
        except Refused as refused:
            ends.append(type(refused).__name__)

    threads = [Thread(target=complete, args=(only(row.role, number=n),)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == ["AlreadyCompleted", "done"]
    with database.reading() as session:
        assert session.get_one(Case, case_id).version == 2


def test_a_case_changed_behind_a_step_makes_the_step_stale(database, case_id, row):
    given = answers_of(database, row.id)

    def step_on_changed_case():
        with database.writing() as session:
            live_case = persist.load(session, case_id)
            session.connection().execute(update(Case).values(version=7))
            live_case.run.complete(row.task, given, now=LATER)
            step = persist.Step(event="user_task.completed", subject="x", by="y", now=LATER)
            persist.save(session, live_case, step)

    with pytest.raises(StaleCase):
        step_on_changed_case()

    with database.reading() as session:
        assert session.get_one(Case, case_id).version == 1


def test_a_step_whose_audit_entry_fails_leaves_no_trace(database, case_id, row):
    given = answers_of(database, row.id)
    with database.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER no_audit BEFORE INSERT ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'no audit'); END"
            )
        )

    with pytest.raises(Exception, match="no audit"), database.writing() as session:
        tasks.complete(session, row.id, given, by=everybody(), now=LATER)

    with database.reading() as session:
        assert session.get_one(Case, case_id).version == 1
        assert session.get_one(UserTask, row.id).state is TaskState.OPEN


def test_the_children_that_a_task_records_are_the_cases_children(database, case_id):
    children = [
        {"name": "Ada Example", "date_of_birth": "2019-01-02", "gender": "2"},
        {"name": "Bo Example", "date_of_birth": "2021-03-04", "gender": "1"},
    ]
    for _ in range(2):
        complete_next(database, case_id, now=LATER, children=children)

    with database.reading() as session:
        found = session.execute(text("SELECT name, date_of_birth FROM child_of_case ORDER BY id"))
        assert [tuple(row) for row in found] == [
            ("Ada Example", "2019-01-02"),
            ("Bo Example", "2021-03-04"),
        ]


def test_the_case_was_received_when_a_task_says_so(database):
    evening = NOW - timedelta(hours=14)  # 21:05 in London
    case_id = start_case(database, first_contact_at=evening)

    complete(database, open_row(database, case_id, "redirect_contact"), now=LATER,
             received_at=evening.isoformat())  # fmt: skip

    with database.reading() as session:
        case = session.get_one(Case, case_id)
    assert (case.received_at, case.received_out_of_hours) == (evening, True)


def test_a_birth_that_is_expected_may_be_told_at_length(database):
    child = {"name": "Unborn", "expected": "some time in the autumn, " * 9}

    case_id = start_case(database, children=[child])

    with database.reading() as session:
        kept = session.query(ChildOfCase).filter_by(case_id=case_id).one().date_of_birth
    assert kept == child["expected"][:40]


def _act(database, act, task_id, *, by, now):
    with database.writing() as session:
        act(session, task_id, by=by, now=now)
