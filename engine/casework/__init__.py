"""What a run of the engine means: deadlines, notifications, records and outcomes of a case."""

from engine.casework.answers import InvalidAnswers, validate_answers, visible_fields
from engine.casework.case import CaseRun, CaseTask, program_of, unanswered
from engine.casework.clocks import OpenDeadline
from engine.casework.facts import InvalidFacts, complete_facts, default_of, start_form

__all__ = [
    "CaseRun",
    "CaseTask",
    "InvalidAnswers",
    "InvalidFacts",
    "OpenDeadline",
    "complete_facts",
    "default_of",
    "program_of",
    "start_form",
    "unanswered",
    "validate_answers",
    "visible_fields",
]
