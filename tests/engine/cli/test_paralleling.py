"""The verbs referral and simulate: their JSON, their text, progress, and calls that are wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.cli import main

ROOT = Path(__file__).parents[3]
SCENARIOS = "bpmn/southwark/scenarios.toml"
START = ["--start", "2026-03-03T10:00:00+00:00"]
TWO = ["--authorities", "southwark", "lincolnshire"]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def answered(capsys: pytest.CaptureFixture[str]) -> Any:
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def test_referral_says_what_each_does_and_where_they_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["referral", "--facts", "{}", *START, *TWO, "--json"]) == 0

    found = answered(capsys)
    assert list(found["authorities"]) == ["southwark", "lincolnshire"]
    assert found["authorities"]["southwark"]["authorised_by"] == ["Duty Manager"]
    assert found["first_by_pair"][0]["parting"] == found["partings"][0]


def test_referral_in_text_names_the_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["referral", "--facts", "{}", *START, *TWO]) == 0

    said = capsys.readouterr().out
    assert said.startswith("They part first at question about child may be in need: Southwark")
    assert "(SWK-47)" in said.splitlines()[0]
    assert "Southwark, Child A: assessment" in said
    assert "What comes of it" not in said  # both come to an assessment


def test_the_first_point_at_which_the_end_parts_is_told_beside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    facts = '{"child_in_need": false, "responses": ["advice"]}'

    assert main(["referral", "--facts", facts, *START, *TWO]) == 0

    told = [line for line in capsys.readouterr().out.splitlines() if "What comes of it" in line]
    assert len(told) == 1
    assert "Lincolnshire comes to assessment (LIN-92, LIN-93)" in told[0]


def test_a_changed_fact_and_sensitivity(capsys: pytest.CaptureFixture[str]) -> None:
    change = ["--change", "child_in_need=false", "--sensitivity"]

    assert main(["referral", "--facts", "{}", *START, *change, *TWO, "--json"]) == 0

    found = answered(capsys)
    assert found["authorities"]["southwark"]["outcomes"] == {"Child A": ["no_further_action"]}
    values = [each["values"] for each in found["sensitivity"]]
    assert {"further_enquiries_justified": False} in values


def test_a_scenario_by_its_name_and_an_answer_that_is_no_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "some.toml"
    file.write_text(
        '[[scenario]]\nname = "one"\nstart = 2026-03-03T10:00:00Z\n'
        '[[scenario]]\nname = "two"\nstart = 2026-03-03T10:00:00Z\n'
        'facts = { needs_more_than_advice = false, responses = ["signposting"] }\n'
    )

    assert main(["referral", str(file), "--name", "two", *TWO]) == 1
    assert "is not an option here" in capsys.readouterr().out
    assert main(["referral", str(file), *TWO]) == 0


@pytest.mark.parametrize(
    "call",
    [
        ["referral"],
        ["referral", SCENARIOS, "--facts", "{}"],
        ["referral", SCENARIOS, "--name", "no such name"],
        ["referral", "nothing.toml"],
        ["referral", "--facts", "{"],
        ["referral", "--facts", "[]"],
        ["referral", "--facts", '{"lunch": 1}'],
        ["referral", "--facts", "{}", "--start", "now"],
        ["referral", "--facts", "{}", "--start", "2026-03-03T10:00:00"],
        ["referral", "--facts", "{}", "--change", "level_of_need"],
        ["referral", "--facts", "{}", "--authorities", "atlantis"],
        ["simulate"],
        ["simulate", "--year", "2027", "--scenarios", SCENARIOS],
        ["simulate", "--year", "2027", "--contacts", "0"],
        ["simulate", "--year", "2027", "--processes", "0"],
    ],
)
def test_wrong_calls_exit_with_2(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 2
    assert capsys.readouterr().err.startswith("frontdoor: ")


def test_simulate_counts_and_every_figure_has_its_referrals(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call = ["simulate", "--year", "2027", "--contacts", "8", "--seed", "5", *TWO]

    assert main([*call, "--json", "--processes", "2"]) == 0
    found = answered(capsys)
    assert main([*call, "--json", "--processes", "1"]) == 0
    assert answered(capsys) == found

    assert found["referrals"] == 8
    assert "missed" not in found["figures"]
    for several in found["figures"].values():
        for figure in several:
            assert set(figure["ids"]) <= {str(n) for n in range(1, 9)}
            assert len(figure["ids"]) <= figure["of"]


def test_simulate_plays_scenarios_and_says_so_in_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--scenarios", "bpmn/sefton/scenarios.toml", *TWO]) == 0

    said = capsys.readouterr()
    assert "How often the outcomes differ:" in said.out
    assert "sefton:" in said.out
    assert said.err == ""
