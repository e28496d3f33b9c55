"""Every rule for single files, on the diagrams, forms and tables in tests/rules/<rule>/."""

from pathlib import Path

import pytest

from engine.definitions import Problem, rules_page, validate
from engine.definitions.parse import parse_diagram
from engine.definitions.problems import FILE_RULES
from engine.definitions.vocabulary import read_vocabulary
from tests.engine.definitions.example import ROOT

RULES = ROOT / "tests" / "rules"
SUFFIXES = (".bpmn", ".form", ".dmn")
SINGLE_FILE = (
    *validate.FIRST,
    *validate.DIAGRAM,
    *validate.WORDS,
    *validate.FORM_FIRST,
    *validate.FORM,
    *validate.LOGIC,
)
SAMPLES = sorted(path for path in RULES.glob("*/*") if path.suffix in SUFFIXES)
WORDS = read_vocabulary((ROOT / "bpmn" / "vocabulary.toml").read_bytes(), file="vocabulary.toml")


def problems_of(path: Path) -> list[Problem]:
    source = path.read_bytes()
    if path.suffix == ".form":
        return list(validate.form_problems(source, file=path.name, inside=True))
    if path.suffix == ".dmn":
        return list(validate.table_problems(source, WORDS, file=path.name, inside=True))
    diagram = parse_diagram(source, file=path.name)
    return list(validate.diagram_problems(diagram, WORDS, inside=True))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_refuses_its_invalid_samples_and_nothing_refuses_the_valid_ones(path: Path):
    found = {problem.rule for problem in problems_of(path)}

    if path.name.startswith("valid"):
        assert found == set()
    else:
        assert path.parent.name in found


def test_every_rule_for_single_files_has_samples_of_both_kinds():
    for rule in SINGLE_FILE:
        kinds = {path.name.split(".")[0].split("_")[0] for path in (RULES / rule.name).iterdir()}
        assert kinds == {"valid", "invalid"}, rule.name


def test_every_problem_of_a_sample_names_an_element_and_ends_as_a_sentence():
    for path in SAMPLES:
        for problem in problems_of(path):
            assert problem.element or problem.rule in (
                "platform",
                "form_limits",
                "few_processes",
                "feel_size",
                "form_feel_size",
            ), problem
            assert problem.message.endswith((".", "?")), problem


def test_no_two_rules_share_a_name():
    names = [rule.name for rule in (*SINGLE_FILE, *validate.TABLE, *validate.AUTHORITY)]
    names += list(FILE_RULES)

    assert len(names) == len(set(names))


def test_the_page_about_the_rules_is_current():
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")

    assert written == rules_page.page(), "run python -m engine.definitions.rules_page"
