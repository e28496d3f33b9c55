"""The matrix answers from the files, with clause and element, and says where they are silent."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import definitions
from engine.compare import SECTIONS, compare, matrix
from engine.errors import Invalid

ROOT = Path(__file__).parents[3]
NAMES = ("southwark", "milton_keynes", "cambridgeshire")


@cache
def compared(flow: str | None = None) -> dict[str, Any]:
    found = {name: definitions.load_authority(ROOT, name) for name in NAMES}
    return compare(found, flow=flow).to_json()


def cells(question: str, flow: str | None = None) -> dict[str, Any]:
    (row,) = (each for each in compared(flow)["matrix"] if each["question"] == question)
    return dict(row["cells"])


def test_a_limit_has_its_clause_and_its_element() -> None:
    silent = {"value": None, "clauses": [], "element": None, "mark": "silent"}

    assert cells("What is the limit for internal redirection?") == {
        "southwark": {
            "value": "1 hour from the initial contact (must)",
            "clauses": ["SWK-48"],
            "element": "internal_redirection_due",
            "mark": "same",
        },
        "milton_keynes": silent,
        "cambridgeshire": silent,
    }


@pytest.mark.parametrize(
    ("question", "authority", "value", "clause"),
    [
        ("What is an assessment called?", "cambridgeshire", "Single Assessment", None),
        ("Who serves out of hours?", "southwark", None, None),
        (
            "Who authorises the disposal?",
            "milton_keynes",
            "Manager (Authorise disposal)",
            "MKE-114",
        ),
        ("Who authorises the disposal?", "cambridgeshire", None, None),
        ("Where is police told: information?", "southwark", "Notify the Police", "SWK-71"),
        ("Where is a record made of sign off?", "milton_keynes", None, None),
        ("Where is written confirmation waited for?", "milton_keynes", None, None),
        ("Where is level of need asked?", "southwark", "Decide type of response", "SWK-86"),
    ],
)
def test_a_cell_is_computed_or_silent(
    question: str, authority: str, value: str | None, clause: str | None
) -> None:
    cell = cells(question)[authority]

    assert cell["value"] == value
    assert clause is None or clause in cell["clauses"]


def test_every_cell_cites_clauses_of_its_own_authority() -> None:
    found = {name: definitions.load_authority(ROOT, name) for name in NAMES}

    for row in compared()["matrix"]:
        for name, cell in row["cells"].items():
            assert set(cell["clauses"]) <= set(found[name].clauses)


def test_what_an_outcome_computes_from_answers_counts() -> None:
    cell = cells("How does a case come to no further action?")["southwark"]

    assert cell["value"] is not None


def test_a_flow_keeps_its_own_diagrams_and_limits() -> None:
    limits = [
        r["question"] for r in compared("screening")["matrix"] if "limit for" in r["question"]
    ]
    everything = compared()

    # the clock of the disposal runs on what lies around screening and disposal
    assert limits == [
        f"What is the limit for {name}?" for name in ("disposal decision", "response type")
    ]
    for part in ("diagrams", "tables", "forms"):
        kept = compared("screening")[part]
        assert 0 < len(kept) < len(everything[part])
        assert all(each in everything[part] for each in kept)


def test_a_flow_keeps_the_clauses_that_live_in_it() -> None:
    question = "Must the police be told?"

    assert "SWK-71" in cells(question)["southwark"]["clauses"]
    assert question not in {row["question"] for row in compared("disposal")["matrix"]}


def test_every_row_stands_in_a_section_in_the_order_of_the_sections() -> None:
    order = [section.id for section in SECTIONS]
    places = [order.index(row["section"]) for row in compared()["matrix"]]

    assert places == sorted(places)
    assert set(order) == {row["section"] for row in compared()["matrix"]}


def test_no_question_is_put_twice() -> None:
    asked = [row["question"] for row in compared()["matrix"]]

    assert len(asked) == len(set(asked))


def test_the_national_rules_stand_beside_only_where_they_speak() -> None:
    spoken = {row["question"]: row["national"] for row in compared()["matrix"]}

    assert spoken["What is the limit for child protection conference?"]["value"] == (
        "15 working days (must)"
    )
    assert spoken["What is the limit for response type?"]["clauses"] == ["WT-01"]
    assert spoken["Must the police be told?"]["value"] is None


def test_silence_is_never_a_no() -> None:
    for row in compared()["matrix"]:
        for cell in row["cells"].values():
            if cell["value"] is None:
                assert cell["mark"] in ("silent", "same")
            else:
                assert cell["mark"] != "silent"
                assert cell["value"].lower() not in ("", "no", "none", "nothing")


def test_an_unknown_flow_is_refused() -> None:
    with pytest.raises(Invalid, match="no flow 'lunch'"):
        compared("lunch")


def test_an_unknown_flow_is_refused_where_only_the_matrix_is_asked_for() -> None:
    with pytest.raises(Invalid, match="no flow 'lunch'"):
        matrix({"southwark": definitions.load_authority(ROOT, "southwark")}, flow="lunch")
