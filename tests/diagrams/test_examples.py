"""Every example beside every decision table of the product."""

from pathlib import Path

import pytest

from engine import dmn
from engine.definitions import folders
from engine.definitions.examples import SUFFIX, read_examples, try_examples
from engine.definitions.vocabulary import read_vocabulary

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "dmn").glob(f"*/*{SUFFIX}"))
FACTS = read_vocabulary((ROOT / folders.VOCABULARY).read_bytes(), file="vocabulary").facts


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_examples_of_a_table_hold(path):
    decision = path.name.removesuffix(SUFFIX)
    model = dmn.load(path.with_name(f"{decision}.dmn"))
    examples = read_examples(path.read_bytes(), file=path.name)

    problems = {
        tried.example.name: tried.problem
        for tried in try_examples(examples, model, decision, facts=FACTS)
        if tried.problem
    }

    assert problems == {}


def test_there_are_examples():
    assert FILES
