"""Scenario files, good and bad."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import Invalid
from engine.scenarios.read import authority_of, read

GOOD = b"""
[[scenario]]
name   = "Late"
start  = 2026-03-03T10:00:00+00:00
takes  = { disposal = "PT30H", authorisation = "P1DT2H" }
events = [ { at = "PT20H", message = "written_confirmation" } ]
[scenario.expect]
outcomes = ["assessment"]
"""


def test_scenario_is_read_with_its_durations() -> None:
    (scenario,) = read(GOOD, file="x.toml")

    assert scenario.takes["disposal"] == timedelta(hours=30)
    assert scenario.takes["authorisation"] == timedelta(days=1, hours=2)
    assert scenario.arrivals[0].after == timedelta(hours=20)


START = b"[[scenario]]\nname = 'x'\nstart = 2026-03-03T10:00:00Z\n"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "no \\[\\[scenario\\]\\]"),
        (b"[[scenario]]\nstart = 2026-03-03T10:00:00Z", "has no name"),
        (b'[[scenario]]\nname = "x"\nstart = 2026-03-03T10:00:00', "with an offset"),
        (
            b'[[scenario]]\nname = "x"\nstart = 2026-03-03T10:00:00Z\nwhen = 1',
            "'when' is not known",
        ),
        (
            b'[[scenario]]\nname = "x"\nstart = 2026-03-03T10:00:00Z\n[scenario.expect]\nend = 1',
            "'end' is not known",
        ),
        (
            b'[[scenario]]\nname = "x"\nstart = 2026-03-03T10:00:00Z\ntakes = { disposal = "PT" }',
            "is no duration",
        ),
        (b"scenario = [3]", "no \\[\\[scenario\\]\\]"),
        (START + b"takes = ['x']", "takes must be a table"),
        (START + b"takes = { contact = 'P99999999999D' }", "longer than any"),
        (START + b"facts = { children = 'x' }", "children must be a list"),
        (START + b"events = [1]", "an event has"),
        (START + b"expect = 3", "expect must be a table"),
        (START + b"expect = { outcomes = [['a']] }", "a list of words"),
        (START + b"expect = { deadlines = { write_up = 'x' } }", "write_up must be a table"),
        (b"[[scenario]", "x.toml"),
        (b"\xff", "x.toml"),
    ],
)
def test_broken_scenario_is_refused_with_a_sentence(source: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(source, file="x.toml")


def test_folder_says_whose_scenarios_they_are() -> None:
    assert authority_of(Path("bpmn/exampleshire/scenarios.toml")) == "exampleshire"
    assert authority_of(Path("elsewhere/examples.toml")) is None
