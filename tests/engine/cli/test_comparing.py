"""The verb compare: its JSON, its text, and calls that are wrong."""

import csv
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine import definitions
from engine.cli import main
from engine.store.deployed import keep
from engine.store.settings import Settings

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_json_is_what_the_contract_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton", "--flow", "disposal", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["authorities", "matrix", "diagrams", "tables", "forms"]
    assert found["authorities"] == ["southwark", "sefton"]
    for row in found["matrix"]:
        assert set(row) == {"question", "section", "cells", "national"}
        assert set(row["cells"]) == {"southwark", "sefton"}
        named = {"value", "clauses", "element", "mark"}
        assert all(set(c) == named for c in row["cells"].values())
    for difference in (*found["diagrams"], *found["tables"], *found["forms"]):
        assert set(difference) == {"authorities", "kind", "element", "a", "b", "sentence"}
        assert difference["authorities"] == ["southwark", "sefton"]


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with Southwark and a draft of it; gives the draft's first diagram."""
    for part in ("bpmn", "dmn"):
        shutil.copytree(ROOT / part, tmp_path / part)
        shutil.copytree(ROOT / part / "southwark", tmp_path / part / "draft")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "bpmn" / "draft" / "front_door.bpmn"


@pytest.mark.parametrize("names", [("southwark", "draft"), ("draft", "southwark")])
def test_a_draft_that_check_refuses_is_compared_all_the_same(
    draft: Path, names: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    longer = draft.read_text().replace(
        '"deadline.amount" value="24"', '"deadline.amount" value="48"', 1
    )
    draft.write_text(longer)
    assert main(["check", "bpmn/draft", "--json"]) == 1
    capsys.readouterr()

    assert main(["compare", *names, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    (only,) = (*found["diagrams"], *found["tables"], *found["forms"])
    assert "48 hours" in only["sentence"]


def test_a_draft_that_cannot_be_read_is_a_sentence(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text("<not a diagram")

    assert main(["compare", "southwark", "draft"]) == 2
    assert "bpmn/draft/front_door.bpmn" in capsys.readouterr().err


def test_text_says_what_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton"]) == 0

    said = capsys.readouterr().out
    assert "What is the limit for child visit?\n  southwark: silent\n  sefton: 24 hours" in said


def test_text_has_sections_marks_and_the_national_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["compare", "southwark", "milton_keynes"]) == 0

    said = capsys.readouterr().out
    assert "Deadlines\n---------\n" in said
    assert "– looser (never shorter" in said
    assert "national rules: 1 working day (must) [WT-01]" in said
    assert "Southwark and Milton Keynes part on" in said


def test_marks_can_be_against_the_national_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton", "--base", "national"]) == 0

    assert "[SWK-52] – looser (should against must)" in capsys.readouterr().out


def test_only_rows_that_differ(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "southwark", "sefton", "--differences", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)["matrix"]
    assert found
    assert all(row["cells"]["sefton"]["mark"] != "same" for row in found)


def test_the_matrix_is_written_to_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, book = tmp_path / "m.csv", tmp_path / "m.xlsx"

    assert main(["compare", "southwark", "sefton", f"--csv={texts}", f"--xlsx={book}"]) == 0

    assert capsys.readouterr().out
    lines = list(csv.reader(texts.read_text("utf-8-sig").splitlines()))
    sheet = load_workbook(book).active
    assert sheet is not None
    assert lines[0][:3] == ["Section", "Question", "Southwark"]
    assert len(lines) == sheet.max_row


def test_a_file_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["compare", "southwark", "sefton", "--csv", str(tmp_path / "none" / "m.csv")]

    assert main(call) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_deployed_version_is_compared_with_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRONTDOOR_VAR", str(tmp_path))
    assert main(["db", "upgrade"]) == 0
    settings = Settings.from_env({"FRONTDOOR_VAR": str(tmp_path)})
    database = settings.open()
    with database.writing() as session:
        keep(session, definitions.load_authority(ROOT, "sefton"), by="tests", now=NOW)
    database.close()
    capsys.readouterr()

    assert main(["compare", "sefton@1", "sefton", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["authorities"] == ["sefton@1", "sefton"]
    assert (found["diagrams"], found["tables"], found["forms"]) == ([], [], [])
    assert {row["cells"]["sefton"]["mark"] for row in found["matrix"]} == {"same"}


@pytest.mark.parametrize("has_database", [True, False])
def test_a_version_that_was_never_deployed_is_a_sentence(
    has_database: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FRONTDOOR_VAR", str(tmp_path))
    if has_database:
        assert main(["db", "upgrade"]) == 0

    assert main(["compare", "sefton", "sefton@7"]) == 2

    assert "sefton@7" in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [
        ["southwark"],
        ["southwark", "southwark"],
        ["southwark", "atlantis"],
        ["southwark", "sefton", "--flow", "lunch"],
        ["southwark", "sefton", "--base", "atlantis"],
    ],
)
def test_wrong_calls_exit_with_2(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *call]) == 2
    assert capsys.readouterr().err.startswith("frontdoor: ")
