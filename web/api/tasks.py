"""User tasks: found, read, claimed, released and completed."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import worklist
from engine.cases import as_json
from engine.definitions.model import Field
from engine.runtime import tasks
from engine.runtime.idempotency import Stored
from web import clock
from web.api.answering import once
from web.api.asking import body, filters, number
from web.api.cases import case_json
from web.api.endpoint import Endpoint
from web.api.schemas import ID, KEY, answers, list_of, problems, query, sends
from web.auth import actor
from web.database import reading, writing
from web.forms.boxes import asked
from web.forms.conditions import need
from web.forms.placeholders import filled
from web.steps import step


def find_tasks() -> ResponseReturnValue:
    """User tasks of the cases that the caller sees."""
    asked = filters("case", "role", "state")
    with reading() as store:
        found = worklist.tasks(
            store,
            actor(),
            now=clock.now(),
            case_id=number(asked.get("case"), "case"),
            role=asked.get("role"),
            state=asked.get("state"),
        )
    return jsonify(as_json(found))


def read_task(id: int) -> ResponseReturnValue:
    """What an open user task asks."""
    with reading() as store:
        return jsonify(_task_json(store, id))


def claim_task(id: int) -> ResponseReturnValue:
    """Claim a user task."""

    def act(store: Session) -> Stored:
        tasks.claim(store, id, by=actor(), now=clock.now())
        return Stored(status=200, answer=_task_json(store, id))

    return once(writing, act)


def release_task(id: int) -> ResponseReturnValue:
    """Give a user task back to its role."""

    def act(store: Session) -> Stored:
        tasks.release(store, id, by=actor(), now=clock.now())
        return Stored(status=200, answer=_task_json(store, id))

    return once(writing, act)


def complete_task(id: int) -> ResponseReturnValue:
    """Complete a user task and run its case on."""
    sent = body({"answers": dict})

    def act(store: Session) -> Stored:
        case = tasks.complete(store, id, sent["answers"], by=actor(), now=clock.now())
        return Stored(status=200, answer=case_json(store, case.id))

    return once(lambda: step(lambda store: tasks.get(store, id, by=actor()).row.case_id), act)


def _task_json(store: Session, task_id: int) -> dict[str, object]:
    page = tasks.get(store, task_id, by=actor())
    fields = list(asked(filled(page.task.form.fields, page.task.variables)))
    others = {str(field.key): field for field in fields}
    possible = (f for f in fields if need(f, others, page.task.variables).possible)
    return {
        "id": page.row.id,
        "case_id": page.row.case_id,
        "reference": page.reference,
        "authority": page.definition.id,
        "process_id": page.task.process_id,
        "element_id": page.task.element_id,
        "name": page.task.name,
        "role": page.task.role,
        "role_label": page.role_label,
        "child": page.task.child,
        "state": page.row.state.value,
        "claimed_by_name": page.claimed_by_name,
        "is_mine": page.is_mine,
        "opened_at": page.row.opened_at.isoformat(),
        "due_at": page.row.due_at.isoformat() if page.row.due_at else None,
        "clauses": list(page.task.clauses),
        "documentation": page.task.documentation,
        "fields": [_field_json(field) for field in possible],
    }


def _field_json(field: Field) -> dict[str, object]:
    return {
        "key": field.key,
        "type": field.type,
        "label": field.label,
        "required": field.required,
        "hidden_if": field.hide,
        "options": [{"value": item.value, "label": item.label} for item in field.options],
        "clauses": list(field.clauses),
        "fields": [_field_json(inner) for inner in field.fields if inner.key],
    }


_REFUSED = problems(400, 401, 403, 404, 409, 413, 422)  # what every act on a task may come to

ENDPOINTS = (
    Endpoint(
        method="GET",
        path="/tasks",
        view=find_tasks,
        operation={
            "operationId": "findTasks",
            "summary": "Find user tasks of the cases that the caller sees, newest first",
            "parameters": [
                query("case", "The id of a case", {"type": "integer"}),
                query("role", "The id of a role"),
                query("state", "open, claimed, completed or withdrawn"),
            ],
            "responses": {"200": list_of("Tasks", "TaskLine"), **problems(401, 422)},
        },
    ),
    Endpoint(
        method="GET",
        path="/tasks/{id}",
        view=read_task,
        operation={
            "operationId": "readTask",
            "summary": "Read an open user task with the fields that it asks now",
            "parameters": [ID],
            "responses": {"200": answers("The task", "Task"), **problems(401, 404, 409)},
        },
    ),
    Endpoint(
        method="POST",
        path="/tasks/{id}/claim",
        view=claim_task,
        operation={
            "operationId": "claimTask",
            "summary": "Claim a user task, so that nobody else completes it",
            "parameters": [ID, KEY],
            "responses": {"200": answers("The task", "Task"), **_REFUSED},
        },
    ),
    Endpoint(
        method="POST",
        path="/tasks/{id}/release",
        view=release_task,
        operation={
            "operationId": "releaseTask",
            "summary": "Give a claimed user task back to its role",
            "parameters": [ID, KEY],
            "responses": {"200": answers("The task", "Task"), **_REFUSED},
        },
    ),
    Endpoint(
        method="POST",
        path="/tasks/{id}/complete",
        view=complete_task,
        operation={
            "operationId": "completeTask",
            "summary": "Complete a user task and run its case on to the next wait",
            "description": "Answers are by field key, typed as GET /tasks/{id} says.",
            "parameters": [ID, KEY],
            "requestBody": sends({"answers": {"type": "object"}}, required=["answers"]),
            "responses": {"200": answers("The case", "Case"), **_REFUSED},
        },
    ),
)
