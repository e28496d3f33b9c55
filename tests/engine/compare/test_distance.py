"""How far procedures stand apart is counted, told in sentences, and orders rows and columns."""

import shutil
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from engine import definitions
from engine.compare import (
    NATIONAL,
    Row,
    by_distance,
    distance,
    distances,
    keys_by_distance,
    matrix,
    sections_parted,
    summary,
    table_of,
)
from engine.definitions import AuthorityDefinition, folders

ROOT = Path(__file__).parents[3]
NAMES = ("southwark", "milton_keynes", "sefton")


@cache
def found() -> dict[str, AuthorityDefinition]:
    return {name: definitions.load_authority(ROOT, name) for name in NAMES}


def rows() -> tuple[Row, ...]:
    return matrix(found())


def test_a_procedure_stands_nowhere_apart_from_itself_or_its_copy() -> None:
    twins = {"a": found()["sefton"], "b": found()["sefton"]}

    assert distance(matrix(twins), "a", "b").parted == 0


def test_distance_is_the_same_both_ways() -> None:
    for a, b in combinations(NAMES, 2):
        assert distance(rows(), a, b).parted == distance(rows(), b, a).parted


def test_those_on_one_template_stand_nearest() -> None:
    nearest = distances(rows(), NAMES)[0]

    assert {nearest.a, nearest.b} == {"southwark", "milton_keynes"}
    assert 0 < nearest.parted < nearest.of == len(rows())


def test_the_national_rules_count_only_where_they_speak_and_come_last() -> None:
    last = distances(rows(), (*NAMES, NATIONAL))[-1]

    assert NATIONAL in (last.a, last.b)
    assert last.of == sum(bool(row.national.found) for row in rows())
    assert distance(rows(), NATIONAL, "sefton") == distance(rows(), "sefton", NATIONAL)


def test_rows_that_part_most_come_first_and_none_is_lost() -> None:
    ordered = by_distance(rows())

    def parting(row: Row) -> int:
        return sum(row.parts(a, b) for a, b in combinations(NAMES, 2))

    counted = [parting(row) for row in ordered]
    assert counted == sorted(counted, reverse=True)
    assert set(map(id, ordered)) == set(map(id, rows()))


def test_columns_follow_the_base_line_by_distance() -> None:
    assert keys_by_distance(rows(), NAMES, "milton_keynes") == (
        "milton_keynes",
        "southwark",
        "sefton",
    )


def test_sections_are_counted_once() -> None:
    counted = sections_parted(rows())

    assert sum(of for _, of in counted.values()) == len(rows())
    assert sum(parted for parted, _ in counted.values()) == sum(not r.is_same for r in rows())


def test_the_summary_names_the_nearest_the_furthest_and_the_most_silent() -> None:
    told = " ".join(summary(rows(), {name: name.title() for name in NAMES}))

    assert "Southwark and Milton_Keynes stand nearest" in told
    assert "Sefton is silent most often" in told
    assert "They part most on" in told


def test_two_that_are_compared_have_one_sentence() -> None:
    pair = {name: found()[name] for name in NAMES[:2]}

    told = list(summary(matrix(pair), {name: name.title() for name in pair}))

    assert any(each.startswith("Southwark and Milton_Keynes part on") for each in told)


def test_the_flat_table_has_a_line_for_each_question_and_says_silent() -> None:
    columns, lines = table_of(rows(), {name: name.title() for name in NAMES}, base="southwark")

    assert len(lines) == len(rows())
    assert {len(line) for line in lines} == {len(columns)}
    assert columns[:5] == (
        "Section", "Question", "Southwark", "Southwark: clauses", "Southwark against Southwark",
    )  # fmt: skip
    (visit,) = (line for line in lines if line[1] == "What is the limit for child visit?")
    assert visit[2] == "silent"
    assert visit[8].startswith("24 hours")
    assert visit[9] == "SEF-22"


@pytest.fixture
def sixth(tmp_path: Path) -> AuthorityDefinition:
    """A copy of an authority's folders under another name, with one limit changed."""
    for kind in ("bpmn", "dmn"):
        shutil.copytree(ROOT / kind / "sefton", tmp_path / kind / "avalon")
        if (ROOT / kind / folders.SHARED).is_dir():
            shutil.copytree(ROOT / kind / folders.SHARED, tmp_path / kind / folders.SHARED)
    shutil.copy(ROOT / folders.VOCABULARY, tmp_path / folders.VOCABULARY)
    for path in (tmp_path / "bpmn" / "avalon").glob("*.bpmn"):
        text = path.read_text()
        path.write_text(
            text.replace('"deadline.amount" value="24"', '"deadline.amount" value="12"')
        )
    return definitions.load_authority(tmp_path, "avalon")


def test_a_sixth_folder_is_a_column_and_its_one_change_the_only_row_that_parts_it(
    sixth: AuthorityDefinition,
) -> None:
    held = matrix({**found(), "avalon": sixth})

    parted = [row for row in held if row.parts("avalon", "sefton")]

    assert [row.question for row in parted] == ["What is the limit for child visit?"]
    assert parted[0].mark("avalon", "sefton").kind == "stricter"
    assert parted[0].cells["avalon"].clauses == ("SEF-22",)
    assert keys_by_distance(held, (*NAMES, "avalon"), "avalon")[:2] == ("avalon", "sefton")
