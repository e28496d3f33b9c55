"""The description lists the refusals that really happen, each for the operation that gives it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from engine.errors import Refused
from engine.people import tokens
from engine.runtime import messages, start
from tests.web import site as sites
from tests.web.api.conftest import Program, answers_to, program_of
from web import MOST_BYTES

CONTACT = {"authority": "southwark", "facts": {"child_may_be_in_need": False}}
FOREIGN = {"Sec-Fetch-Site": "cross-site"}
ACTS = ("claim", "release", "complete")


class Asked:
    """Calls the API and keeps which operation answered with which status."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.document = program.get("/openapi.json").json
        self.answered: dict[str, set[int]] = defaultdict(set)

    def __call__(
        self, method: str, path: str, *, by: Program | None = None, **more: Any
    ) -> TestResponse:
        answer = (by or self.program).call(method, path, **more)
        template = re.sub(r"/\d+", "/{id}", path.partition("?")[0])
        operation = self.document["paths"][template][method.lower()]
        self.answered[operation["operationId"]].add(answer.status_code)
        return answer

    def refusals(self) -> Iterator[tuple[str, list[int]]]:
        """What has been answered, by operation."""
        for operation, statuses in sorted(self.answered.items()):
            yield operation, sorted(status for status in statuses if 400 <= status < 500)

    def described(self) -> Iterator[tuple[str, list[int]]]:
        """What the description says of the same."""
        for operation in sorted(self.operations(), key=lambda found: str(found["operationId"])):
            statuses = (int(status) for status in operation["responses"])
            known = sorted(status for status in statuses if 400 <= status < 500)
            yield operation["operationId"], known

    def operations(self) -> Iterator[dict[str, Any]]:
        """Every operation of the description."""
        for methods in self.document["paths"].values():
            yield from methods.values()


@pytest.fixture
def asked(program: Program) -> Asked:
    return Asked(program)


@pytest.fixture
def case(program: Program) -> int:
    return int(program.post("/cases", CONTACT).json["id"])


def test_every_refusal_is_described_and_every_described_refusal_happens(
    asked: Asked, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_reads(asked, case)
    ask_acts(asked, case)
    ask_posts(asked, case)
    for module, name in ((start, "start"), (messages, "deliver")):
        monkeypatch.setattr(module, name, refuse)
    asked("POST", "/cases", json=CONTACT)
    asked("POST", f"/cases/{case}/messages", json={"message": "new_information"})

    assert dict(asked.refusals()) == dict(asked.described())


def ask_reads(asked: Asked, case: int) -> None:
    nobody = replace(asked.program, token="fd_unknown")
    for path in ("/openapi.json", "/comparisons", "/tasks", "/deadlines"):
        asked("GET", path, by=nobody)
        asked("GET", f"{path}?colour=red")
    asked("GET", "/comparisons?authorities=southwark,nowhere")
    for path in ("/cases", "/tasks"):
        asked("GET", f"{path}/{case}", by=nobody)
        asked("GET", f"{path}/4711")


def ask_acts(asked: Asked, case: int) -> None:
    (task,) = asked.program.get(f"/tasks?case={case}&state=open").json
    paths = [f"/tasks/{task['id']}/{act}" for act in ACTS]
    manager = program_of(asked.program.app, "duty_manager")
    for path in paths:
        asked("POST", path, by=manager, json={"answers": {}})
        asked("POST", path.replace(str(task["id"]), "4711"), json={"answers": {}})
        ask_badly(asked, path, {"answers": {}})
    asked.program.post(paths[-1], {"answers": answers_to(asked.program, task["id"])})
    for path in paths:
        asked("POST", path, json={"answers": {}})
    asked("GET", f"/tasks/{task['id']}")


def ask_posts(asked: Asked, case: int) -> None:
    sites.deploy(asked.program.app, replace(sites.definition(), id="sefton"))
    asked("POST", "/cases", json={"authority": "sefton"})
    asked("POST", "/cases", json={"authority": "nowhere"})
    asked("POST", "/cases/4711/messages", json={"message": "new_information"})
    ask_badly(asked, "/cases", CONTACT)
    ask_badly(asked, f"/cases/{case}/messages", {"message": "new_information"})


def ask_badly(asked: Asked, path: str, body: Any) -> None:
    """What every operation that writes refuses."""
    nobody = replace(asked.program, token="fd_unknown")
    asked("POST", path, by=nobody, json=body)
    asked("POST", path, json=body, headers=FOREIGN)
    asked("POST", path, json=body, headers={"Idempotency-Key": "k" * 201})
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    asked("POST", path, data=b" " * (MOST_BYTES + 1), headers=headers)


def refuse(*_: Any, **__: Any) -> None:
    raise Refused("not now")


def test_an_operation_that_needs_the_database_says_that_it_may_be_gone(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("SELECT", None, Exception("gone"))

    monkeypatch.setattr(tokens, "actor_for", fail)
    failed = 0
    for path, methods in asked.document["paths"].items():
        for method, operation in methods.items():
            answer = asked(method.upper(), path.replace("{id}", "1"))
            assert str(answer.status_code) in operation["responses"]
            assert (answer.status_code == 503) == ("503" in operation["responses"])
            failed += answer.status_code == 503
    assert failed > 10


def test_a_refusal_has_the_shape_that_is_described(asked: Asked) -> None:
    for operation in asked.operations():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                (schema,) = response["content"].values()
                assert list(response["content"]) == ["application/problem+json"]
                assert schema["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_where_a_new_case_is_said_to_be_is_described(asked: Asked) -> None:
    created = asked.document["paths"]["/cases"]["post"]["responses"]["201"]

    assert "Location" in created["headers"]


def test_a_message_may_bring_more_than_is_described(asked: Asked) -> None:
    posts = {path: methods["post"] for path, methods in asked.document["paths"].items()
             if "requestBody" in methods.get("post", {})}  # fmt: skip
    lenient = {
        path: post["requestBody"]["content"]["application/json"]["schema"]["additionalProperties"]
        for path, post in posts.items()
    }

    assert lenient == {
        "/cases": False,
        "/cases/{id}/messages": True,
        "/tasks/{id}/complete": False,
    }
