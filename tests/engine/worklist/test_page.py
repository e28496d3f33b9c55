from datetime import timedelta

import pytest
from sqlalchemy import event, select

from engine import worklist
from engine.errors import Invalid
from engine.people import Actor
from engine.runtime import tasks
from engine.store.tables import UserTask
from engine.worklist import PAGE, Turn
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    complete_next,
    everybody,
    only,
    open_rows,
    start_case,
    start_referral,
)
from tests.engine.worklist.desk import LONDON, away, elements, numbers, seen, staff
from tests.statements import statements

DUE = NOW + timedelta(hours=24)
WAITING = ["write_up_referral", "consider_management_action"]


def counted(database, *, now):
    found = numbers(seen(database, everybody(), now=now))
    return [name for name in ("overdue", "today", "this_week") if found[name] == "2"]


def test_tasks_are_counted_by_when_their_limit_ends(deployed):
    start_referral(deployed)

    assert elements(seen(deployed, everybody())) == WAITING
    assert counted(deployed, now=NOW) == ["this_week"]
    assert counted(deployed, now=NOW - timedelta(days=2)) == []
    assert counted(deployed, now=DUE - timedelta(hours=11)) == ["today"]
    assert counted(deployed, now=DUE) == ["today"]
    assert counted(deployed, now=DUE + timedelta(microseconds=1)) == ["overdue"]


def test_a_task_at_its_limit_is_not_overdue_yet(deployed):
    start_referral(deployed)

    assert not seen(deployed, everybody(), now=DUE).lines[0].is_overdue
    assert seen(deployed, everybody(), now=DUE + timedelta(microseconds=1)).lines[0].is_overdue


def test_the_soonest_limit_stands_first_and_tasks_without_one_last(deployed):
    first = start_referral(deployed)
    second = start_referral(deployed, now=NOW - timedelta(minutes=30))
    third = start_case(deployed)
    complete_next(deployed, third, now=NOW)

    shown = [line.case_id for line in seen(deployed, everybody()).lines]

    assert shown == [second, second, first, first, third]


def test_a_worklist_holds_only_tasks_of_the_persons_own_roles(deployed):
    case_id = start_case(deployed)
    role = open_rows(deployed, case_id)[0].role

    assert len(seen(deployed, only(role)).lines) == 1
    assert seen(deployed, only("social_worker")).lines == ()
    assert seen(deployed, Actor(kind="person", id=1, name="S")).lines == ()
    assert seen(deployed, everybody("elsewhere")).lines == ()
    assert seen(deployed, everybody(), role="social_worker").lines == ()
    assert len(seen(deployed, everybody(), authority=AUTHORITY, role=role).lines) == 1


def test_mine_are_the_tasks_that_i_have_claimed(deployed):
    row = open_rows(deployed, start_case(deployed))[0]
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    with deployed.writing() as session:
        tasks.claim(session, row.id, by=one, now=NOW)

    mine = seen(deployed, one, whose="mine")

    assert [line.is_mine for line in mine.lines] == [True]
    assert mine.lines[0].role_label == "Any member of staff"
    assert numbers(mine)["mine"] == "1"
    assert seen(deployed, other, whose="mine").lines == ()
    assert [line.claimed_by_name for line in seen(deployed, other).lines] == ["One"]


def test_whoever_covers_sees_the_tasks_of_the_absent_person_as_long_as_they_are_away(deployed):
    row = open_rows(deployed, start_case(deployed))[0]
    one, other = staff(deployed, "One", row.role), staff(deployed, "Other", row.role)
    with deployed.writing() as session:
        tasks.claim(session, row.id, by=one, now=NOW)
    away(deployed, one, other)

    during = seen(deployed, other, whose="mine").lines
    afterwards = seen(deployed, other, whose="mine", now=NOW + timedelta(days=1)).lines

    assert [(line.is_mine, line.covered_name) for line in during] == [(False, "One")]
    assert afterwards == ()


def test_the_filters_leave_out_what_is_not_wanted(deployed):
    wanted = start_referral(deployed, referrer_kind="public",
                            children=[{"name": "Zoë O’Hara"}])  # fmt: skip
    start_referral(deployed, referrer_kind="professional", children=[{"name": "Ben Ashby"}])

    def cases_seen(**filters):
        return {line.case_id for line in seen(deployed, everybody(), **filters).lines}

    assert len(cases_seen()) == 2
    assert cases_seen(child="zoe") == {wanted}
    assert cases_seen(child="OHar zo") == {wanted}
    assert cases_seen(child="ben hara") == set()
    process = seen(deployed, everybody()).lines[0].process_id
    assert len(cases_seen(process_id=process)) == 2
    assert cases_seen(process_id="contact") == set()


def test_a_referrers_kind_is_a_filter(deployed):
    start_case(deployed, referrer_kind="professional")
    wanted = start_case(deployed, referrer_kind="public")

    shown = seen(deployed, everybody(), referrer_kind="public").lines

    assert [line.case_id for line in shown] == [wanted]


def test_what_must_be_done_is_told_from_what_should_be_done(deployed):
    start_referral(deployed)
    complete_next(deployed, start_case(deployed), now=NOW)

    lines = seen(deployed, everybody()).lines
    by_strength = {
        strength: {line.id for line in lines if line.strength == strength}
        for strength in ("must", "should")
    }

    assert by_strength["must"] | by_strength["should"]
    for strength, ids in by_strength.items():
        found = seen(deployed, everybody(), strength=strength).lines
        assert {line.id for line in found} == ids


def copies(database, number):
    """The open tasks of one case many times: some without a limit, many with the same."""
    with database.writing() as session:
        row = session.scalars(select(UserTask).where(UserTask.ended_at.is_(None))).first()
        values = {c.name: getattr(row, c.name) for c in UserTask.__table__.columns}
        for place in range(number):
            due = None if place % 5 == 0 else NOW + timedelta(hours=place // 7)
            session.add(UserTask(**{**values, "id": None, "task": f"copy {place}", "due_at": due}))


def test_pages_show_every_task_once_forth_and_back(deployed):
    start_referral(deployed)
    copies(deployed, 180)
    everything = [*range(182)]
    pages, turn = [], None
    while True:
        page = seen(deployed, everybody(), turn=turn)
        pages.append(page)
        if page.after is None:
            break
        turn = Turn.read(after=page.after, before=None)

    ids = [line.id for page in pages for line in page.lines]
    assert len(ids) == len(set(ids)) == len(everything)
    assert [len(page.lines) for page in pages] == [PAGE, PAGE, PAGE, 32]
    dues = [line.due_at for page in pages for line in page.lines]
    limited = [due for due in dues if due is not None]
    assert dues == sorted(limited) + [None] * (len(dues) - len(limited))
    for later, sooner in zip(pages[:0:-1], pages[-2::-1], strict=True):
        back = seen(deployed, everybody(), turn=Turn.read(after=None, before=later.before))
        assert back.lines == sooner.lines
    assert pages[0].before is None
    assert back.before is None


def test_a_task_that_ends_between_two_pages_makes_nobody_miss_another(deployed):
    start_referral(deployed)
    copies(deployed, 60)
    first = seen(deployed, everybody())
    with deployed.writing() as session:
        gone = session.get(UserTask, first.lines[-1].id)
        gone.withdrawn_at = gone.ended_at = NOW

    second = seen(deployed, everybody(), turn=Turn.read(after=first.after, before=None))

    assert len(first.lines) + len(second.lines) == 62
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}


def test_before_the_first_page_there_is_the_first_page_again(deployed):
    start_referral(deployed)
    copies(deployed, 60)
    first = seen(deployed, everybody())
    place = Turn.read(after=None, before=first.after)

    assert seen(deployed, everybody(), turn=place).lines == first.lines


@pytest.mark.parametrize("place", ["x", "2026-01-01T00:00:00~1", "none~", "none~x", "~1"])
def test_a_place_that_the_worklist_did_not_give_is_refused(place):
    with pytest.raises(Invalid, match="first page"):
        Turn.read(after=place, before=None)


def test_counts_say_when_there_are_more_than_five_hundred(deployed):
    start_referral(deployed)
    copies(deployed, 640)

    late = numbers(seen(deployed, everybody(), now=NOW + timedelta(days=30)))
    exact = numbers(seen(deployed, everybody(), now=NOW + timedelta(hours=10)))

    assert (late["overdue"], late["all"]) == ("500+", "500+")
    assert exact["overdue"] == str(sum(1 for n in range(640) if n % 5 and n // 7 < 10))


def plans(database, actor, **wanted):
    """How SQLite finds the rows for a worklist."""
    said = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT") and "user_task" in statement:
            said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", explain)
    seen(database, actor, **wanted)
    event.remove(database.engine, "before_cursor_execute", explain)
    with database.reading() as session:
        raw = session.connection().connection.driver_connection
        return [row[3] for query, values in said
                for row in raw.execute(f"EXPLAIN QUERY PLAN {query}", values)]  # fmt: skip


@pytest.mark.parametrize("whose", ["team", "mine"])
def test_no_statement_reads_a_whole_table(deployed, whose):
    start_referral(deployed)
    copies(deployed, 300)
    one = staff(deployed, "One")

    said = plans(deployed, one, whose=whose)

    assert any("ix_user_task" in line for line in said)
    tables = [
        line for line in said if line.startswith(("SCAN user_task", "SCAN case", "SCAN dead"))
    ]
    assert tables == []


def test_a_worklist_takes_few_statements_however_long_it_is(deployed):
    start_referral(deployed)
    copies(deployed, 120)
    one = staff(deployed, "One")

    with statements(deployed.engine) as said, deployed.reading() as session:
        worklist.remembered(session, one)
        zone = worklist.choices(session, one).zone
        worklist.worklist(session, one, now=NOW, zone=zone)

    assert 0 < len(said) <= 8, said
    assert zone == LONDON


def test_filters_that_few_tasks_fulfil_look_through_the_list_in_parts(deployed, monkeypatch):
    monkeypatch.setattr("engine.worklist.reach.WINDOW", 70)
    monkeypatch.setattr("engine.worklist.page.WINDOW", 70)
    start_referral(deployed)
    copies(deployed, 180)
    with deployed.writing() as session:
        for row in session.scalars(select(UserTask).where(UserTask.task == "copy 170")):
            row.process_id = "rare"
            rare = row.id
    pages, turn = [], None
    while not pages or pages[-1].after:
        turn = (pages and Turn.read(after=pages[-1].after, before=None)) or None
        pages.append(seen(deployed, everybody(), process_id="rare", turn=turn))

    assert [page.looked_at for page in pages] == [70, 70, None]
    assert [line.id for page in pages for line in page.lines] == [rare]
    assert pages[2].before is not None
