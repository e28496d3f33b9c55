"""Messages that arrive from outside while a case runs."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.runtime import messages
from engine.runtime.idempotency import Stored
from web import clock
from web.api.answering import once
from web.api.asking import body, instant
from web.api.cases import case_json
from web.api.endpoint import Endpoint
from web.api.schemas import ID, KEY, answers, problems, sends
from web.auth import actor
from web.steps import step


def receive_message(id: int) -> ResponseReturnValue:
    """Record a message for a case; what else is sent with it is not read."""
    sent = body({"message": str}, {"at": str}, lenient=True)
    now = clock.now()
    at = instant(sent["at"], "at") if "at" in sent else now

    def act(store: Session) -> Stored:
        was_expected = messages.deliver(store, id, sent["message"], at=at, by=actor(), now=now)
        return Stored(status=200, answer={**case_json(store, id), "was_expected": was_expected})

    return once(lambda: step(lambda _store: id), act)


ENDPOINTS = (
    Endpoint(
        method="POST",
        path="/cases/{id}/messages",
        view=receive_message,
        operation={
            "operationId": "receiveMessage",
            "summary": "Record something that arrived from outside",
            "description": (
                "A message that nobody waits for is recorded and changes nothing. It arrived now "
                "unless `at` says when; an `at` without an offset is the authority's local time. "
                "Other keys are not read."
            ),
            "parameters": [ID, KEY],
            "requestBody": sends(
                {
                    "message": {"type": "string", "examples": ["written_confirmation"]},
                    "at": {"type": "string", "format": "date-time"},
                },
                required=["message"],
                lenient=True,
            ),
            "responses": {
                "200": answers("The case, and whether it was waiting", "Case"),
                **problems(400, 401, 404, 409, 413, 422),
            },
        },
    ),
)
