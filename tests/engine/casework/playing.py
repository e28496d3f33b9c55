"""Plays a case in memory: answers what is asked with defaults, until something is reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.casework import CaseRun, CaseTask, default_of, unanswered
from engine.definitions.model import Field, Vocabulary
from tests.engine.casework.test_case import TUESDAY, southwark

MOST = 60
CHILD = {"gender": "2", "ethnicity": "WBRI", "disability": "NONE"}


def child(name: str, born: str = "2017-05-04") -> dict[str, str]:
    return {"name": name, "date_of_birth": born, **CHILD}


def answers(task: CaseTask, facts: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """What the task asks, from the facts and the vocabulary's defaults."""
    given: dict[str, Any] = {}
    while fields := unanswered(task, given):
        given.update({str(f.key): _answer(f, facts, southwark().vocabulary, now) for f in fields})
    return {key: value for key, value in given.items() if value is not None}


def run_to(case: CaseRun, *elements: str, now: datetime = TUESDAY, **facts: Any) -> CaseTask:
    """Complete whatever waits until one of these waits, and give it."""
    for _ in range(MOST):
        found = [task for task in case.open_tasks() if task.element_id in elements]
        if found:
            return found[0]
        task = case.open_tasks()[0]
        case.complete(task.id, answers(task, facts, now=now), now=now)
    raise AssertionError(f"the case does not come to {elements}")


def finish(case: CaseRun, *, now: datetime = TUESDAY, **facts: Any) -> None:
    """Complete whatever waits until nothing does."""
    for _ in range(MOST):
        if not case.open_tasks():
            return
        task = case.open_tasks()[0]
        case.complete(task.id, answers(task, facts, now=now), now=now)
    raise AssertionError("the case does not come to an end")


def _answer(field: Field, facts: Mapping[str, Any], vocabulary: Vocabulary, now: datetime) -> Any:
    fact = vocabulary.facts.get(str(field.key))
    if field.key in facts:
        return facts[str(field.key)]
    if fact is not None:
        known = {"received_at": now.isoformat()}
        return now.isoformat() if fact.type == "datetime" else default_of(vocabulary, fact, known)
    if field.options:
        first = field.options[0].value
        return [first] if field.type in ("checklist", "taglist") else first
    if field.type == "datetime":
        return now.date().isoformat() if field.subtype == "date" else now.isoformat()
    return {"checkbox": True, "number": 1, "filepicker": []}.get(field.type, "text")
