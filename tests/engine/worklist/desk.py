"""People with accounts, and the worklist that each of them sees."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from engine import worklist
from engine.absences import Leave, add
from engine.worklist import Wanted
from tests.engine.runtime.playing import AUTHORITY, NOW, definition
from tests.persons import make_person

LONDON = ZoneInfo("Europe/London")
MANAGER = "duty_manager"  # the role of professional judgement in Southwark


def staff(database, name, *roles, authority=AUTHORITY):
    """Make somebody with an account and these roles, all of them where none is named."""
    return make_person(database, name, *(roles or definition().roles), authority=authority)


def away(database, who, cover, *, by=None, starts=NOW, days=1):
    """Let somebody be away from `starts` on."""
    leave = Leave(
        person_id=who.id,
        covered_by=cover.id,
        starts_at=starts,
        ends_at=starts + timedelta(days=days),
    )
    with database.writing() as session:
        return add(session, leave, by=by or who, now=NOW).id


def seen(database, actor, *, now=NOW, turn=None, **wanted):
    """The page of the worklist that somebody sees."""
    with database.reading() as session:
        return worklist.worklist(session, actor, Wanted(**wanted), now=now, zone=LONDON, turn=turn)


def elements(page):
    return [line.element_id for line in page.lines]


def numbers(page):
    counts = page.counts
    return {
        name: str(getattr(counts, name))
        for name in ("overdue", "today", "this_week", "all", "mine")
    }
