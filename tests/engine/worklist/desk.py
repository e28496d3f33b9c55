"""People with accounts, and the worklist that each of them sees."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from engine import people, worklist
from engine.absences import Leave, add
from engine.worklist import Wanted
from tests.engine.runtime.playing import AUTHORITY, NOW, definition

LONDON = ZoneInfo("Europe/London")
PASSWORD = "four unrelated quiet words"
MANAGER = "duty_manager"  # the role of professional judgement in Southwark


def staff(database, name, *roles, authority=AUTHORITY):
    """Make somebody with an account and these roles, all of them where none is named."""
    with database.writing() as session:
        email = f"{name.lower()}@example.test"
        person = people.create(session, email=email, name=name, password=PASSWORD, now=NOW)
        for role in roles or definition().roles:
            people.grant(session, person.id, authority, role)
        return people.actor_of(session, person)


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
