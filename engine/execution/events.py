"""What happened inside a process instance, in the order in which it happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Instead(Protocol):
    """What stands in a table's place for one step."""

    @property
    def outputs(self) -> Any:
        """What the process goes on with."""


Overrule = Callable[[str, Mapping[str, Any]], Instead | None]
"""Asked, with the decision's id and the variables where it is asked, what stands in its place."""


def nobody_overrules(decision_id: str, variables: Mapping[str, Any]) -> None:
    """Let every table stand."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one element of one process instance.

    `activity` names this one visit to the element (stable over save and restore); `path` lists the
    call activities and sub-processes around it, outermost first, `id` or `id#index` in a
    multi-instance; `variables` is what the element could see when it happened, not to be changed.
    """

    at: datetime
    process_id: str
    element_id: str
    activity: str
    path: tuple[str, ...]
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ElementStarted(Event):
    """A task, sub-process or call activity became active."""


@dataclass(frozen=True, kw_only=True)
class ElementEnded(Event):
    """An element (task, event, gateway, sub-process, call activity) completed; not a timer stop."""

    flows: tuple[str, ...] = ()  # ids of the sequence flows that were taken


@dataclass(frozen=True, kw_only=True)
class ElementCancelled(Event):
    """A task, sub-process or call activity was withdrawn before it completed."""


@dataclass(frozen=True, kw_only=True)
class MultiInstanceStarted(Event):
    """A multi-instance activity became active, as a whole.

    Its boundary timers watch this `activity`. Each instance has `ElementStarted` and
    `ElementEnded` of its own, under a path that ends in `id#index`.
    """


@dataclass(frozen=True, kw_only=True)
class MultiInstanceEnded(Event):
    """A multi-instance activity completed as a whole; the flows leave from here."""

    flows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MultiInstanceCancelled(Event):
    """A multi-instance activity was withdrawn as a whole before it completed."""


@dataclass(frozen=True, kw_only=True)
class TimerStarted(Event):
    """A timer was armed; `host` is the activity that a boundary timer watches, else None."""

    due: datetime
    host: str | None


@dataclass(frozen=True, kw_only=True)
class TimerFired(Event):
    """A timer's instant was reached while it was armed."""

    due: datetime
    host: str | None


@dataclass(frozen=True, kw_only=True)
class TimerStopped(Event):
    """A timer was disarmed before it fired, because its host ended or was withdrawn."""

    due: datetime
    host: str | None


@dataclass(frozen=True, kw_only=True)
class DecisionMade(Event):
    """A business rule task asked its decision table.

    `outputs` is what the process goes on with; where `instead` is given, it stands for who took
    the table's place, and `table_outputs` is what the table said.
    """

    decision_id: str
    inputs: Mapping[str, Any]
    outputs: Any
    rules: tuple[str, ...]
    table_outputs: Any
    instead: Instead | None = None


@dataclass(frozen=True, kw_only=True)
class MessageCaught(Event):
    """A message arrived that this element was waiting for."""

    message: str
