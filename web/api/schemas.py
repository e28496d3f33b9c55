"""The shapes that the API's description speaks of."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

JsonObject = dict[str, Any]

_TEXT: JsonObject = {"type": "string"}
_NUMBER: JsonObject = {"type": "integer"}
_YES_NO: JsonObject = {"type": "boolean"}
_INSTANT: JsonObject = {"type": "string", "format": "date-time"}
_MAYBE_TEXT: JsonObject = {"type": ["string", "null"]}
_MAYBE_INSTANT: JsonObject = {"type": ["string", "null"], "format": "date-time"}
_MAYBE_YES_NO: JsonObject = {"type": ["boolean", "null"]}
_WORDS: JsonObject = {"type": "array", "items": _TEXT}
_ANY_OBJECT: JsonObject = {"type": "object"}

ID: JsonObject = {"name": "id", "in": "path", "required": True, "schema": _NUMBER}
KEY: JsonObject = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A repeated request with the same key gets the first answer again.",
    "schema": {"type": "string", "maxLength": 200},
}


def query(name: str, description: str, schema: JsonObject | None = None) -> JsonObject:
    """A filter in the address."""
    return {"name": name, "in": "query", "description": description, "schema": schema or _TEXT}


def sends(
    properties: Mapping[str, JsonObject], *, required: list[str], lenient: bool = False
) -> JsonObject:
    """A request body: a JSON object with these keys; others are refused, or else not read."""
    schema = {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": lenient,
    }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def answers(description: str, schema: str) -> JsonObject:
    """An answer of a named shape."""
    return _answer(description, _reference(schema))


def created(description: str, schema: str) -> JsonObject:
    """The answer to a request that made something: its shape, and where it is."""
    where = {"description": "Where it can be read", "required": True, "schema": _TEXT}
    return {**answers(description, schema), "headers": {"Location": where}}


def list_of(description: str, schema: str) -> JsonObject:
    """An answer that is a list of a named shape."""
    return _answer(description, {"type": "array", "items": _reference(schema)})


def problems(*statuses: int) -> dict[str, JsonObject]:
    """The answers that are problem details; whatever needs the database may find it gone."""
    content = {"application/problem+json": {"schema": _reference("Problem")}}
    return {
        str(status): {"description": HTTPStatus(status).phrase, "content": content}
        for status in (*statuses, 503)
    }


def _answer(description: str, schema: JsonObject) -> JsonObject:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _reference(name: str) -> JsonObject:
    return {"$ref": f"#/components/schemas/{name}"}


def _shape(required: Mapping[str, JsonObject]) -> JsonObject:
    return {"type": "object", "properties": dict(required), "required": list(required)}


_PLACE: JsonObject = {
    "id": _NUMBER,
    "case_id": _NUMBER,
    "reference": _TEXT,
    "process_id": _TEXT,
    "element_id": _TEXT,
    "child": _MAYBE_TEXT,
}
_TASK: JsonObject = {
    **_PLACE,
    "authority": _TEXT,
    "name": _TEXT,
    "role": _TEXT,
    "role_label": _TEXT,
    "state": {"enum": ["open", "claimed", "completed", "withdrawn"]},
    "opened_at": _INSTANT,
    "due_at": _MAYBE_INSTANT,
    "claimed_by_name": _MAYBE_TEXT,
    "is_mine": _YES_NO,
}
_EFFECT: JsonObject = _shape(
    {"at": _INSTANT, "word": _TEXT, "label": _TEXT, "child": _MAYBE_TEXT, "clauses": _WORDS}
)

SCHEMAS: Mapping[str, JsonObject] = {
    "Problem": {
        "type": "object",
        "description": "Problem details, RFC 9457",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": _NUMBER,
            "detail": _TEXT,
            "problems": {"type": "object", "additionalProperties": _TEXT},
        },
        "required": ["type", "title", "status"],
    },
    "Field": _shape(
        {
            "key": _TEXT,
            "type": _TEXT,
            "label": _TEXT,
            "required": _YES_NO,
            "hidden_if": {
                **_MAYBE_TEXT,
                "description": "FEEL; answers to hidden fields are dropped",
            },
            "options": {"type": "array", "items": _ANY_OBJECT},
            "clauses": _WORDS,
            "fields": {"type": "array", "items": _reference("Field")},
        }
    ),
    "Task": _shape(
        {
            **_TASK,
            "clauses": _WORDS,
            "documentation": _TEXT,
            "fields": {"type": "array", "items": _reference("Field")},
        }
    ),
    "TaskLine": _shape(
        {
            **_TASK,
            "authority_name": _TEXT,
            "deadline_name": _MAYBE_TEXT,
            "is_overdue": _YES_NO,
            "completed_by_name": _MAYBE_TEXT,
            "completed_at": _MAYBE_INSTANT,
        }
    ),
    "Comparison": _shape(
        {
            "authorities": {"type": "array", "items": _TEXT},
            "matrix": {"type": "array", "items": _ANY_OBJECT},
            "diagrams": {"type": "array", "items": _ANY_OBJECT},
            "tables": {"type": "array", "items": _ANY_OBJECT},
            "forms": {"type": "array", "items": _ANY_OBJECT},
        }
    ),
    "Deadline": _shape(
        {
            **_PLACE,
            "deadline_name": _TEXT,
            "label": _TEXT,
            "due_at": _INSTANT,
            "started_from": _INSTANT,
            "amount": _NUMBER,
            "unit": _TEXT,
            "strength": _TEXT,
            "owner": {"enum": ["authority", "referrer", "next_procedure"]},
            "explanation": _TEXT,
            "clauses": _WORDS,
            "state": {"enum": ["running", "overdue", "met", "missed", "left"]},
            "met": _MAYBE_YES_NO,
            "recorded_late": {
                **_YES_NO,
                "description": "Met by an act in time that was recorded after the limit",
            },
        }
    ),
    "Effect": _EFFECT,
    "Case": _shape(
        {
            "id": _NUMBER,
            "url": _TEXT,
            "reference": _TEXT,
            "authority": _TEXT,
            "authority_name": _TEXT,
            "deployment": _ANY_OBJECT,
            "status": {"enum": ["open", "waiting_for_referrer", "finished"]},
            "received_at": _INSTANT,
            "received_out_of_hours": _YES_NO,
            "started_at": _INSTANT,
            "finished_at": _MAYBE_INSTANT,
            "children": {"type": "array", "items": _ANY_OBJECT},
            "tasks": {"type": "array", "items": _reference("TaskLine")},
            "deadlines": {"type": "array", "items": _reference("Deadline")},
            "timeline": {"type": "array", "items": _ANY_OBJECT},
            "notifications": {"type": "array", "items": _reference("Effect")},
            "records": {"type": "array", "items": _reference("Effect")},
            "outcomes": {"type": "array", "items": _reference("Effect")},
            "messages": {"type": "array", "items": _reference("Effect")},
            "decisions": {"type": "array", "items": _ANY_OBJECT},
            "incidents": {"type": "array", "items": _ANY_OBJECT},
        }
    ),
}
