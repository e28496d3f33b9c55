"""The verb compare: its JSON, its text, and calls that are wrong."""

import json
from pathlib import Path

import pytest

from engine.cli import main

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_json_is_what_the_contract_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton", "--flow", "disposal", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["authorities", "matrix", "diagrams", "tables", "forms"]
    assert found["authorities"] == ["southwark", "sefton"]
    for row in found["matrix"]:
        assert set(row) == {"question", "cells"}
        assert set(row["cells"]) == {"southwark", "sefton"}
        assert all(set(c) == {"value", "clauses", "element"} for c in row["cells"].values())
    for difference in (*found["diagrams"], *found["tables"], *found["forms"]):
        assert set(difference) == {"authorities", "kind", "element", "a", "b", "sentence"}
        assert difference["authorities"] == ["southwark", "sefton"]


def test_text_says_what_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton"]) == 0

    said = capsys.readouterr().out
    assert "What is the limit for child visit?\n  southwark: silent\n  sefton: 24 hours" in said


@pytest.mark.parametrize(
    "call",
    [
        ["southwark"],
        ["southwark", "southwark"],
        ["southwark", "atlantis"],
        ["southwark", "sefton", "--flow", "lunch"],
    ],
)
def test_wrong_calls_exit_with_2(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *call]) == 2
    assert capsys.readouterr().err.startswith("frontdoor: ")
