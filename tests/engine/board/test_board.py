from datetime import date, timedelta
from itertools import pairwise

import pytest

from engine import board, worker
from engine.board import BUCKETS, Wanted, counting
from engine.errors import Invalid, NotFound
from engine.people import ANALYST, Actor
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    complete,
    everybody,
    only,
    open_row,
    start_referral,
)

DUE = NOW + timedelta(hours=24)


def overview(database, *, now=NOW, by=None):
    with database.reading() as session:
        return board.board(session, AUTHORITY, by=by or everybody(), now=now)


def behind(database, wanted, *, now=NOW, most=50):
    with database.reading() as session:
        return board.behind(session, AUTHORITY, wanted, by=everybody(), now=now, most=most)


def trend(database, *, now):
    with database.reading() as session:
        return board.trend(session, AUTHORITY, by=everybody(), now=now)


def filled(found):
    return {id_: number for id_, number in found.totals.items() if number}


@pytest.mark.parametrize(
    ("before_due", "bucket"),
    [
        (timedelta(hours=24), "day"),
        (timedelta(hours=24, microseconds=1), "three_days"),
        (timedelta(hours=2, microseconds=1), "day"),
        (timedelta(hours=2), "two_hours"),
        (timedelta(), "two_hours"),
        (-timedelta(microseconds=1), "overdue"),
    ],
)
def test_a_running_limit_stands_under_the_time_that_is_left(deployed, before_due, bucket):
    start_referral(deployed)

    found = overview(deployed, now=DUE - before_due)

    write_up = next(line for line in found.lines if "SWK-49" in line.clauses)
    assert [id_ for id_, number in write_up.counts.items() if number] == [bucket]


def test_the_spans_leave_no_gap_and_do_not_overlap():
    for earlier, later in pairwise(BUCKETS):
        assert earlier.until == later.after
        assert earlier.warmth > later.warmth
    assert (BUCKETS[0].after, BUCKETS[-1].until) == (None, None)


def test_a_line_names_the_limit_its_step_its_team_and_its_clause(deployed):
    start_referral(deployed)

    line = next(line for line in overview(deployed).lines if "SWK-49" in line.clauses)

    assert line.strength == "must"
    assert line.step
    assert line.team
    assert line.total == 1


def test_the_warmest_limit_of_an_activity_gives_its_heat(deployed):
    start_referral(deployed)

    cool, hot = overview(deployed), overview(deployed, now=DUE + timedelta(hours=1))

    for found, bucket in ((cool, "day"), (hot, "overdue")):
        line = next(line for line in found.lines if "SWK-49" in line.clauses)
        assert found.heat(line.process_id)[line.step_id].id == bucket
    assert hot.heat("strategy_discussion") == {}


def test_the_board_counts_what_waits_for_each_team(deployed):
    start_referral(deployed)

    waiting = {team.team: team.open for team in overview(deployed).waiting}

    assert waiting["Duty Manager"] == 1
    assert waiting["Social worker"] == 0


def test_a_limit_that_has_ended_leaves_the_board_and_joins_the_trend(deployed):
    case_id = start_referral(deployed)
    before = overview(deployed)
    complete(deployed, open_row(deployed, case_id, "write_up_referral"), now=NOW)

    after = overview(deployed)
    line = next(line for line in trend(deployed, now=NOW) if "SWK-49" in line.clauses)

    assert sum(before.totals.values()) > sum(after.totals.values())
    assert (line.met, line.missed) == (1, 0)
    assert line.weeks[-1].share == 1
    assert line.weeks[0].share is None


def test_a_week_begins_on_monday_by_the_authoritys_clock(deployed):
    case_id = start_referral(deployed)
    late = NOW + timedelta(hours=30)
    worker.tick(deployed, now=late)
    complete(deployed, open_row(deployed, case_id, "write_up_referral"), now=late)

    line = next(line for line in trend(deployed, now=late) if "SWK-49" in line.clauses)
    monday = line.weeks[-1].monday

    assert (line.met, line.missed) == (0, 1)
    assert (monday.date(), monday.hour) == (date(2026, 9, 21), 0)
    assert str(monday.tzinfo) == "Europe/London"
    missed = behind(deployed, Wanted(missed_in=monday.date()), now=late)
    assert [found.case_id for found in missed.lines] == [case_id]
    assert behind(deployed, Wanted(missed_in=date(2026, 9, 14)), now=late).lines == ()


def test_the_cases_behind_a_number_are_exactly_as_many(deployed):
    for minutes in range(5):
        start_referral(deployed, now=NOW - timedelta(minutes=minutes))
    found = overview(deployed)

    for line in found.lines:
        for bucket, number in line.counts.items():
            wanted = Wanted(process_id=line.process_id, element_id=line.element_id, bucket=bucket)
            assert len(behind(deployed, wanted).lines) == number


def test_numbers_end_where_nobody_counts_on_unless_they_are_to_be_exact(deployed, monkeypatch):
    for _ in range(4):
        start_referral(deployed)
    monkeypatch.setattr(counting, "MOST", 2)

    with deployed.reading() as session:
        exact = board.board(session, AUTHORITY, by=everybody(), now=NOW, is_exact=True)
    ended = overview(deployed)

    assert {line.total for line in ended.lines} == {3}
    assert {line.total for line in exact.lines} == {4}
    assert max(team.open for team in ended.waiting) == 3


def test_pages_of_a_list_show_every_clock_once(deployed):
    for _ in range(4):
        start_referral(deployed)  # all due at the same instant
    total = sum(overview(deployed).totals.values())

    shown, after = [], None
    while True:
        page = behind(deployed, Wanted(after=after), most=3)
        shown += [line.id for line in page.lines]
        if (after := page.next) is None:
            break

    assert len(shown) == len(set(shown)) == total


@pytest.mark.parametrize("mark", ["x", "2026-09-22~1", "2026-09-22T10:00:00+00:00~x", "~"])
def test_a_place_that_no_page_gave_is_refused(deployed, mark):
    with pytest.raises(Invalid, match="start again"):
        behind(deployed, Wanted(after=mark))


def test_a_span_that_the_board_does_not_have_is_not_found(deployed):
    with pytest.raises(NotFound):
        behind(deployed, Wanted(bucket="soon"))


@pytest.mark.parametrize(
    "stranger",
    [
        everybody("elsewhere"),
        Actor(kind="person", id=3, name="A", grants=frozenset({("*", ANALYST)})),
    ],
)
def test_who_may_not_see_the_cases_sees_no_board(deployed, stranger):
    start_referral(deployed)

    with pytest.raises(NotFound):
        overview(deployed, by=stranger)
    with deployed.reading() as session, pytest.raises(NotFound):
        board.trend(session, AUTHORITY, by=stranger, now=NOW)
    with deployed.reading() as session, pytest.raises(NotFound):
        board.behind(session, AUTHORITY, Wanted(), by=stranger, now=NOW)


def test_boards_are_those_of_ones_own_authorities(deployed):
    with deployed.reading() as session:
        own = board.boards_of(session, only("social_worker"))
        none = board.boards_of(session, Actor(kind="person", id=2, name="N"))

    assert own == ((AUTHORITY, "Southwark"),)
    assert none == ()
