"""Statements on the timeline of a case: what happened, who took the step, since when it runs."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, func, select

from engine.store.audit_log import chain_of
from engine.store.tables import AuditEntry, TimelineEvent


def told(case_id: int, events: Collection[str]) -> Select[TimelineEvent, str]:
    """Select the events of these kinds, each with the key of whoever took its step."""
    step_of_event = and_(  # found by the index of chains
        AuditEntry.chain == chain_of(case_id), AuditEntry.state_version == TimelineEvent.step
    )
    return (
        select(TimelineEvent, AuditEntry.by)
        .join(AuditEntry, step_of_event)
        .where(TimelineEvent.case_id == case_id, TimelineEvent.event.in_(events))
    )


def since_last_begun(case_id: int) -> ColumnElement[bool]:
    """Whether an event came since the case began its procedure, for the last time if again."""
    begun = select(func.max(TimelineEvent.step)).where(
        TimelineEvent.case_id == case_id, TimelineEvent.event == "case.started.again"
    )
    return TimelineEvent.step >= func.coalesce(begun.scalar_subquery(), 0)
