"""A user task of a case: what it asks, of whom, and what its completion means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.casework import effects as fx
from engine.casework.answers import asked, clauses_shown
from engine.casework.clocks import OpenDeadline
from engine.definitions.model import Field, Form

AUTHORISATION_FACT = "manager_authorises"
STRATEGY_FACT = "strategy_outcome"
DECIDED = (AUTHORISATION_FACT, STRATEGY_FACT)  # by somebody, each time anew


@dataclass(frozen=True, kw_only=True)
class CaseTask:
    """A user task that waits in a case; `variables` is what is known where it stands."""

    id: str
    process_id: str
    element_id: str
    name: str
    role: str
    child: str | None
    form: Form
    variables: Mapping[str, Any]
    clauses: tuple[str, ...]
    documentation: str
    deadlines: tuple[OpenDeadline, ...]  # the clocks that run around it, soonest first


def unanswered(task: CaseTask, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return the visible fields of a task that have no answer yet."""
    fields = asked(task.form, {**task.variables, **answers})
    return tuple(field for field in fields if field.key not in answers)


def done(task: CaseTask, answers: Mapping[str, Any], *, now: datetime) -> tuple[fx.Effect, ...]:
    """Return what completing a task with these answers means by itself."""
    known = {**task.variables, **answers}
    shown = clauses_shown(task.form, known)
    about: dict[str, Any] = {
        "at": now,
        "process_id": task.process_id,
        "element_id": task.element_id,
        "name": task.name,
        "clauses": tuple(dict.fromkeys((*task.clauses, *shown))),
        "child": task.child,
    }
    effects: list[fx.Effect] = [fx.TaskCompleted(task=task.id, answers=dict(answers), **about)]
    if answers.get(AUTHORISATION_FACT) is True:
        effects.append(fx.Authorised(role=task.role, **about))
    if STRATEGY_FACT in answers:
        effects.append(fx.StrategyDecided(outcome=answers[STRATEGY_FACT], **about))
    return tuple(effects)
