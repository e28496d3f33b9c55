"""The same request twice at the same moment, as a database that lets writers overlap sees it."""

from typing import Any

import pytest

from engine.runtime import idempotency
from tests.web.api.conftest import Program

CONTACT = {"authority": "southwark", "facts": {"child_may_be_in_need": False}}


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The next look for a known key does not see the other request, which is not saved yet."""
    find, looks = idempotency.find, []

    def blind_at_first(session: Any, actor: str, key: str, body: bytes) -> Any:
        looks.append(key)
        return None if len(looks) == 2 else find(session, actor, key, body)

    monkeypatch.setattr(idempotency, "find", blind_at_first)
    return looks


def test_two_equal_requests_at_once_have_one_answer(program: Program, unseen: list[str]) -> None:
    first = program.post("/cases", CONTACT, key="one")
    second = program.post("/cases", CONTACT, key="one")

    assert len(unseen) == 3
    assert (second.status_code, second.json) == (201, first.json)


def test_a_step_that_was_sent_twice_leaves_no_incident(program: Program, unseen: list[str]) -> None:
    case = program.post("/cases", CONTACT).json
    path, message = f"/cases/{case['id']}/messages", {"message": "new_information"}

    first = program.post(path, message, key="one")
    second = program.post(path, message, key="one")

    assert len(unseen) == 3
    assert (second.status_code, second.json) == (200, first.json)
    after = program.get(f"/cases/{case['id']}").json
    assert (len(after["messages"]), after["incidents"]) == (1, [])
