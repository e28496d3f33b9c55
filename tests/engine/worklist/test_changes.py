import pytest

from engine import worklist
from engine.errors import Invalid
from engine.runtime import tasks
from tests.engine.runtime.playing import NOW, complete_next, open_rows, start_case
from tests.engine.worklist.desk import LONDON, seen, staff


def number(database, actor, stamp):
    with database.reading() as session:
        return worklist.changes(session, actor, "team", stamp, now=NOW, zone=LONDON).number


def test_changes_are_tasks_that_came_were_taken_or_ended(deployed):
    case_id = start_case(deployed)
    row = open_rows(deployed, case_id)[0]
    one = staff(deployed, "One")
    stamp = seen(deployed, one).counts.stamp
    assert number(deployed, one, stamp) == 0

    with deployed.writing() as session:
        tasks.claim(session, row.id, by=one, now=NOW)
    assert number(deployed, one, stamp) == 1
    start_case(deployed)
    assert number(deployed, one, stamp) == 2
    with deployed.writing() as session:
        tasks.release(session, row.id, by=one, now=NOW)
    complete_next(deployed, case_id, now=NOW)
    assert number(deployed, one, stamp) == 3

    assert number(deployed, one, seen(deployed, one).counts.stamp) == 0


def test_changes_in_roles_that_somebody_does_not_hold_are_none_of_theirs(deployed):
    other = staff(deployed, "Other", "social_worker")
    stamp = seen(deployed, other).counts.stamp

    start_case(deployed)

    assert number(deployed, other, stamp) == 0


@pytest.mark.parametrize("stamp", ["", "1", "x.1", "1.-1"])
def test_a_stamp_that_the_worklist_did_not_give_is_refused(deployed, stamp):
    with pytest.raises(Invalid, match="stamp"):
        number(deployed, staff(deployed, "One"), stamp)
