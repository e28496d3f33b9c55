"""The console programme: help, JSON and exit codes of its verbs."""

import argparse
import json
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest

from engine.cli import main, parser
from engine.cli.serving import opened
from engine.store.tables import AuditEntry

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("FRONTDOOR_VAR", str(tmp_path))


def verbs() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(choices.choices)


def answered(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_verb_has_help_and_json(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])

    assert ended.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "call",
    [["no-such-verb"], ["decide"], ["serve", "--port", "many"], ["serve", "--port", "99999"]],
)
def test_wrong_call_exits_with_2(call: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(call)

    assert ended.value.code == 2


def test_check_of_a_broken_file_names_it_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_text("<html>")

    assert main(["check", str(broken), "--json"]) == 1
    (problem, *_) = answered(capsys)
    assert set(problem) == {"file", "element", "severity", "rule", "message"}
    assert problem["file"].endswith("broken.bpmn")
    assert problem["severity"] == "error"


def test_decide_gives_the_rule_that_matched(capsys: pytest.CaptureFixture[str]) -> None:
    inputs = {
        "significant_harm_suspected": True,
        "child_in_need": True,
        "level_of_need": "low",
        "likely_to_escalate": False,
    }
    table = "dmn/southwark/disposal_option.dmn"

    assert main(["decide", table, "disposal_option", "--input", json.dumps(inputs), "--json"]) == 0
    answer = answered(capsys)
    assert answer["outputs"] == "4"
    assert len(answer["rules"]) == 1
    assert answer["warnings"] == []


@pytest.mark.parametrize("given", ["{", "[1]"])
def test_decide_refuses_input_that_is_no_object(
    given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "dmn/southwark/next_step.dmn", "next_step", "--input", given]) == 2
    assert "JSON" in capsys.readouterr().err


def test_scenario_that_does_not_come_true_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(
        '[[scenario]]\nname = "wrong"\nauthorities = ["southwark"]\n'
        'start = 2026-03-03T10:00:00Z\nexpect = { outcomes = ["advice"] }\n'
    )

    assert main(["scenario", str(wrong), "--json"]) == 1
    (result,) = answered(capsys)
    assert set(result) == {"name", "authority", "passed", "mismatches", "trace"}
    assert result["mismatches"] == ["outcomes are assessment, expected advice"]


def test_scenario_of_an_unknown_authority_is_a_wrong_call() -> None:
    assert main(["scenario", "bpmn/southwark/scenarios.toml", "--authority", "atlantis"]) == 2


def test_clauses_are_all_covered_or_guidance(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clauses", "--json"]) == 0
    southwark = answered(capsys)["southwark"]
    assert southwark["total"] == 103
    assert southwark["covered"] + len(southwark["guidance"]) == 103


def test_clauses_say_where_they_live(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clauses", "--where", "--json"]) == 0
    southwark = answered(capsys)["southwark"]
    assert southwark["covered"] <= len(southwark["where"])
    (limit,) = (p for p in southwark["where"]["SWK-51"] if p["element"] == "disposal_decision_due")
    assert (limit["kind"], limit["part"]) == ("element", "front_door")

    assert main(["clauses", "--where"]) == 0
    said = capsys.readouterr().out
    assert f"  SWK-51: {limit['sentence']}\n" in said


@pytest.fixture
def _deployed(tmp_path: Path) -> None:
    """A database with one authority deployed."""
    for part in ("bpmn/shared", "bpmn/southwark", "dmn/southwark"):
        copytree(ROOT / part, tmp_path / "files" / part)
    copy(ROOT / "bpmn" / "vocabulary.toml", tmp_path / "files" / "bpmn")
    assert main(["db", "upgrade"]) == 0
    assert main(["deploy", str(tmp_path / "files")]) == 0


def test_folder_without_an_authority_is_a_wrong_call(tmp_path: Path) -> None:
    assert main(["deploy", str(tmp_path / "nothing")]) == 2


@pytest.mark.usefixtures("_deployed")
@pytest.mark.parametrize(
    ("role", "authority"), [("nonsense", "southwark"), ("social_worker", "narnia")]
)
def test_token_for_a_role_that_nobody_has_is_a_wrong_call(role: str, authority: str) -> None:
    call = ["token", "create", "import", "--role", role, "--authority", authority]
    assert main(call) == 2


def test_coverage_stands_beside_the_list_of_results(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "bpmn/southwark/scenarios.toml", "--json", "--coverage"]) == 0
    said = capsys.readouterr()
    assert isinstance(json.loads(said.out), list)
    assert "flows" in said.err


@pytest.mark.usefixtures("_deployed")
def test_people_are_created_and_shut_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRONTDOOR_PASSWORD", "a long invented password")
    address = "ines.ferrand@example.test"

    assert main(["user", "create", address, "--name", "Ines Ferrand"]) == 0
    grant = ["--role", "social_worker", "--authority", "southwark"]
    assert main(["user", "grant", address, *grant]) == 0
    capsys.readouterr()
    assert main(["user", "--json"]) == 0
    assert answered(capsys)[0]["roles"] == [["southwark", "social_worker"]]
    assert main(["user", "disable", address]) == 0
    capsys.readouterr()
    assert main(["user", "--json"]) == 0
    (person,) = answered(capsys)
    assert person["disabled"] is True
    assert person["roles"] == []


@pytest.mark.usefixtures("_deployed")
def test_token_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()

    call = ["token", "create", "import", "--role", "information_officer", "--authority"]
    assert main([*call, "southwark", "--json"]) == 0
    token = answered(capsys)["token"]
    assert main(["token"]) == 0
    assert token not in capsys.readouterr().out


@pytest.mark.usefixtures("_deployed")
def test_a_revoked_token_is_listed_as_such_and_the_audit_trail_names_it_by_its_id(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call = ["token", "create", "Ana's import", "--role", "information_officer", "--authority"]
    assert main([*call, "southwark"]) == 0
    assert main(["token", "revoke", "Ana's import"]) == 0
    capsys.readouterr()

    assert main(["token"]) == 0

    listed = capsys.readouterr().out
    assert "Ana's import (revoked): information_officer in southwark" in listed
    with opened() as database, database.reading() as session:
        entries = session.query(AuditEntry).filter(AuditEntry.event.startswith("token.")).all()
    assert [(entry.event, entry.subject) for entry in entries] == [
        ("token.created", "token:1"),
        ("token.revoked", "token:1"),
    ]


def test_doctor_finds_a_new_database_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    main(["db", "upgrade"])

    assert main(["doctor"]) == 0
    assert "holds together" in capsys.readouterr().out
