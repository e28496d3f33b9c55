"""What a step of a case comes to, in the words of the vocabulary: what is stored, shown, told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.casework.overrides import Override


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something that a step did; `clauses` are those that the element, row or field cites."""

    at: datetime
    process_id: str
    element_id: str
    name: str  # the element's label
    clauses: tuple[str, ...] = ()
    child: str | None = None  # the child's name, where the step concerns one child of several


@dataclass(frozen=True, kw_only=True)
class ElementDone(Effect):
    """An element ran: the line of the timeline and of the trace.

    `is_whole` marks the end of a multi-instance activity as a whole, after its instances' own.
    """

    kind: str
    role: str | None
    flow: str | None  # the vocabulary's flow it belongs to; None in front_door and shared parts
    flows_taken: tuple[str, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True, kw_only=True)
class FlowEntered(Effect):
    """One of the vocabulary's flows was entered."""

    flow: str


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Effect):
    """A user task waits for somebody of `role`."""

    task: str  # id, unique within the case
    role: str
    form_id: str | None
    about: str | None = None  # what it is about, where its name alone does not tell


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(Effect):
    """A user task was completed with these answers."""

    task: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class TaskWithdrawn(Effect):
    """A user task was withdrawn by the diagram before anybody completed it."""

    task: str


@dataclass(frozen=True, kw_only=True)
class DeadlineStarted(Effect):
    """A clock runs. `explanation` is the arithmetic in words, with the clause."""

    deadline: str  # id, unique within the case
    deadline_name: str  # the vocabulary's word
    due: datetime
    started_from: datetime
    amount: int
    unit: str
    strength: str
    owner: str  # "authority", or "referrer": whose act meets it
    explanation: str
    warn_at: datetime | None  # G3: due outside office hours, so somebody is warned before


@dataclass(frozen=True, kw_only=True)
class DeadlineWarned(Effect):
    """A clock will end outside office hours; `roles` hold the tasks that would meet it (G3)."""

    deadline: str
    deadline_name: str
    due: datetime
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeadlineMissed(Effect):
    """The due instant passed before the act that meets the clock."""

    deadline: str
    deadline_name: str
    due: datetime


@dataclass(frozen=True, kw_only=True)
class DeadlineEnded(Effect):
    """The clock stopped: the act was done (met or late), or the case left it (`met` is None)."""

    deadline: str
    deadline_name: str
    due: datetime
    met: bool | None


@dataclass(frozen=True, kw_only=True)
class NotificationSent(Effect):
    """Somebody is told something. `product` marks a function of Frontdoor, not of a procedure."""

    recipient: str
    kind: str
    product: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordMade(Effect):
    """Something was written down where the procedure says so."""

    record: str


@dataclass(frozen=True, kw_only=True)
class OutcomeReached(Effect):
    """The case, or one child's part of it, came to one of the vocabulary's outcomes."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class StrategyDecided(Effect):
    """A strategy discussion ended in this `strategy_outcome`."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Effect):
    """A decision table was asked; `rules` are the rows that matched.

    `outputs` is what holds; where somebody overrode the table, `table_outputs` is what it said.
    """

    decision_id: str
    inputs: Mapping[str, Any]
    outputs: Any
    rules: tuple[str, ...]
    table_outputs: Any
    override: Override | None = None


@dataclass(frozen=True, kw_only=True)
class Authorised(Effect):
    """A manager authorised the disposal."""

    role: str


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Effect):
    """A message arrived; `expected` is false when nothing waited for it."""

    message: str
    expected: bool


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Effect):
    """Somebody took the case off everybody's desk; what ran stays saved, and may go on."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Effect):
    """A withdrawn case goes on: these tasks wait again, and these clocks run as before."""

    reason: str
    tasks: tuple[str, ...]
    deadlines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseStartedAgain(Effect):
    """A case goes through the procedure once more, from what is known of it.

    It was finished, or waited for nobody but the referrer; the referrer's clocks are over.
    """

    reason: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class FactCorrected(Effect):
    """Something known was put right; `renamed` has children's names as they were and are."""

    fact: str
    renamed: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class CaseFinished(Effect):
    """Nothing is left to do."""
