"""Bodies that no database keeps are refused before anything is done."""

from typing import Any

import pytest

from tests.web.api.conftest import Program


def post(program: Program, path: str, data: bytes) -> Any:
    return program.call("POST", path, data=data, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "value",
    [
        rb'"\ud800"',
        rb'"\udfff and more"',
        b'"\xed\xa0\x80"',
        rb'"\u0000"',
        rb'{"\ud800": 1}',
        rb'[{"name": ["\ud800"]}]',
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"9" * 400,
        b"-9223372036854775809",
        b"9" * 5000,
        b"[" * 500 + b"]" * 500,
        b'{"a":' * 500 + b"1" + b"}" * 500,
        b"[" * 100_000 + b"]" * 100_000,
        b"[",
    ],
    ids=lambda value: value[:20].decode(errors="replace"),
)
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/cases", b'{"authority": "southwark", "facts": {"children": %b}}'),
        ("/cases", b'{"authority": %b}'),
        ("/tasks/1/complete", b'{"answers": {"concern": %b}}'),
        ("/cases/1/messages", b'{"message": "new_information", "more": %b}'),
    ],
)
def test_data_that_cannot_be_kept_is_refused(
    program: Program, path: str, sent: bytes, value: bytes
) -> None:
    answer = post(program, path, sent % value)

    assert answer.status_code == 400, answer.text
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]


def test_ordinary_data_of_some_depth_is_none_of_that(program: Program) -> None:
    child = {"name": "Zoë 👧", "facts": {"child_in_need": True}, "more": [[[[{"deep": [1.5]}]]]]}

    answer = program.post("/cases", {"authority": "southwark", "facts": {"children": [child]}})

    assert answer.status_code == 201, answer.text
    assert answer.json["children"][0]["name"] == "Zoë 👧"
