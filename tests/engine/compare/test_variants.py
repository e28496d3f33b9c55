"""The computed matrix says what people read in the five procedures, fact by fact."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine import definitions
from engine.compare import NATIONAL, Row, matrix
from engine.compare.questions import Measure

ROOT = Path(__file__).parents[3]
FILE = Path(__file__).parent / "variants_facts.toml"
DATA = tomllib.loads(FILE.read_text())
AUTHORITIES = ("sefton", "southwark", "lincolnshire", "cambridgeshire", "milton_keynes")
SECTIONS = range(1, 21)
UNCARRIED = 9  # facts that no file can carry: a change of this number is looked at twice


@cache
def rows() -> Mapping[str, Row]:
    found = {name: definitions.load_authority(ROOT, name) for name in AUTHORITIES}
    return {row.question: row for row in matrix(found)}


def facts() -> Iterator[Any]:
    for question in DATA["question"]:
        for key in (*AUTHORITIES, NATIONAL):
            if key in question:
                name = f"{question['section']} {key} {question['asks']}"
                yield pytest.param(question["asks"], key, question[key], id=name)


@pytest.mark.parametrize(("asks", "key", "fact"), list(facts()))
def test_the_matrix_says_what_the_procedure_says(asks: str, key: str, fact: Any) -> None:
    cell = rows()[asks].cell(key)

    if fact == "silent":
        assert cell.value is None, cell.value
        return
    told = " ".join(f"{each.value}: {each.text}" for each in cell.found).lower()
    for words in fact["says"]:
        is_amount = rows()[asks].asked.measure is Measure.LIMIT and words[0].isdecimal()
        assert words.lower() in (str(cell.value) if is_amount else told)
    for words in fact.get("says_not", ()):
        assert words.lower() not in told
    assert set(fact.get("clauses", ())) <= set(cell.clauses)


def test_there_are_facts_of_every_section_and_every_authority() -> None:
    counted = Counter(
        (question["section"], key)
        for question in DATA["question"]
        for key in AUTHORITIES
        if key in question
    )

    assert sum(counted.values()) >= 150
    assert {section for section, _ in counted} == set(SECTIONS)
    for authority in AUTHORITIES:
        assert sum(counted[section, authority] for section in SECTIONS) >= 75
    silent = [q[k] for q in DATA["question"] for k in AUTHORITIES if q.get(k) == "silent"]
    assert sum(counted.values()) - len(silent) >= 150


def test_no_question_is_told_twice() -> None:
    asked = Counter(question["asks"] for question in DATA["question"])

    assert asked.most_common(1)[0][1] == 1


def test_what_no_file_can_carry_is_named_with_its_reason_and_stays_little() -> None:
    left = DATA["uncarried"]

    assert len(left) == UNCARRIED
    for each in left:
        assert each["section"] in SECTIONS
        assert each["authority"] in AUTHORITIES
        assert len(each["reason"]) > 30
        assert each["fact"]
