"""Who must do what by when: the worklist, its counts, and what is done to its tasks."""

from engine.runtime.lines import DeadlineLine, TaskLine
from engine.worklist.acts import reassign, release, take
from engine.worklist.changes import Changes, changes
from engine.worklist.choices import Choices, choices
from engine.worklist.counts import Count, Counts
from engine.worklist.lines import WorklistLine, chosen
from engine.worklist.lists import deadlines, tasks
from engine.worklist.page import PAGE, Worklist, worklist
from engine.worklist.places import Turn
from engine.worklist.sheet import MOST_ON_PAPER, Sheet, sheet
from engine.worklist.wanted import STRENGTHS, Wanted, remember, remembered

__all__ = [
    "MOST_ON_PAPER",
    "PAGE",
    "STRENGTHS",
    "Changes",
    "Choices",
    "Count",
    "Counts",
    "DeadlineLine",
    "Sheet",
    "TaskLine",
    "Turn",
    "Wanted",
    "Worklist",
    "WorklistLine",
    "changes",
    "choices",
    "chosen",
    "deadlines",
    "reassign",
    "release",
    "remember",
    "remembered",
    "sheet",
    "take",
    "tasks",
    "worklist",
]
