"""A program with a token."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine.people import tokens
from tests.web import site as sites
from web import clock


@dataclass(frozen=True, kw_only=True)
class Program:
    """Calls the API in one role."""

    app: Flask
    token: str

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> TestResponse:
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.call("POST", path, json=body, headers=headers)

    def call(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        client = self.app.test_client()
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)


@pytest.fixture
def program(app: Flask) -> Iterator[Program]:
    """An information officer's program."""
    return program_of(app, "information_officer")


def program_of(app: Flask, role: str, *, name: str = "first") -> Program:
    """Another program, in a role."""
    with app.extensions["frontdoor.database"].writing() as store:
        token = tokens.create(
            store, f"{name} {role}", authority=sites.AUTHORITY, role=role, now=clock.now()
        )
    return Program(app=app, token=token)


def answers_to(program: Program, task_id: int) -> dict[str, Any]:
    """The first option of each question, and a word in each text."""
    fields = program.get(f"/tasks/{task_id}").json["fields"]
    return {field["key"]: _answer(field) for field in fields if field["type"] in _ANSWERED}


def _answer(field: dict[str, Any]) -> Any:
    if field["type"] == "dynamiclist":
        return [{"name": "Child A"}]
    return field["options"][0]["value"] if field["options"] else "a word"


_ANSWERED = ("radio", "textfield", "textarea", "dynamiclist")
