"""What somebody might upload: every file is answered with problems, soon, and runs nothing."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from engine.definitions import check_paths
from engine.definitions.model import Problem
from tests.engine.definitions.example import FILES, ROOT

SEEDS = sorted(path for path in FILES.rglob("*") if path.suffix in (".bpmn", ".form", ".dmn"))
PAYLOAD = '__import__("os").system("touch pwned")'
DIAGRAM = ROOT / "tests" / "rules" / "gateway_default" / "valid.bpmn"
STRANGE = ["", "=", "=(", "x" * 300, "nan", "1e999", "P99Y", "=deadline.due", "R/PT0S", "\u00e9"]


@pytest.mark.parametrize("condition", [PAYLOAD, f"={PAYLOAD}", "=().__class__", "=eval(1) = 1"])
def test_code_in_a_condition_is_refused_with_its_flow(condition: str, tmp_path: Path):
    text = DIAGRAM.read_text()
    written = text.replace("=a &gt; 1", condition.replace('"', "&quot;"))

    found = check_as(written.encode(), tmp_path / "x.bpmn")

    assert ("feel", "choice_to_answer") in {(p.rule, p.element) for p in found}


def test_a_problem_stays_on_one_line_whatever_the_file_says(tmp_path: Path):
    text = DIAGRAM.read_text()
    forged = text.replace("=a &gt; 1", "=a &gt;\n2026-01-01 ERROR forged")
    forged = forged.replace('id="answer"', 'id="answer&#10;forged"')

    told = [f"{p.element}{p.message}" for p in check_as(forged.encode(), tmp_path / "x.bpmn")]

    assert any("forged" in line for line in told)
    assert [line for line in told if "\n" in line] == []


def test_a_rework_loop_around_a_parallel_block_is_accepted(tmp_path: Path):
    loop = ROOT / "tests" / "rules" / "endless_loop" / "valid.bpmn"

    assert check_as(loop.read_bytes(), tmp_path / "x.bpmn") == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_damaged_files_are_answered_with_problems(seed: Path, tmp_path: Path):
    chance = random.Random(seed.name)
    damage = damaged_json if seed.suffix == ".form" else damaged_xml

    answers = [
        check_as(source, tmp_path / seed.name) for source in damage(seed.read_bytes(), chance)
    ]

    assert any(answers)
    said = {problem.message for found in answers for problem in found}
    assert [one for one in said if not one.strip() or "\n" in one] == []


def check_as(source: bytes, path: Path) -> list[Problem]:
    path.write_bytes(source)
    return check_paths([path], path.parent)


def damaged_xml(source: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(40):
        root = etree.fromstring(source)
        for _ in range(3):
            nodes = [node for node in root.iter("*") if node is not root]
            if nodes:
                damage_node(chance.choice(nodes), chance.choice(nodes), chance)
        yield etree.tostring(root)


def damage_node(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    parent = node.getparent()
    name = chance.choice(list(node.attrib) or ["id"])
    match chance.randrange(5):
        case 0 if parent is not None:
            parent.remove(node)
        case 1:
            node.set(name, chance.choice(STRANGE))
        case 2:
            node.attrib.pop(name, None)
        case 3:
            other.append(copy.deepcopy(node))
        case _:
            node.tag = other.tag


def damaged_json(source: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(40):
        data = json.loads(source)
        for _ in range(3):
            component = chance.choice(data["components"] or [{}])
            if isinstance(component, dict):
                key = chance.choice([*component, "validate", "values", "components"])
                component[key] = chance.choice([None, 1, "=", [], {}, [{}], {"a": [1]}, *STRANGE])
        yield json.dumps(data).encode()
