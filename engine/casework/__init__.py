"""What a run of the engine means: deadlines, notifications, records and outcomes of a case."""

from engine.casework.answers import InvalidAnswers, validate_answers, visible_fields
from engine.casework.case import IS_FINISHED, IS_OPEN, CaseRun
from engine.casework.clocks import OpenDeadline
from engine.casework.corrections import checked_fact, known_again
from engine.casework.facts import InvalidFacts, complete_facts, default_of, start_form
from engine.casework.overrides import Answers, InvalidOverride, Override, possible_answers
from engine.casework.standing import program_of
from engine.casework.tasks import CaseTask, unanswered

__all__ = [
    "IS_FINISHED",
    "IS_OPEN",
    "Answers",
    "CaseRun",
    "CaseTask",
    "InvalidAnswers",
    "InvalidFacts",
    "InvalidOverride",
    "OpenDeadline",
    "Override",
    "checked_fact",
    "complete_facts",
    "default_of",
    "known_again",
    "possible_answers",
    "program_of",
    "start_form",
    "unanswered",
    "validate_answers",
    "visible_fields",
]
