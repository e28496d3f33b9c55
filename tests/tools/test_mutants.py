"""Mutants: which are made, who catches them, and that a sample of Southwark's is caught."""

from pathlib import Path

import pytest

from engine import dmn
from engine.definitions import folders
from engine.definitions.vocabulary import read_vocabulary
from tests.engine.dmn.files import decision, input_data, source, table
from tools.mutants.__main__ import SEED, mutants_of, sample_of
from tools.mutants.equivalence import difference
from tools.mutants.judge import Judge, NotSound
from tools.mutants.tables import table_mutants

ROOT = Path(__file__).parents[2]
FACTS = read_vocabulary((ROOT / folders.VOCABULARY).read_bytes(), file="vocabulary").facts
SAMPLE = 16
FEW = [('"low"', "true", '"a"'), ("-", "-", '"b"')]


def few(rows, hit_policy="FIRST"):
    """A table about two facts."""
    logic = table(hit_policy, ["level_of_need", "likely_to_escalate"], ["y"], rows)
    needs = ("level_of_need", "likely_to_escalate")
    data = [input_data(name) for name in needs]
    return source(*data, decision("d", logic, *(f"data#{name}" for name in needs)))


def model(rows, hit_policy="FIRST"):
    return dmn.parse(few(rows, hit_policy), file="d.dmn")


@pytest.fixture(scope="module")
def southwark():
    return Judge.of(ROOT, "southwark")


def test_every_rule_is_deleted_every_cell_widened_every_output_swapped():
    made = [(m.element, m.kind, m.change) for m in table_mutants("d.dmn", few(FEW), FACTS)]

    assert made == [
        ("r1", "rule deleted", "the rule is not there"),
        ("r1", "cell widened", '"low" becomes -'),
        ("r1", "cell widened", '"low" becomes "low","none"'),
        ("r1", "cell widened", '"low" becomes "low","moderate"'),
        ("r1", "cell widened", '"low" becomes "low","high"'),
        ("r1", "cell widened", "true becomes -"),
        ("r1", "output swapped", '"a" becomes "b"'),
        ("r2", "rule deleted", "the rule is not there"),
        ("r2", "output swapped", '"b" becomes "a"'),
    ]


def test_a_mutant_has_one_change_and_is_still_a_table():
    mutants = list(table_mutants("d.dmn", few(FEW), FACTS))

    assert len(mutants) > len(FEW)
    for mutant in mutants:
        before, after = (
            [(*rule.inputs, *rule.outputs) for rule in parsed.decisions["d"].table.rules]
            for parsed in (model(FEW), dmn.parse(mutant.source, file="d.dmn"))
        )
        changed = sum(a != b for a, b in zip(before, after, strict=False))
        assert (len(after) == 1) or (changed == 1 and len(after) == 2)


@pytest.mark.parametrize(
    ("rows", "differs"),
    [
        (FEW, None),
        ([('"low"', "true", '"a"'), ('"low"', "true", '"c"'), ("-", "-", '"b"')], None),
        ([('"low"', "-", '"a"'), ("-", "-", '"b"')], "likely_to_escalate': False"),
        ([('"low"', "true", '"a"'), ('"none","high"', "-", '"b"')], "'low'"),
    ],
)
def test_tables_are_the_same_when_they_decide_the_same_on_every_input(rows, differs):
    where = difference(model(FEW), model(rows), "d", FACTS)

    assert where is None if differs is None else differs in str(where)


def test_a_table_that_becomes_ambiguous_is_not_the_same():
    rows = [('"low"', "true", '"a"'), ('not("low")', "-", '"b"')]
    wider = [('"low"', "-", '"a"'), ("-", "-", '"b"')]

    assert difference(model(rows, "UNIQUE"), model(wider, "UNIQUE"), "d", FACTS) is not None


def test_inputs_that_cannot_be_listed_are_said():
    logic = table("FIRST", ["contains(concern, x)"], ["y"], [("true", "1"), ("-", "2")])
    made = dmn.parse(source(input_data("concern"), decision("d", logic, "data#concern")), file="d")

    assert difference(made, made, "d", {}) == "the values of concern cannot be listed"


def test_a_procedure_that_does_not_pass_is_not_judged(tmp_path):
    (tmp_path / "bpmn" / "nowhere").mkdir(parents=True)

    with pytest.raises(NotSound, match="nowhere does not pass as it is"):
        Judge.of(tmp_path, "nowhere")


def test_a_sample_of_southwarks_mutants_is_caught_or_equivalent(southwark):
    mutants = list(mutants_of(southwark, diagrams=False))

    verdicts = [southwark.verdict(mutant) for mutant in sample_of(mutants, SAMPLE, SEED)]

    assert len(verdicts) == SAMPLE
    assert [str(verdict.mutant) for verdict in verdicts if verdict.by is None] == []


def test_a_mutant_that_nobody_sees_survives(southwark):
    path = "dmn/southwark/referrer_identity.dmn"
    examples = "dmn/southwark/referrer_identity.examples.toml"
    sources = {key: value for key, value in southwark.sources.items() if key != examples}
    blind = Judge("southwark", sources, b"")
    swapped = [
        mutant
        for mutant in table_mutants(path, sources[path], FACTS)
        if mutant.kind == "output swapped"
    ]

    assert {blind.verdict(mutant).by for mutant in swapped} == {None}
    assert {southwark.verdict(mutant).by for mutant in swapped} == {"examples"}
