"""Which clauses of a procedure are covered, and by what."""

import pytest

from engine.definitions import clause_coverage, from_stored
from engine.definitions.clauses import citations, cited_in, row_citations
from tests.engine.definitions.example import AUTHORITY, FRONT_DOOR, changed, sources


def test_coverage_counts_the_authoritys_own_clauses_only():
    coverage = clause_coverage(from_stored(sources(), AUTHORITY))

    assert coverage.to_json() == {
        "total": 8,
        "covered": 7,
        "guidance": [{"id": "EX-07", "reason": "How people speak is no step."}],
        "uncovered": [],
        "unknown": [],
    }


def test_what_no_case_can_reach_covers_nothing():
    files = changed(FRONT_DOOR, 'processId="disposal"', 'processId="limit_missed"')

    coverage = clause_coverage(from_stored(files, AUTHORITY))

    assert coverage.uncovered == ("EX-04", "EX-06")


def test_an_id_that_no_register_has_is_unknown_and_a_national_one_is_not():
    files = changed(FRONT_DOOR, '"EX-01"', '"EX-01, EX-99, WT-01"')

    coverage = clause_coverage(from_stored(files, AUTHORITY))

    assert (coverage.unknown, coverage.total) == (("EX-99",), 8)


def test_elements_fields_help_texts_and_rows_cite():
    cited = {
        clause: citation.element
        for citation in citations(from_stored(sources(), AUTHORITY))
        for clause in citation.clauses
    }

    assert cited["EX-01"] == "record_contact"
    assert cited["EX-05"] == "level_of_need"
    assert cited["EX-08"] == "high_need"
    assert "EX-06" in cited


@pytest.mark.parametrize(
    ("description", "clauses", "assumptions"),
    [
        ("EX-08: a high level of need", ("EX-08",), ()),
        ("EX-08, EX-09 and more", ("EX-08", "EX-09"), ()),
        ("SWK-86 , K14. The manager decides", ("SWK-86",), ("K14",)),
        ("K15", (), ("K15",)),
        ("A row about EX-08", (), ()),
        ("", (), ()),
    ],
)
def test_a_row_cites_at_the_start_of_its_description(
    description: str, clauses: tuple[str, ...], assumptions: tuple[str, ...]
):
    assert row_citations(description) == (clauses, assumptions)
    assert cited_in(description) == clauses
