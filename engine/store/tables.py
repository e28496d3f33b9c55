"""Every table in one place, so that the metadata is complete wherever it is needed."""

from engine.store.audit_log import AuditEntry
from engine.store.base import Base
from engine.store.cases import Case, CaseStatus, ChildOfCase, Incident, ProcessInstance
from engine.store.deployments import (
    Deployment,
    DeploymentSource,
    ScenarioResult,
    ScenarioRun,
)
from engine.store.desk import (
    Absence,
    CaseAct,
    Correction,
    Document,
    IntakeDraft,
    Letter,
    PersonView,
    PublicRequest,
    ReferrerAccess,
    SearchTerm,
    Simulation,
)
from engine.store.effects import (
    Deadline,
    Decision,
    Message,
    Notification,
    Outcome,
    Record,
    TimelineEvent,
)
from engine.store.operations import Heartbeat, IdempotencyKey
from engine.store.people import ApiToken, LoginFailure, Person, PersonRole, WebSession
from engine.store.tasks import Draft, TaskState, Timer, UserTask

metadata = Base.metadata

__all__ = [
    "Absence",
    "ApiToken",
    "AuditEntry",
    "Case",
    "CaseAct",
    "CaseStatus",
    "ChildOfCase",
    "Correction",
    "Deadline",
    "Decision",
    "Deployment",
    "DeploymentSource",
    "Document",
    "Draft",
    "Heartbeat",
    "IdempotencyKey",
    "Incident",
    "IntakeDraft",
    "Letter",
    "LoginFailure",
    "Message",
    "Notification",
    "Outcome",
    "Person",
    "PersonRole",
    "PersonView",
    "ProcessInstance",
    "PublicRequest",
    "Record",
    "ReferrerAccess",
    "ScenarioResult",
    "ScenarioRun",
    "SearchTerm",
    "Simulation",
    "TaskState",
    "TimelineEvent",
    "Timer",
    "UserTask",
    "WebSession",
    "metadata",
]
