"""How many tasks of a worklist others have opened, taken or ended since a page was shown."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from engine import absences
from engine.errors import Invalid
from engine.people import Actor
from engine.store.tables import AuditEntry, UserTask
from engine.worklist.counts import Counts, counts
from engine.worklist.reach import mine, team
from engine.worklist.wanted import Wanted, Whose

_STAMP = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")  # every database holds so many digits
MOST_ACTS = 200  # looked at; whoever missed more needs no exact number


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Changes since the stamp, and the counts now."""

    number: int
    counts: Counts


def changes(
    session: Session, actor: Actor, whose: Whose, stamp: str, *, now: datetime, zone: ZoneInfo
) -> Changes:
    """Tell what has changed since the stamp; raises Invalid where it is none."""
    covered = absences.covered(session, actor, now=now)
    counted = counts(session, actor, whose, covered, now=now, zone=zone)
    everything = (*mine(actor, Wanted(), covered), *team(actor, Wanted()))
    sources = [and_(*source) for source in everything]
    last_act, last_task = _read(stamp)
    acts = (
        select(AuditEntry.case_id, AuditEntry.subject, AuditEntry.at)
        .where(AuditEntry.id > last_act, AuditEntry.case_id.is_not(None))
        .order_by(AuditEntry.id)
        .limit(MOST_ACTS)
        .subquery()
    )
    is_changed = or_(
        UserTask.id > last_task,
        acts.c.subject == "user_task:" + cast(UserTask.id, String),
        UserTask.ended_at >= acts.c.at,
    )
    number = session.scalar(
        select(func.count(UserTask.id.distinct()))
        .join_from(acts, UserTask, UserTask.case_id == acts.c.case_id)
        .where(is_changed, or_(*sources))
    )
    return Changes(number=number or 0, counts=counted)


def _read(stamp: str) -> tuple[int, int]:
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise Invalid("The stamp is none that the worklist gave")
    return int(found[1]), int(found[2])
