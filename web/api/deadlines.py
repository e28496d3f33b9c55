"""Limits of the cases that the caller sees."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from engine import worklist
from engine.cases import as_json
from web import clock
from web.api.asking import filters, number
from web.api.endpoint import Endpoint
from web.api.schemas import list_of, problems, query
from web.auth import actor
from web.database import reading


def find_deadlines() -> ResponseReturnValue:
    """Limits with their arithmetic and clauses, the soonest first."""
    asked = filters("case", "state")
    with reading() as store:
        found = worklist.deadlines(
            store,
            actor(),
            now=clock.now(),
            case_id=number(asked.get("case"), "case"),
            state=asked.get("state"),
        )
    return jsonify(as_json(found))


ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/deadlines",
        view=find_deadlines,
        operation={
            "operationId": "findDeadlines",
            "summary": "Find limits with their arithmetic and clauses, the soonest first",
            "parameters": [
                query("case", "The id of a case", {"type": "integer"}),
                query("state", "open (running or overdue), running, overdue, met, missed or left"),
            ],
            "responses": {"200": list_of("Limits", "Deadline"), **problems(401, 422)},
        },
    ),
)
