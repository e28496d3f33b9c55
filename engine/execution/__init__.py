"""Runs process instances in memory. The only package that knows SpiffWorkflow."""

from engine.execution.correcting import Correction
from engine.execution.events import Event, Instead, Overrule
from engine.execution.execution import Clocks, Execution, OpenTask, WaitingMessage, WaitingTimer
from engine.execution.limits import ExecutionFailed, Limits
from engine.execution.program import Program

__all__ = [
    "Clocks",
    "Correction",
    "Event",
    "Execution",
    "ExecutionFailed",
    "Instead",
    "Limits",
    "OpenTask",
    "Overrule",
    "Program",
    "WaitingMessage",
    "WaitingTimer",
]
