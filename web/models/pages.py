"""What the page of a decision table shows, gathered from the procedure."""

from dataclasses import replace
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from engine.definitions.model import AuthorityDefinition
from web.forms import Boxes, Question, error_summary, questions
from web.models import decisions, trying


def decision(
    definition: AuthorityDefinition, decision_id: str, *, boxes: Boxes, now: datetime
) -> ResponseReturnValue:
    """A table with its rules; where something was tried, with what came of it."""
    model = definition.decisions[decision_id]
    found = model.decisions[decision_id]
    asked = trying.fields(definition, model, found)
    sent = trying.tried(asked, boxes, zone=definition.calendar.zone)
    is_tried = "tried" in boxes and not sent.problems
    trial = decisions.try_out(model, found, sent.inputs, now=now) if is_tried else None
    rows = decisions.rows(definition, found.table, trial) if found.table else ()
    shown = tuple(map(_compact, questions(asked, boxes, sent.problems, {})))
    page = render_template(
        "models/decision.html",
        definition=definition,
        decision=found,
        rows=rows,
        policy=decisions.policy(found.table) if found.table else "",
        default=decisions.default(found.table) if found.table else "",
        askers=decisions.askers(definition, decision_id),
        assumptions=decisions.assumptions(definition, found.table),
        result=decisions.result(found, trial, rows) if trial else None,
        questions=shown,
        problems_found=error_summary(shown),
    )
    return page, 422 if sent.problems else 200


def _compact(question: Question) -> Question:
    """Small radios side by side: there are many of them, and they are tried again and again."""
    if question.macro != "radios":
        return question
    classes = "govuk-radios--small govuk-radios--inline"
    return replace(question, params=question.params | {"classes": classes})
