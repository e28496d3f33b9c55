"""Starting a case and reading it."""

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import cases
from engine.runtime import start
from engine.runtime.idempotency import Stored
from web import clock
from web.api.answering import once
from web.api.asking import body
from web.api.endpoint import Endpoint
from web.api.schemas import ID, KEY, answers, created, problems, sends
from web.auth import actor
from web.database import reading, writing


def start_case() -> ResponseReturnValue:
    """Start a case from what is known of a contact."""
    sent = body({"authority": str}, {"facts": dict})

    def act(store: Session) -> Stored:
        now = clock.now()
        case = start.start(store, sent["authority"], sent.get("facts", {}), by=actor(), now=now)
        return Stored(status=201, answer=case_json(store, case.id))

    return once(writing, act)


def read_case(id: int) -> ResponseReturnValue:
    """Everything about a case."""
    with reading() as store:
        return jsonify(case_json(store, id))


def case_json(store: Session, case_id: int) -> dict[str, object]:
    """A case as the API gives it."""
    page = cases.page(store, case_id, by=actor(), now=clock.now())
    found: dict[str, object] = cases.as_json(page)
    return {**found, "url": url_for("api.readCase", id=case_id)}


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/cases",
        view=start_case,
        operation={
            "operationId": "startCase",
            "summary": "Start a case from what is known of a contact",
            "description": "Facts are words of the vocabulary; received_at is now unless given.",
            "parameters": [KEY],
            "requestBody": sends(
                {"authority": {"type": "string"}, "facts": {"type": "object"}},
                required=["authority"],
            ),
            "responses": {
                "201": created("The case", "Case"),
                **problems(400, 401, 403, 404, 409, 413, 422),
            },
        },
    ),
    Endpoint(
        method="GET",
        path="/cases/{id}",
        view=read_case,
        operation={
            "operationId": "readCase",
            "summary": "Read a case with its tasks, limits, history, decisions and outcomes",
            "parameters": [ID],
            "responses": {"200": answers("The case", "Case"), **problems(401, 404)},
        },
    ),
)
