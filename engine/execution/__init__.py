"""Runs process instances in memory. The only package that knows SpiffWorkflow."""

from engine.execution.events import Event
from engine.execution.execution import Clocks, Execution, OpenTask, WaitingMessage, WaitingTimer
from engine.execution.limits import ExecutionFailed, Limits
from engine.execution.program import Program

__all__ = [
    "Clocks",
    "Event",
    "Execution",
    "ExecutionFailed",
    "Limits",
    "OpenTask",
    "Program",
    "WaitingMessage",
    "WaitingTimer",
]
