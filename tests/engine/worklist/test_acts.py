import pytest
from sqlalchemy import select

from engine import worklist
from engine.errors import NotFound
from engine.runtime.tasks import AlreadyCompleted, CannotTakeIt, ClaimedByAnother, NotYoursToGive
from engine.store.tables import AuditEntry, UserTask
from tests.engine.runtime.playing import NOW, complete_next, open_rows, start_case
from tests.engine.worklist.desk import MANAGER, away, seen, staff


@pytest.fixture
def row(deployed):
    """A task that waits for any member of staff."""
    return open_rows(deployed, start_case(deployed))[0]


def take(database, row, by):
    with database.writing() as session:
        worklist.take(session, row.id, by=by, now=NOW)


def give(database, row, to, *, by):
    with database.writing() as session:
        worklist.reassign(session, row.id, to.id, by=by, now=NOW)


def holder(database, row):
    with database.reading() as session:
        return session.get(UserTask, row.id).claimed_by


def test_whoever_has_a_task_gives_it_to_a_colleague(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    take(deployed, row, one)

    give(deployed, row, other, by=one)

    assert holder(deployed, row) == other.key
    with deployed.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.event, entry.by) == ("user_task.reassigned", one.key)
    assert entry.detail == {"from": one.key, "to": other.key}


def test_a_task_that_nobody_has_is_given_by_its_role(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)

    give(deployed, row, other, by=one)

    assert holder(deployed, row) == other.key


def test_a_manager_gives_a_task_that_somebody_else_has(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    manager = staff(deployed, "Manager", MANAGER)
    take(deployed, row, one)

    give(deployed, row, other, by=manager)

    assert holder(deployed, row) == other.key


def test_nobody_else_gives_it(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    take(deployed, row, one)

    with pytest.raises(NotYoursToGive, match="Duty Manager"):
        give(deployed, row, other, by=other)

    assert holder(deployed, row) == one.key


def test_a_task_goes_only_to_somebody_who_holds_its_role(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", "social_worker")

    with pytest.raises(CannotTakeIt, match="Other does not hold the role “Any member of staff”"):
        give(deployed, row, other, by=one)


def test_a_task_that_has_ended_or_is_another_authoritys_is_not_given(deployed, row):
    one = staff(deployed, "One", row.role)
    stranger = staff(deployed, "Stranger", row.role, authority="elsewhere")

    with pytest.raises(NotFound):
        give(deployed, row, one, by=stranger)
    complete_next(deployed, row.case_id, now=NOW)
    with pytest.raises(AlreadyCompleted):
        give(deployed, row, one, by=one)


def test_whoever_covers_takes_over_what_the_absent_person_has(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    third = staff(deployed, "Third", row.role)
    take(deployed, row, one)
    away(deployed, one, other)

    with pytest.raises(ClaimedByAnother):
        take(deployed, row, third)
    take(deployed, row, other)

    assert holder(deployed, row) == other.key
    assert [line.is_mine for line in seen(deployed, other, whose="mine").lines] == [True]


def test_whoever_covers_gives_it_on(deployed, row):
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    third = staff(deployed, "Third", row.role)
    take(deployed, row, one)
    away(deployed, one, other)

    give(deployed, row, third, by=other)

    assert holder(deployed, row) == third.key
