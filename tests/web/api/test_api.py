"""The HTTP API."""

import re
from datetime import timedelta
from typing import Any

import pytest

from engine.definitions import load_authority
from tests.web import site
from tests.web.api.conftest import Program, answers_to, program_of
from web import clock

CONTACT = {"authority": "southwark", "facts": {"child_may_be_in_need": False}}


@pytest.fixture
def case(program: Program) -> dict[str, Any]:
    answer = program.post("/cases", CONTACT)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


@pytest.fixture
def task(program: Program, case: dict[str, Any]) -> dict[str, Any]:
    (found,) = program.get(f"/tasks?case={case['id']}&state=open").json
    return dict(found)


def told_hours_ago() -> dict[str, Any]:
    """A contact whose hour for redirection is over."""
    first = clock.now() - timedelta(hours=3)
    facts = {"child_may_be_in_need": True, "first_contact_at": first.isoformat()}
    return {"authority": "southwark", "facts": facts}


def test_a_case_that_was_started_says_where_it_is(program: Program) -> None:
    first = program.post("/cases", CONTACT, key="one")
    again = program.post("/cases", CONTACT, key="one")

    assert (
        first.headers["Location"]
        == again.headers["Location"]
        == f"/api/v1/cases/{first.json['id']}"
    )


def test_a_case_is_started_and_read(program: Program, case: dict[str, Any]) -> None:
    assert case["authority"] == "southwark"
    assert case["status"] == "open"

    again = program.get(f"/cases/{case['id']}").json

    assert again == case


def test_a_task_is_found_claimed_released_and_completed(
    program: Program, case: dict[str, Any], task: dict[str, Any]
) -> None:
    path = f"/tasks/{task['id']}"
    assert program.post(f"{path}/claim").json["state"] == "claimed"
    assert program.post(f"{path}/release").json["state"] == "open"

    answer = program.post(f"{path}/complete", {"answers": answers_to(program, task["id"])})

    assert answer.status_code == 200, answer.text
    assert answer.json["id"] == case["id"]
    assert [child["name"] for child in answer.json["children"]] == ["Child A"]
    states = {line["element_id"]: line["state"] for line in answer.json["tasks"]}
    assert states == {"record_contact": "completed", "check_records": "open"}


def test_a_task_is_completed_once(program: Program, task: dict[str, Any]) -> None:
    answers = {"answers": answers_to(program, task["id"])}
    program.post(f"/tasks/{task['id']}/complete", answers)

    second = program.post(f"/tasks/{task['id']}/complete", answers)

    assert second.status_code == 409
    assert second.mimetype == "application/problem+json"
    assert "completed this at" in second.json["detail"]


def test_a_task_that_another_has_claimed_cannot_be_completed(
    program: Program, task: dict[str, Any]
) -> None:
    other = program_of(program.app, "information_officer", name="second")
    other.post(f"/tasks/{task['id']}/claim")

    answer = program.post(f"/tasks/{task['id']}/complete", {"answers": {}})

    assert answer.status_code == 409


def test_wrong_answers_are_named_by_field(program: Program, task: dict[str, Any]) -> None:
    wrong = {"contact_channel": "pigeon", "colour": "red"}

    answer = program.post(f"/tasks/{task['id']}/complete", {"answers": wrong})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["problems"]["contact_channel"] == "must be one of the choices offered"
    assert "colour" in answer.json["problems"]


def test_a_task_is_only_for_its_role(program: Program, task: dict[str, Any]) -> None:
    manager = program_of(program.app, "duty_manager")

    answer = manager.post(f"/tasks/{task['id']}/claim")

    assert answer.status_code == 403
    assert "which you do not hold" in answer.json["detail"]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"no_such_fact": 1}, "no_such_fact"),
        ({"contact_channel": "pigeon"}, "contact_channel"),
        ({"received_at": "2199-01-01T00:00:00+00:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+00:00"}, "received_at"),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
        ({"children": [1, 2]}, "children"),
        ({"children": [None]}, "children"),
        ({"children": [[]]}, "children"),
    ],
)
def test_wrong_facts_are_named(program: Program, facts: dict[str, Any], key: str) -> None:
    answer = program.post("/cases", {"authority": "southwark", "facts": facts})

    assert answer.status_code == 422
    assert key in answer.json["problems"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (None, 400),
        ([], 400),
        ({}, 422),
        ({"authority": 1}, 422),
        ({"authority": "southwark", "facts": []}, 422),
        ({"authority": "southwark", "more": 1}, 422),
        ({"authority": "nowhere"}, 404),
    ],
)
def test_a_body_of_another_shape_is_refused(program: Program, body: Any, status: int) -> None:
    answer = program.post("/cases", body)

    assert answer.status_code == status
    assert answer.json["status"] == status


def test_a_request_with_the_same_key_is_done_once(program: Program) -> None:
    first = program.post("/cases", CONTACT, key="one")
    again = program.post("/cases", CONTACT, key="one")

    assert (again.status_code, again.json) == (201, first.json)
    assert program.post("/cases", CONTACT, key="two").json["id"] != first.json["id"]
    other = program.post("/cases", {**CONTACT, "facts": {}}, key="one")
    assert other.status_code == 422


def test_a_message_is_recorded(program: Program, case: dict[str, Any]) -> None:
    at = clock.now() - timedelta(minutes=5)

    answer = program.post(
        f"/cases/{case['id']}/messages", {"message": "new_information", "at": at.isoformat()}
    )

    assert answer.status_code == 200, answer.text
    assert answer.json["was_expected"] is False
    assert [message["word"] for message in answer.json["messages"]] == ["new_information"]


def test_what_else_comes_with_a_message_is_not_read(program: Program, case: dict[str, Any]) -> None:
    body = {"message": "new_information", "at": "2026-03-03T10:00:00", "from": ["a", {"b": 1}]}

    answer = program.post(f"/cases/{case['id']}/messages", body)

    assert answer.status_code == 200, answer.text
    assert [message["at"] for message in answer.json["messages"]] == ["2026-03-03T10:00:00+00:00"]


def test_a_message_without_an_offset_came_at_local_time(
    program: Program, case: dict[str, Any]
) -> None:
    body = {"message": "new_information", "at": "2026-07-03T10:00:00"}

    answer = program.post(f"/cases/{case['id']}/messages", body)

    assert [message["at"] for message in answer.json["messages"]] == ["2026-07-03T09:00:00+00:00"]


@pytest.mark.parametrize(
    "body",
    [
        {"message": "pigeon"},
        {"message": "new_information", "at": "2199-01-01T00:00:00+00:00"},
        {"message": "new_information", "at": "0001-01-01T00:00:00+14:00"},
        {"message": "new_information", "at": "1899-12-31T00:00:00+00:00"},
        {"message": "new_information", "at": 1},
        {"message": "new_information", "at": "soon"},
        {},
    ],
)
def test_a_wrong_message_is_refused(
    program: Program, case: dict[str, Any], body: dict[str, str]
) -> None:
    assert program.post(f"/cases/{case['id']}/messages", body).status_code == 422


def test_deadlines_come_with_arithmetic_and_clauses(program: Program) -> None:
    case = program.post("/cases", told_hours_ago()).json

    (line,) = program.get(f"/deadlines?case={case['id']}&state=overdue").json

    assert line["deadline_name"] == "internal_redirection"
    assert line["clauses"] == ["SWK-48"]
    assert line["explanation"]
    assert program.get("/deadlines?state=open").json == [line]
    assert program.get("/deadlines?state=met").json == []


@pytest.mark.parametrize("path", ["/tasks?colour=red", "/tasks?case=x", "/tasks?state=odd",
                                  "/deadlines?state=odd", f"/tasks?case={2**31}",
                                  f"/tasks?case={2**64}", f"/deadlines?case={'9' * 5000}",
                                  "/tasks?role=%00"])  # fmt: skip
def test_a_filter_that_is_not_known_is_refused(program: Program, path: str) -> None:
    assert program.get(path).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/cases/4711",
        "/tasks/4711",
        f"/cases/{2**31 - 1}",
        f"/cases/{2**31}",
        f"/cases/{2**64}",
        f"/tasks/{2**63}",
        f"/cases/{'9' * 5000}",
        "/cases/-1",
    ],
)
def test_what_does_not_exist_is_not_found(program: Program, path: str) -> None:
    assert program.get(path).status_code == 404


def test_authorities_are_compared_with_the_first(program: Program) -> None:
    site.deploy(program.app, load_authority(site.ROOT, "sefton"))

    answer = program.get("/comparisons?authorities=southwark,sefton&flow=disposal")

    assert answer.status_code == 200
    assert set(answer.json) == {"authorities", "matrix", "diagrams", "tables", "forms"}
    assert answer.json["authorities"] == ["southwark", "sefton"]
    assert all(entry["sentence"] for entry in answer.json["diagrams"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 422), ("?authorities=southwark", 422), ("?authorities=southwark,narnia", 404)],
)
def test_comparison_needs_two_that_are_there(program: Program, asked: str, status: int) -> None:
    assert program.get(f"/comparisons{asked}").status_code == status


@pytest.mark.parametrize("token", ["", "Basic abc", "Bearer ", "Bearer fd_wrong"])
def test_without_a_known_token_nothing_is_told(program: Program, token: str) -> None:
    answer = program.app.test_client().get("/api/v1/tasks", headers={"Authorization": token})

    assert answer.status_code == 401
    assert answer.json["status"] == 401


def test_the_description_tells_of_every_route_and_no_other(program: Program) -> None:
    document = program.app.test_client().get("/api/v1/openapi.json").json
    described = {
        (path, method.upper()) for path, methods in document["paths"].items() for method in methods
    }
    routes = {
        (re.sub(r"<int:(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method)
        for rule in program.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert document["openapi"].startswith("3.1")
    assert described == routes


def test_answers_have_the_shape_that_the_description_promises(
    program: Program, case: dict[str, Any], task: dict[str, Any]
) -> None:
    document = program.get("/openapi.json").json
    promised = document["components"]["schemas"]
    program.post("/cases", told_hours_ago())

    assert set(promised["Case"]["required"]) <= set(case)
    assert set(promised["TaskLine"]["required"]) <= set(task)
    assert set(promised["Task"]["required"]) <= set(program.get(f"/tasks/{task['id']}").json)
    assert set(promised["Deadline"]["required"]) <= set(program.get("/deadlines").json[0])


def test_every_reference_in_the_description_leads_somewhere(program: Program) -> None:
    text = program.get("/openapi.json").text
    known = program.get("/openapi.json").json["components"]["schemas"]

    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= set(known)
